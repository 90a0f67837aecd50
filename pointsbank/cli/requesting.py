"""Commands that request an act of two people: who requests signs in here, another person confirms."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from pointsbank import approvals
from pointsbank.approvals import Approval
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext
from pointsbank.cli.two_people import sign_in_one
from pointsbank.dates import SHANGHAI

Verb = TypeVar("Verb", bound=Callable[..., Any])


def first_person(verb: Verb) -> Verb:
    """Give a command the options --first and --password-stdin."""
    for option in (
        click.option("--password-stdin", is_flag=True, help="从标准输入读密码；否则在屏幕上输入。"),
        click.option("--first", metavar="LOGIN", required=True, help="申请的人。"),
    ):
        verb = option(verb)
    return verb


def request(
    context: CliContext, verb: Callable[..., Approval], first: str, *, from_stdin: bool, **given: Any
) -> None:
    """Request an act as a person who signs in for it, and print what waits now and what will happen.

    Args:
        verb: a request of `approvals`.
        first: the person's login.

    Raises:
        SignInRefused, TooManyAttempts: see `sign_in_one`; and the refusals of the verb.
    """
    person = sign_in_one(context, context.database, first, from_stdin=from_stdin)
    with context.database.writing() as session:
        village = context.village(session)
        made = verb(session, **given, village=village, by=person.staff.id, at=context.now)
    echo_waiting(context, made)


def echo_waiting(context: CliContext, made: Approval) -> None:
    """Print a request that was just made: what will happen, and how another person confirms it."""
    with context.database.reading() as session:
        who: dict[str, Any] = {"village": made.village, "by": made.requested_by, "at": context.now}
        found = approvals.shown(session, approval=made.id, **who)
    facts = {
        "id": made.id,
        "kind": made.kind,
        "happens": list(found.outlook.happens),
        "expires_at": made.expires_at.isoformat(),
    }
    words = (
        f"已申请{found.label}：{found.outlook.subject}，还没有办。请另一位确认："
        f"pointsbank approval confirm {made.id} --second 账号，{_moment(made.expires_at)}前有效。"
    )
    echo_result(context.as_json, facts, "\n    ".join([words, *found.outlook.happens]))


def _moment(at: datetime) -> str:
    """Return a moment as people in the village read it."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
