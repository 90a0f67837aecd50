"""`pointsbank approval`: acts that wait for a second person, answered with that person's login."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pointsbank import approvals
from pointsbank.approvals import Shown
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.two_people import sign_in_one
from pointsbank.labels.approval_status import APPROVAL_STATUS
from pointsbank.labels.decline_reason import DECLINE_REASON

Verb = TypeVar("Verb", bound=Callable[..., Any])


def _second(verb: Verb) -> Verb:
    """Give a command the request's id and the second person's login."""
    for option in (
        click.option("--password-stdin", is_flag=True, help="从标准输入读密码；否则在屏幕上输入。"),
        click.option("--second", metavar="LOGIN", required=True, help="确认的人；不能是申请人。"),
        click.argument("approval"),
    ):
        verb = option(verb)
    return verb


@click.group("approval")
def approval_group() -> None:
    """双人确认：一人申请，另一位角色不同的人确认。"""


@approval_group.command("list")
@pass_context()
def list_(context: CliContext) -> None:
    """列出等待确认的申请，和确认后会怎样。"""
    with context.database.reading() as session:
        common = context.common(session)
        found = approvals.waiting(session, **common)
    words = "\n".join(_in_words(one) for one in found) or "没有等待确认的申请。"
    echo_result(context.as_json, {"approvals": [_facts(one) for one in found]}, words)


@approval_group.command("expire")
@pass_context()
def expire(context: CliContext) -> None:
    """结束过期的申请，写进日志；网站开着时每分钟自动做。"""
    ended = approvals.end_overdue(context.database, at=context.now)
    echo_result(context.as_json, {"ended": ended}, f"已结束{ended}份过期的申请。")


@approval_group.command("confirm")
@_second
@pass_context()
def confirm(context: CliContext, approval: str, second: str, password_stdin: bool) -> None:
    """确认申请 APPROVAL，马上办理；要 --second 的密码。"""
    person = sign_in_one(context, context.database, second, from_stdin=password_stdin)
    approvals.end_overdue(context.database, at=context.now)
    with context.database.writing() as session:
        place: dict[str, Any] = {"village": context.village(session), "by": person.staff.id}
        done = approvals.confirm(session, approval=approval, **place, at=context.now)
    echo_result(context.as_json, {"id": approval, "status": done.approval.status}, done.sentence)


@approval_group.command("decline")
@_second
@click.option("--reason", type=click.Choice(DECLINE_REASON.codes), required=True, help="原因。")
@pass_context()
def decline(context: CliContext, approval: str, second: str, password_stdin: bool, reason: str) -> None:
    """不同意申请 APPROVAL，什么也不办；要 --second 的密码。"""
    person = sign_in_one(context, context.database, second, from_stdin=password_stdin)
    approvals.end_overdue(context.database, at=context.now)
    with context.database.writing() as session:
        place: dict[str, Any] = {"village": context.village(session), "by": person.staff.id}
        done = approvals.decline(session, approval=approval, reason=reason, **place, at=context.now)
    words = f"{APPROVAL_STATUS.name(done.status)}，这件事没有办。"
    echo_result(context.as_json, {"id": approval, "status": done.status}, words)


def _in_words(one: Shown) -> str:
    happens = "".join(f"\n    {sentence}" for sentence in one.outlook.happens)
    seconds = "、".join(person.staff.name for person in one.seconds) or "没有"
    return f"{one.approval.id}  {one.label}：{one.outlook.subject}（可以确认的人：{seconds}）{happens}"


def _facts(one: Shown) -> dict[str, object]:
    """Return a request for machines."""
    return {
        "id": one.approval.id,
        "kind": one.approval.kind,
        "subject": one.outlook.subject,
        "happens": list(one.outlook.happens),
        "seconds": [person.staff.login for person in one.seconds],
        "expires_at": one.approval.expires_at.isoformat(),
    }
