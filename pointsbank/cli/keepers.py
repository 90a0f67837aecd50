"""`pointsbank keeper`: what is looked at, keepers' rounds, checks of their places, and what follows them."""

from datetime import datetime
from typing import Any

import click

from pointsbank import keepers, points
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.keepers import CheckItem
from pointsbank.points import show

_day = click.DateTime(["%Y-%m-%d"])


@click.group("keeper")
def keeper_group() -> None:
    """管护员：登记检查表、巡查、检查、复查、作废和会议的决定。"""


@keeper_group.command("adopt")
@click.option(
    "--item",
    "items",
    type=(str, str, str),
    multiple=True,
    required=True,
    metavar="TITLE FULL EACH",
    help="看什么、满分、每处扣几分，一项写一次；满分加起来正好100。",
)
@click.option("--pass-mark", default="60", metavar="POINTS", help="多少分以上合格，不写就是60分。")
@click.option("--resolution", required=True, metavar="TEXT", help="哪次会议通过的。")
@click.option("--from", "from_day", type=_day, required=True, metavar="DATE", help="施行日期。")
@pass_context()
def adopt(
    context: CliContext,
    items: tuple[tuple[str, str, str], ...],
    pass_mark: str,
    resolution: str,
    from_day: datetime,
) -> None:
    """登记检查表的决议：看哪几项、各多少分。"""
    listed = [CheckItem(title, points.parse(full), points.parse(each)) for title, full, each in items]
    with context.database.writing() as session:
        made = keepers.adopt_list(
            session,
            items=listed,
            pass_mark=points.parse(pass_mark),
            resolution=resolution,
            from_date=from_day.date(),
            **context.common(session),
        )
    facts = {"number": made.number, "items": len(made.items), "from_date": made.from_date.isoformat()}
    echo_result(context.as_json, facts, f"已登记检查表，{len(made.items)}项，{made.from_date}起用。")


@keeper_group.command("patrol")
@click.argument("code", metavar="CODE")
@click.argument("place", metavar="PLACE")
@click.option("--on", "on_day", type=_day, required=True, metavar="DATE", help="哪天。")
@click.option("--words", default="", metavar="TEXT", help="看到什么、做了什么。")
@pass_context()
def patrol(context: CliContext, code: str, place: str, on_day: datetime, words: str) -> None:
    """登记管护员 CODE 在一处 PLACE 的巡查。"""
    with context.database.writing() as session:
        made = keepers.record_patrol(
            session,
            keeper=code,
            place=place,
            patrolled_on=on_day.date(),
            words=words,
            **context.common(session),
        )
    facts = {"id": made.id, "place": made.place, "patrolled_on": made.patrolled_on.isoformat()}
    echo_result(context.as_json, facts, f"已登记{made.patrolled_on}{made.place}的巡查。")


@keeper_group.command("check")
@click.argument("code", metavar="CODE")
@click.argument("place", metavar="PLACE")
@click.option("--on", "on_day", type=_day, required=True, metavar="DATE", help="哪天检查的。")
@click.option("--checker", required=True, metavar="TEXT", help="谁检查的。")
@click.option(
    "--fault",
    "faults",
    type=(int, int),
    multiple=True,
    metavar="ITEM COUNT",
    help="检查表里第几项有几处问题，可写多次；没有问题不写。",
)
@click.option("--due", type=_day, metavar="DATE", help="哪天复查；不复查不写。")
@pass_context()
def check(
    context: CliContext,
    code: str,
    place: str,
    on_day: datetime,
    checker: str,
    faults: tuple[tuple[int, int], ...],
    due: datetime | None,
) -> None:
    """登记对管护员 CODE 在一处 PLACE 的检查，按当天的检查表算分。"""
    with context.database.writing() as session:
        made = keepers.record_check(
            session,
            keeper=code,
            place=place,
            checked_on=on_day.date(),
            checker=checker,
            faults=keepers.faults_of(faults),
            due_on=due.date() if due else None,
            **context.common(session),
        )
        common = context.common(session)
        found = keepers.one_check(session, village=common["village"], check=made)
        running = len(keepers.failing(session, village=common["village"]).get(found.participant_id, []))
    facts = {"id": made, "score": show(found.score), "failed": found.failed, "failed_running": running}
    more = f"已经连续{running}次不合格，怎么办请开会定。" if running else ""
    failed = "，不合格" if found.failed else ""
    echo_result(context.as_json, facts, f"已登记，{show(found.score)}分{failed}。{more}")


@keeper_group.command("recheck")
@click.argument("check_id", metavar="CHECK")
@click.argument("put_right", nargs=-1, type=click.IntRange(1, keepers.MAXIMUM_ITEMS), metavar="[ITEM]...")
@pass_context()
def recheck(context: CliContext, check_id: str, put_right: tuple[int, ...]) -> None:
    """登记复查：CHECK 是检查编号，ITEM 是已经整改的各项，没有写的就是没有整改。"""
    _on_check(context, keepers.recheck, check_id, "已登记复查，分数不变。", put_right=put_right)


@keeper_group.command("strike")
@click.argument("check_id", metavar="CHECK")
@click.option("--reason", required=True, metavar="TEXT", help="为什么作废。")
@pass_context()
def strike(context: CliContext, check_id: str, reason: str) -> None:
    """作废一次登记错的检查：CHECK 是检查编号；登记的人自己不能作废。"""
    _on_check(context, keepers.strike_check, check_id, "已作废，不再计分。", reason=reason)


@keeper_group.command("decide")
@click.argument("code", metavar="CODE")
@click.argument("words", metavar="WORDS")
@click.option("--resolution", required=True, metavar="TEXT", help="哪次会议定的。")
@click.option("--on", "on_day", type=_day, required=True, metavar="DATE", help="哪天定的。")
@pass_context()
def decide(context: CliContext, code: str, words: str, resolution: str, on_day: datetime) -> None:
    """登记管护员 CODE 连续三次不合格以后，会议定了怎么办。"""
    with context.database.writing() as session:
        last = keepers.decide_failing(
            session,
            keeper=code,
            words=words,
            resolution=resolution,
            decided_on=on_day.date(),
            **context.common(session),
        )
    echo_result(context.as_json, {"check": last}, "已登记，首页不再提醒。")


def _on_check(context: CliContext, act: Any, check: str, answer: str, **given: Any) -> None:
    """Do something to one check that is written down, and say so."""
    with context.database.writing() as session:
        act(session, check=check, **given, **context.common(session))
    echo_result(context.as_json, {"check": check}, answer)


keeper_group.add_command(list_command("keeper_checks", "列出每一次检查。"), "checks")
keeper_group.add_command(list_command("keeper_patrols", "列出每一次巡查。"), "patrols")
