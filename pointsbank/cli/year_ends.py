"""`pointsbank year-end`: what the village resolved, the preview, requests to post or undo it."""

from datetime import datetime
from typing import Any

import click

from pointsbank import approvals, points, year_end
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.cli.requesting import first_person, request
from pointsbank.dates import day_in_words, day_of
from pointsbank.labels.year_end_honour import YEAR_END_HONOUR
from pointsbank.labels.year_end_points import YEAR_END_POINTS
from pointsbank.points import show, to_decimal


@click.group("year-end")
def year_end_group() -> None:
    """年终结转：年底没用完的积分照决议留下、清零或折成荣誉。"""


@year_end_group.command("show")
@click.argument("year", required=False, metavar="[YEAR]")
@pass_context()
def show_year_end(context: CliContext, year: str | None) -> None:
    """看 YEAR 年（不写就是今年）的年终结转：现在办会怎样，或者办了以后的数。"""
    wanted = year_end.year_of(year) if year else day_of(context.now).year
    with context.database.reading() as session:
        here: dict[str, Any] = {"village": context.village(session), "year": wanted}
        found = year_end.plan(session, **here, at=context.now)
        one = year_end.summary(session, **here, at=context.now)
    facts: dict[str, Any] = {
        "year": one.year,
        "status": one.status,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "accounts": one.accounts,
        "gone": to_decimal(one.gone),
        "honour_given": to_decimal(one.honour_given),
        "honour_gone": to_decimal(one.honour_gone),
    }
    if one.status == "posted":
        lines = [f"{wanted}年已结转：{one.accounts}个积分主体，可用积分减少{show(one.gone)}分。"]
    elif found.rule is None or found.due_on is None:
        lines = ["村里没有登记结转办法，积分全部留用。"]
    else:
        rule = "；".join(found.rule.in_words)
        lines = [f"{rule}。{day_in_words(found.due_on)}起办。", *approvals.year_end_outlook(found)]
    echo_result(context.as_json, facts, "\n".join(lines))


@year_end_group.command("adopt")
@click.argument("kind", metavar="KIND", type=click.Choice(YEAR_END_POINTS.codes))
@click.option("--ceiling", metavar="POINTS", help="最多留多少分，只给 ceiling 用。")
@click.option("--rate", metavar="POINTS", help="1分折多少荣誉，只给 to_honour 用。")
@click.option("--keep-gifts", is_flag=True, help="赠送的积分另算，照常留用。")
@click.option("--keep-base", is_flag=True, help="能兑换的基础分另算，照常留用。")
@click.option("--honour", type=click.Choice(YEAR_END_HONOUR.codes), default="kept", help="荣誉积分。")
@click.option("--month", type=click.IntRange(1, 3), default=1, metavar="N", help="次年几月，不写就是1月。")
@click.option("--day", type=click.IntRange(1, 31), default=10, metavar="N", help="几日起办，不写就是10日。")
@click.option("--resolution", required=True, metavar="TEXT", help="哪次会议通过的。")
@click.option(
    "--from", "from_date", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE", help="施行日期。"
)
@pass_context()
def adopt(context: CliContext, /, kind: str, from_date: datetime, **given: Any) -> None:
    """登记结转办法 KIND：stay 全部结转，ceiling 有上限，clear 清零，to_honour 折成荣誉。"""
    chosen: dict[str, Any] = {
        "points": kind,
        "ceiling": points.parse(given["ceiling"]) if given["ceiling"] else None,
        "rate": points.parse(given["rate"]) if given["rate"] else None,
        "keeps_gifts": given["keep_gifts"],
        "keeps_base": given["keep_base"],
        "from_date": from_date.date(),
        **{name: given[name] for name in ("honour", "month", "day", "resolution")},
    }
    with context.database.writing() as session:
        rule = year_end.adopt_rule(session, **chosen, **context.common(session))
    facts = {"number": rule.number, "points": rule.points, "from_date": rule.from_date.isoformat()}
    words = f"已登记，{day_in_words(rule.from_date)}起：{'；'.join(rule.in_words)}。"
    echo_result(context.as_json, facts, words)


@year_end_group.command("post")
@click.argument("year", metavar="YEAR")
@first_person
@pass_context()
def post(context: CliContext, year: str, first: str, password_stdin: bool) -> None:
    """申请 YEAR 年的年终结转；另一位确认以后才入账。"""
    asked = {"year": year_end.year_of(year)}
    request(context, approvals.request_year_end, first, from_stdin=password_stdin, **asked)


@year_end_group.command("undo")
@click.argument("year", metavar="YEAR")
@click.option("--reason", metavar="TEXT", required=True, help="原因，说事不说人。")
@first_person
@pass_context()
def undo(context: CliContext, year: str, reason: str, first: str, password_stdin: bool) -> None:
    """申请整个撤销 YEAR 年的年终结转；另一位确认以后才补回。"""
    asked = {"year": year_end.year_of(year), "reason": reason}
    request(context, approvals.request_year_end_undo, first, from_stdin=password_stdin, **asked)


year_end_group.add_command(
    list_command("year_end_accounts", "列出一年里每户原有、减少、之后的积分：预览或入账的数。"), "list"
)
