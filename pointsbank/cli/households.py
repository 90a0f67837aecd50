"""`pointsbank household`: edits a file; requests a split, a move, an end, a gift, an erasure."""

from datetime import datetime
from typing import Any

import click

from pointsbank import approvals, boards, points, roster
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.requesting import first_person, request
from pointsbank.households import Share
from pointsbank.labels.erasure_reason import ERASURE_REASON
from pointsbank.roster import NewFacts


@click.group("household")
def household_group() -> None:
    """修改档案；分户、移组、赠送、销户、并户、删除资料由一人申请，另一人 pointsbank approval confirm。"""


@household_group.command("close")
@click.argument("code")
@click.option("--decision", metavar="TEXT", required=True, help="依据的决定：会议、日期、原因。")
@click.option("--into", metavar="CODE", help="并入的户号，积分转到那一户；不填就是销户，积分清零。")
@first_person
@pass_context()
def close(
    context: CliContext, code: str, decision: str, into: str | None, first: str, password_stdin: bool
) -> None:
    """申请把户号 CODE 销户，或并入另一户；确认以后才办，不能恢复。"""
    ending = {"participant": code, "heir": into, "decision": decision}
    request(context, approvals.request_closing, first, from_stdin=password_stdin, **ending)


@household_group.command("edit")
@click.argument("code")
@click.option("--name", metavar="NAME", help="新的户主、姓名或名称。")
@click.option("--people", type=click.IntRange(0, 100), help="人口。")
@click.option("--address", metavar="TEXT", help="地址；写空的就是没有。")
@click.option("--group", metavar="NAME", help="小组名称。")
@click.option("--status", type=click.Choice(("active", "away", "suspended")), help="状态，away是常年在外。")
@click.option("--reason", metavar="TEXT", required=True, help="为什么改，写进账本日志。")
@pass_context()
def edit(context: CliContext, /, code: str, reason: str, **facts: Any) -> None:
    """修改户号 CODE 的档案：户主、人口、地址、小组、状态；不写的不变。"""
    with context.database.writing() as session:
        changed = roster.edit(
            session, code=code, facts=NewFacts(**facts), reason=reason, **context.common(session)
        )
    facts_now = {"participant": changed.code, "name": changed.name, "people": changed.people}
    facts_now |= {"address": changed.address, "group": changed.group, "status": changed.status}
    echo_result(context.as_json, facts_now, f"{changed.code} {changed.name}的档案已修改，记入账本日志。")


@household_group.command("boards")
@click.argument("code")
@click.option("--leave/--back", "leaves", required=True, help="退出各种榜，还是恢复。")
@click.option("--signed-on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="本人签字的日期。")
@pass_context()
def sign_boards(context: CliContext, code: str, leaves: bool, signed_on: datetime) -> None:
    """登记户号 CODE 本人签字退出各种榜：不提名红榜、不排名次；或再签字恢复。"""
    verb = boards.leave if leaves else boards.rejoin
    with context.database.writing() as session:
        verb(session, participant=code, signed_on=signed_on.date(), **context.common(session))
    done = "退出各种榜" if leaves else "恢复上榜"
    result = {"participant": code, "left": leaves, "signed_on": signed_on.date().isoformat()}
    echo_result(context.as_json, result, f"已登记户号{code}{done}，记入账本日志。")


@household_group.command("split")
@click.argument("code")
@click.option("--new", metavar="CODE", required=True, help="新户的户号。")
@click.option("--name", metavar="NAME", required=True, help="新户的户主。")
@click.option("--people", type=click.IntRange(1, 99), required=True, help="分出去几个人。")
@click.option("--group", metavar="NAME", help="新户的小组；不填就是原户的小组。")
@click.option("--address", metavar="TEXT", default="", help="新户的地址。")
@click.option("--points", metavar="POINTS", default="0", help="分出多少可用积分；不填就全部留在原户。")
@click.option("--honour", metavar="POINTS", default="0", help="分出多少荣誉积分；不填就全部留在原户。")
@click.option("--decision", metavar="TEXT", required=True, help="依据的决定：会议、日期、内容。")
@first_person
@pass_context()
def split(context: CliContext, /, code: str, first: str, password_stdin: bool, **given: Any) -> None:
    """申请户号 CODE 分户：立一个新户，按决定分积分；确认以后才办。"""
    share = Share(
        code=given["new"],
        name=given["name"],
        people=given["people"],
        group=given["group"],
        address=given["address"],
        points=points.parse(given["points"]),
        honour=points.parse(given["honour"]),
    )
    asked = {"participant": code, "share": share, "decision": given["decision"]}
    request(context, approvals.request_split, first, from_stdin=password_stdin, **asked)


@household_group.command("move")
@click.argument("code")
@click.option("--group", metavar="NAME", required=True, help="移到哪个小组。")
@click.option("--decision", metavar="TEXT", required=True, help="依据的决定：会议、日期、内容。")
@first_person
@pass_context()
def move(context: CliContext, code: str, group: str, decision: str, first: str, password_stdin: bool) -> None:
    """申请把户号 CODE 移到别的小组；确认以后才办。"""
    asked = {"participant": code, "group": group, "decision": decision}
    request(context, approvals.request_move, first, from_stdin=password_stdin, **asked)


@household_group.command("erase")
@click.argument("code")
@click.option("--reason", type=click.Choice(ERASURE_REASON.codes), required=True, help="原因。")
@first_person
@pass_context()
def erase(context: CliContext, code: str, reason: str, first: str, password_stdin: bool) -> None:
    """申请删除已销户的户号 CODE 的姓名、地址等文字；确认以后才删，不能恢复。"""
    asked = {"participant": code, "reason": reason}
    request(context, approvals.request_erasure, first, from_stdin=password_stdin, **asked)


# A gift of -5 is refused by the rule of gifts, not as an option.
@household_group.command("give", context_settings={"ignore_unknown_options": True})
@click.argument("code")
@click.argument("amount", metavar="POINTS")
@click.option("--reason", metavar="TEXT", required=True, help="为什么赠送。")
@first_person
@pass_context()
def give(context: CliContext, code: str, amount: str, reason: str, first: str, password_stdin: bool) -> None:
    """申请赠送户号 CODE 若干积分；确认以后入账，不计荣誉。"""
    gift = {"participant": code, "points": points.parse(amount), "reason": reason}
    request(context, approvals.request_gift, first, from_stdin=password_stdin, **gift)
