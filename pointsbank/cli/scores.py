"""`pointsbank score`: a posted score is put right; a second person confirms."""

from datetime import datetime
from typing import Any

import click

from pointsbank import approvals, points, scoring
from pointsbank.approvals import Approval
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.cli.requesting import first_person, request


@click.group("score")
def score_group() -> None:
    """更正已入账的评分：一人申请，另一位角色不同的人确认（pointsbank approval confirm）。"""


@score_group.command("correct")
@click.argument("score")
@click.option("--participant", metavar="CODE", help="应该记的户号。")
@click.option("--item", metavar="CODE", help="应该是的条目编号。")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="事情发生的日期。")
@click.option("--quantity", metavar="NUMBER", help="应该是的数量。")
@click.option("--points", "amount", metavar="POINTS", help="区间条目：应该评的分值，不带正负号。")
@click.option("--none", "struck", is_flag=True, help="不该有这一条，整条撤销。")
@click.option("--reason", metavar="TEXT", required=True, help="错在哪里、怎么核实的。")
@first_person
@pass_context()
def correct(
    context: CliContext,
    score: str,
    participant: str | None,
    item: str | None,
    day: datetime | None,
    quantity: str | None,
    amount: str | None,
    struck: bool,
    reason: str,
    first: str,
    password_stdin: bool,
) -> None:
    """申请更正评分 SCORE，没写的照旧；确认以后才更正，有哪一户变少的先公示。"""
    given: dict[str, Any] = {
        "participant_code": participant,
        "item": item,
        "occurred_on": day and day.date(),
        "quantity": quantity and int(points.parse(quantity)),
        "points": amount and points.parse(amount),
        "struck": struck or None,
    }
    given = {name: value for name, value in given.items() if value is not None}

    def make_request(session: Any, **who: Any) -> Approval:
        asked = scoring.instead_of(session, village=who["village"], score=score, given=given)
        return approvals.request_correction(session, score=score, should_be=asked, reason=reason, **who)

    request(context, make_request, first, from_stdin=password_stdin)


score_group.add_command(list_command("scores", "列出评分和它们的编号。"), "list")
