"""Further commands of `pointsbank title`: the rule, each step from the check to the plate, letters.

Who takes a title away, objects or answers signs in on the page: that depends on who looked, and who wrote it.
"""

from datetime import date, datetime
from typing import Any

import click

from pointsbank import titles
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.dates import day_in_words
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.labels.title_holder import TITLE_HOLDER
from pointsbank.labels.title_letter_kind import TITLE_LETTER_KIND
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.titles import Letter, Title
from pointsbank.walls import A4

_day = click.DateTime(["%Y-%m-%d"])
_on = click.option("--on", "on_day", type=_day, metavar="DATE", help="哪天；不写就是今天。")
_size = click.option("--size", type=click.Choice(PAPER_SIZE.codes), default=A4, help="纸张大小，默认 a4。")
_reason = click.option("--reason", required=True, metavar="TEXT", help="原因，说事不说人。")


def echo_title(context: CliContext, one: Title, words: str = "") -> None:
    """Write what a title is."""
    facts = {"id": one.id, "number": one.number, "title": one.kind.name, "code": one.participant.code}
    state = f"{one.who}，{one.kind.name}：{TITLE_STATE.name(one.state)}。"
    echo_result(context.as_json, facts | {"state": one.state}, words or state)


def _date(day: datetime | None) -> date | None:
    return day.date() if day else None


def _step(context: CliContext, verb: Any, title: str, on_day: datetime | None, **given: Any) -> None:
    """Take one step of a title and write how it stands then."""
    with context.database.writing() as session:
        one = verb(session, title_id=title, on=_date(on_day), **given, **context.common(session))
    echo_title(context, one)


@click.command("adopt")
@click.argument("name", metavar="NAME")
@click.option("--holder", type=click.Choice(TITLE_HOLDER.codes), default="household", help="授给谁。")
@click.option("--criterion", "criteria", multiple=True, required=True, metavar="TEXT", help="条件，可多次。")
@click.option(
    "--benefit", "offered", multiple=True, metavar="TEXT", help="礼遇，可写多次，例如“体检一次，12个月”。"
)
@click.option("--quota", type=click.IntRange(1, 9999), metavar="N", help="全村几个名额，不写不限。")
@click.option("--share", type=click.IntRange(1, 100), metavar="PERCENT", help="目标占全村户数的百分之几。")
@click.option("--months", type=click.IntRange(1, 60), metavar="N", help="几个月复查一次。")
@click.option("--right-days", type=click.IntRange(1, 180), default=30, metavar="N", help="摘牌后几天整改。")
@click.option(
    "--barred-months", type=click.IntRange(0, 60), default=0, metavar="N", help="失去后几个月不评。"
)
@click.option("--years", type=click.IntRange(0, 10), default=0, metavar="N", help="连续几年向上推荐。")
@click.option("--notice-days", type=click.IntRange(1, 60), default=5, metavar="N", help="公示几天。")
@click.option("--end", is_flag=True, help="从施行日期起不再评。")
@click.option("--resolution", required=True, metavar="TEXT", help="哪次会议通过的。")
@click.option("--from", "from_day", type=_day, required=True, metavar="DATE", help="施行日期。")
@pass_context()
def adopt(
    context: CliContext, /, offered: tuple[str, ...], end: bool, from_day: datetime, **given: Any
) -> None:
    """登记称号 NAME 的办法：授给谁、条件、名额、复查、礼遇。"""
    more: dict[str, Any] = {"benefits": [titles.read_benefit(one) for one in offered], "in_use": not end}
    with context.database.writing() as session:
        kind = titles.adopt_kind(
            session, **given, **more, from_date=from_day.date(), **context.common(session)
        )
    facts = {"id": kind.id, "number": kind.number, "name": kind.name}
    words = f"已登记“{kind.name}”，{day_in_words(kind.from_date)}起：{'，'.join(kind.in_words)}。"
    echo_result(context.as_json, facts, words)


@click.command("check")
@click.argument("title")
@click.option("--unmet", type=click.IntRange(1, 20), multiple=True, metavar="N", help="第几条不够，可多次。")
@click.option("--seen-by", default="", metavar="TEXT", help="谁去看的；只留在村里。")
@click.option("--words", default="", metavar="TEXT", help="哪里不够。")
@_on
@pass_context()
def check(
    context: CliContext, title: str, unmet: tuple[int, ...], seen_by: str, words: str, on_day: datetime | None
) -> None:
    """登记去看称号 TITLE 的条件：没有写 --unmet 的都够。"""
    with context.database.reading() as session:
        found = titles.title(session, village=context.village(session), title_id=title)
    count = max(len(found.kind.criteria), *unmet, 0)
    met = {number: number not in unmet for number in range(1, count + 1)}
    _step(context, titles.check, title, on_day, met=met, seen_by=seen_by, words=words)


@click.command("hang")
@click.argument("title_ids", nargs=-1, required=True, metavar="TITLE...")
@click.option("--place", required=True, metavar="TEXT", help="贴在哪里。")
@_size
@_on
@pass_context()
def hang(context: CliContext, /, on_day: datetime | None, **given: Any) -> None:
    """登记称号 TITLE 的公示贴在哪里，可以写几个。"""
    with context.database.writing() as session:
        found = titles.hang(session, **given, on=_date(on_day), **context.common(session))
    until = max(one.hung.until_on for one in found if one.hung is not None and one.hung.until_on is not None)
    facts = {"titles": [one.id for one in found], "until": until.isoformat()}
    echo_result(context.as_json, facts, f"已登记张贴{len(found)}个，公示到{day_in_words(until)}。")


@click.command("paper")
@click.argument("title")
@click.option("--place", required=True, metavar="TEXT", help="另外贴在哪里。")
@_size
@_on
@pass_context()
def paper(context: CliContext, /, title: str, on_day: datetime | None, **given: Any) -> None:
    """登记称号 TITLE 的公示另贴一处，或者撤下以后重新贴；缺的天数要补满。"""
    with context.database.writing() as session:
        copy = titles.put_up_notice(
            session, title_id=title, **given, on=_date(on_day), **context.common(session)
        )
    facts = {"id": copy.id, "take_down_on": copy.take_down_on.isoformat()}
    echo_result(
        context.as_json, facts, f"已登记贴在“{copy.place}”，最迟{day_in_words(copy.take_down_on)}撤下。"
    )


@click.command("name")
@click.argument("title")
@click.option("--agreed/--withdrawn", "agreed", required=True, default=None, help="本人同意还是撤回。")
@_on
@pass_context()
def name(context: CliContext, title: str, agreed: bool, on_day: datetime | None) -> None:
    """登记个人称号 TITLE 的本人签字：同意公开姓名，或者撤回。"""
    verb = titles.agree_to_name if agreed else titles.withdraw_name
    with context.database.writing() as session:
        one = verb(session, title_id=title, signed_on=_date(on_day), **context.common(session))
    echo_title(context, one, f"{one.who}已登记{'同意公开姓名' if agreed else '撤回，公开时隐去姓名'}。")


@click.command("give")
@click.argument("title")
@_on
@pass_context()
def give(context: CliContext, title: str, on_day: datetime | None) -> None:
    """登记称号 TITLE 已授牌，公示期满、没有异议才能登记。"""
    _step(context, titles.give, title, on_day)


@click.command("take-off")
@click.argument("title")
@_reason
@click.option("--until", type=_day, metavar="DATE", help="整改到哪一天，不写照办法。")
@_on
@pass_context()
def take_off(
    context: CliContext, title: str, reason: str, until: datetime | None, on_day: datetime | None
) -> None:
    """登记称号 TITLE 摘牌：复查不合格的才能摘。"""
    _step(context, titles.take_off, title, on_day, reason=reason, until=_date(until))


@click.command("give-back")
@click.argument("title")
@_on
@pass_context()
def give_back(context: CliContext, title: str, on_day: datetime | None) -> None:
    """登记称号 TITLE 重新挂牌：整改以后查过合格的才能挂。"""
    _step(context, titles.give_back, title, on_day)


@click.command("withdraw")
@click.argument("title")
@_reason
@_on
@pass_context()
def withdraw(context: CliContext, title: str, reason: str, on_day: datetime | None) -> None:
    """登记退出称号 TITLE：本人不想参评、不想再挂的。"""
    _step(context, titles.withdraw, title, on_day, reason=reason)


@click.command("recommend")
@click.argument("title")
@click.option("--to", required=True, metavar="TEXT", help="推荐到哪里。")
@_on
@pass_context()
def recommend(context: CliContext, title: str, to: str, on_day: datetime | None) -> None:
    """登记称号 TITLE 向上推荐，连续够年数的才能登记。"""
    _step(context, titles.recommend, title, on_day, to=to)


@click.command("benefit")
@click.argument("title")
@click.argument("number", type=click.IntRange(1, 20), metavar="NUMBER")
@click.option("--given/--not-given", "given", required=True, default=None, help="给了没有。")
@click.option("--words", default="", metavar="TEXT", help="没有给的原因。")
@_on
@pass_context()
def benefit(
    context: CliContext, title: str, number: int, given: bool, words: str, on_day: datetime | None
) -> None:
    """登记称号 TITLE 的第 NUMBER 项礼遇给了没有。"""
    with context.database.writing() as session:
        noted = titles.note_benefit(
            session,
            title_id=title,
            benefit=number,
            given=given,
            words=words,
            on=_date(on_day),
            **context.common(session),
        )
    facts = {"title": title, "benefit": number, "given": given}
    outcome = f"已给，{noted.until}" if given else "没有给"
    echo_result(context.as_json, facts, f"已登记：{noted.benefit.words}，{outcome}。")


@click.command("letter")
@click.argument("kind", type=click.Choice(TITLE_LETTER_KIND.codes))
@click.argument("code", metavar="CODE")
@click.argument("deed", metavar="DEED")
@click.option("--person", default="", metavar="NAME", help="写给户里哪一位。")
@click.option("--to", "addressee", default="", metavar="TEXT", help="推荐信寄到哪里。")
@pass_context()
def letter(context: CliContext, kind: str, code: str, deed: str, person: str, addressee: str) -> None:
    """写一封信给户号 CODE：做了什么好事 DEED。"""
    with context.database.writing() as session:
        one = titles.write_letter(
            session,
            kind=kind,
            participant=code,
            deed=deed,
            person=person,
            addressee=addressee,
            **context.common(session),
        )
    _echo_letter(context, one, f"已写{TITLE_LETTER_KIND.name(kind)}第{one.number}号（{one.id}）。")


@click.command("brought")
@click.argument("letter_id", metavar="LETTER")
@_on
@pass_context()
def brought(context: CliContext, letter_id: str, on_day: datetime | None) -> None:
    """登记信 LETTER 已送到本人手里。"""
    with context.database.writing() as session:
        one = titles.bring_letter(session, letter_id=letter_id, on=_date(on_day), **context.common(session))
    _echo_letter(context, one, f"{TITLE_LETTER_KIND.name(one.kind)}第{one.number}号已送到。")


def _echo_letter(context: CliContext, one: Letter, words: str) -> None:
    """Write which letter it is."""
    echo_result(context.as_json, {"id": one.id, "number": one.number, "kind": one.kind}, words)


STEPS = (
    *(adopt, check, hang, paper, name, give, take_off, give_back, withdraw, recommend),
    *(benefit, letter, brought),
)
"""What `pointsbank title` can do besides."""
