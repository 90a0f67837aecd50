"""The record of who had an account in hand: made it, reset it, gave it a role; and of own passwords.

Rows are only ever added. Their number, not their moment, is their order: a clock may be put back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from pointsbank.once import once_a_reading
from pointsbank.staff.models import AccountActRow, ApiTokenRow, StaffEventRow, StaffRow

SETUP = "setup"
"""Who makes the first account, with the set-up code: its owner."""

ANYBODY = "*"
"""Stands for whoever sat at the machine itself: no sign-in says who that was."""

MADE, OWN_PASSWORD, ROLE_GIVEN, TOKEN_MADE = "made", "own_password", "role_given", "token_made"

MADE_UNTOLD = "made_untold"
"""Stands for the first act upon an account of which no row says who made it: never kept in a row."""

_TOKENS_GONE = ("token_revoked", "password_reset", "disabled")
"""Events by which API tokens end before their time."""


@dataclass(frozen=True, slots=True)
class AccountAct:
    """One thing done to an account: its kind, by whom (id, or ANYBODY), when."""

    kind: str
    by: str
    at: datetime


def note_act(session: Session, *, staff: str, kind: str, by: str, at: datetime) -> None:
    """Write down that something was done to the account of a person (by id).

    Args:
        kind: a code of `labels.account_act`; by whoever sets another's password, factor, role or token.
        by: id of who did it; a name that is nobody's id counts as anybody's.

    Example:
        staff.note_act(session, staff=chen.id, kind="second_factor_removed", by=sun.id, at=now)
    """
    # Locked, so that two acts at once are numbered one after the other.
    session.exec(select(StaffRow.id).where(col(StaffRow.id) == staff).with_for_update()).first()
    last = session.exec(
        select(func.max(AccountActRow.number)).where(col(AccountActRow.staff_id) == staff)
    ).first()
    who = staff if by == SETUP else by
    session.add(AccountActRow(staff_id=staff, number=(last or 0) + 1, kind=kind, done_by=who, done_at=at))
    session.flush()


def acts_upon(
    session: Session,
    logins: Iterable[str],
    *,
    until: datetime | None = None,
    gone_since: datetime | None = None,
) -> Mapping[str, Sequence[AccountAct]]:
    """Return what was done to these accounts (ids), and in turn to the accounts of those who did it.

    A token that somebody else made counts as long as it is there. A `by` that is no account's is ANYBODY, and
    so is the maker of an account whose making no row tells: rows that are gone prove nobody's independence.

    Args:
        until: as it was at an earlier moment, when tokens that went since were there; None is now.
        gone_since: with `until`: tokens that went since this moment count, where it is an earlier one.
    """
    return _acts_upon(session, frozenset(logins), until, gone_since)


@once_a_reading
def _acts_upon(
    session: Session, logins: frozenset[str], until: datetime | None, gone_since: datetime | None
) -> Mapping[str, Sequence[AccountAct]]:
    """Return the same; home asks it of the same people more than once."""
    found: dict[str, list[AccountAct]] = {}
    wanted = set(logins)
    while wanted:
        found |= _made_untold(session, wanted)
        ours = col(AccountActRow.staff_id).in_(sorted(wanted))
        before = () if until is None else (col(AccountActRow.done_at) <= until,)
        query = select(AccountActRow).where(ours, *before)
        rows = session.exec(query.order_by(AccountActRow.staff_id, col(AccountActRow.number))).all()
        makers = {row.done_by for row in rows}
        known = set(session.exec(select(StaffRow.id).where(col(StaffRow.id).in_(sorted(makers)))))
        tokens = set(
            session.exec(
                select(ApiTokenRow.staff_id, ApiTokenRow.made_by).where(
                    col(ApiTokenRow.staff_id).in_(sorted(wanted))
                )
            )
        )
        had = _had_tokens(session, wanted, gone_since or until) if until is not None else set()
        for row in rows:
            there = row.staff_id in had or (row.staff_id, row.done_by) in tokens
            if row.kind != TOKEN_MADE or there:
                by = row.done_by if row.done_by in known else ANYBODY
                found[row.staff_id].append(AccountAct(row.kind, by, row.done_at))
        wanted = known - found.keys()
    return found


def _made_untold(session: Session, logins: Iterable[str]) -> dict[str, list[AccountAct]]:
    """Return for each login (id) an unknown maker, or nothing if its making is told or it is nobody's login.

    Asked without regard to the moment: an account is not there before it is made.
    """
    wanted = sorted(logins)
    of_making = (col(AccountActRow.staff_id).in_(wanted), AccountActRow.kind == MADE)
    recorded = set(session.exec(select(AccountActRow.staff_id).where(*of_making)))
    people = select(StaffRow.id, StaffRow.created_at).where(col(StaffRow.id).in_(wanted))
    untold = {
        id: [AccountAct(MADE_UNTOLD, ANYBODY, at)] for id, at in session.exec(people) if id not in recorded
    }
    return {one: untold.get(one, []) for one in wanted}


def _had_tokens(session: Session, logins: Iterable[str], then: datetime) -> set[str | None]:
    """Return whose tokens (ids) went at this moment or later: which ones they were nobody knows any more."""
    gone = (col(StaffEventRow.kind).in_(_TOKENS_GONE), col(StaffEventRow.happened_at) >= then)
    theirs = col(StaffEventRow.staff_id).in_(sorted(logins))
    return set(session.exec(select(StaffEventRow.staff_id).where(theirs, *gone)))
