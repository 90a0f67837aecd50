"""Two people say yes at the machine itself: each signs in with a password, as on the page for signing in."""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from pointsbank import staff
from pointsbank.cli.context import CliContext
from pointsbank.database import Database
from pointsbank.staff import SignedIn

Verb = TypeVar("Verb", bound=Callable[..., Any])

_HERE = "command line"
"""Stands for the network address where failed sign-ins are counted."""


def two_people(*, required: bool) -> Callable[[Verb], Verb]:
    """Give a command the options --first, --second and --passwords-stdin."""

    def decorate(verb: Verb) -> Verb:
        for option in (
            click.option(
                "--passwords-stdin",
                is_flag=True,
                help="从标准输入读两个密码，一行一个，有动态码的另起一行；否则在屏幕上输入。",
            ),
            click.option("--second", metavar="LOGIN", required=required, help="承认的第二个人，角色要不同。"),
            click.option("--first", metavar="LOGIN", required=required, help="承认的第一个人。"),
        ):
            verb = option(verb)
        return verb

    return decorate


def sign_in_both(
    context: CliContext, database: Database, first: str, second: str, *, from_stdin: bool
) -> tuple[SignedIn, SignedIn]:
    """Return the two people, who have just given their passwords; failures are counted as everywhere.

    Raises:
        SignInRefused, TooManyAttempts: see `staff.sign_in`.
        LoginNotIndependent: both logins may be in one person's hands.
        CodeWrong, CodeUsed: see `staff.confirm_sign_in`.
        PasswordMustChange, SecondFactorNeeded: see `staff.check_owes_nothing`.
    """
    one = _sign_in(context, database, first, from_stdin=from_stdin)
    other = _sign_in(context, database, second, from_stdin=from_stdin)
    with database.reading() as session:
        staff.independence.check(session, first=one.staff.id, second=other.staff.id, at=context.now)
    return one, other


def _sign_in(context: CliContext, database: Database, login: str, *, from_stdin: bool) -> SignedIn:
    """Return one person, signed in for a moment."""
    where: dict[str, Any] = {"address": _HERE, "at": context.now}
    password = _typed(f"{login} 的密码", from_stdin=from_stdin)
    token = staff.sign_in(database, login=login, password=password, **where)
    with database.reading() as session:
        awaited = staff.awaited_code(session, token=token, at=context.now)
    if awaited is not None:
        code = _typed(f"{login} 的动态码", from_stdin=from_stdin)
        token = staff.confirm_sign_in(database, token=token, code=code, **where)
    with database.writing() as session:
        person = staff.signed_in(session, token=token, at=context.now)
        staff.sign_out(session, token=token)
    if person is None:
        raise staff.problems.SignInRefused()
    staff.check_owes_nothing(person)
    return person


def _typed(what: str, *, from_stdin: bool) -> str:
    """Return one secret, typed unseen or from the next line of stdin."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(what, hide_input=True, err=True))


def sign_in_one(context: CliContext, database: Database, login: str, *, from_stdin: bool) -> SignedIn:
    """Return one person, who has just signed in for a moment; failures are counted as everywhere.

    Raises:
        SignInRefused, TooManyAttempts: see `staff.sign_in`; and those of `staff.confirm_sign_in`.
    """
    return _sign_in(context, database, login, from_stdin=from_stdin)
