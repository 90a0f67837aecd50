"""`pointsbank keeper`: keepers' rounds, and checks of their places."""

from datetime import datetime

import click

from pointsbank import keepers
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.points import show

_day = click.DateTime(["%Y-%m-%d"])


@click.group("keeper")
def keeper_group() -> None:
    """管护员：登记巡查、登记检查。"""


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
            faults=dict(faults),
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


keeper_group.add_command(list_command("keeper_checks", "列出每一次检查。"), "checks")
keeper_group.add_command(list_command("keeper_patrols", "列出每一次巡查。"), "patrols")
