"""`pointsbank household`: requests a gift, an end, an erasure; a second person confirms."""

import click

from pointsbank import approvals, points
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.requesting import first_person, request
from pointsbank.labels.erasure_reason import ERASURE_REASON


@click.group("household")
def household_group() -> None:
    """赠送、销户、并户、删除资料：一人申请，另一位角色不同的人确认（pointsbank approval confirm）。"""


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
