"""Closing a household's accounts: what they hold goes to the household it becomes part of, or is cleared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.dates import day_of
from pointsbank.ledger.accounts import forget_accounts, lock_accounts_by_id
from pointsbank.ledger.constants import HONOUR, POINTS, UNITS, account_of, village_account
from pointsbank.ledger.log import record
from pointsbank.ledger.models import AccountRow
from pointsbank.ledger.posting import NewTransaction, Posting, post
from pointsbank.ledger.statements import Balance, balance
from pointsbank.points import Points

_account = table_of(AccountRow)


@dataclass(frozen=True, slots=True)
class AccountsClosed:
    """What the accounts held, and where the decision and the movement (if any) stand in the log."""

    held: Balance
    index: int
    leaf: bytes
    moved: int | None


def close_accounts(
    session: Session,
    *,
    village: str,
    participant: str,
    heir: str | None,
    words: Mapping[str, Any],
    by: str,
    at: datetime,
    request_id: str | None = None,
) -> AccountsClosed:
    """Empty a participant's accounts for good and write the decision to the log; raises AccountClosed.

    Points and honour go to the heir (`transfer`; what is owed goes along), or to the village's expiry account
    (`clearing`).
    """
    own = [account_of(participant, unit) for unit in UNITS]
    heirs = [account_of(heir, unit) for unit in UNITS] if heir else []
    lock_accounts_by_id(session, [*own, *heirs], village=village)
    held = balance(session, village=village, participant=participant)
    lines = [
        _line(account_of(participant, unit), _destination(heir, unit), unit, amount)
        for unit, amount in ((POINTS, held.points), (HONOUR, held.honour))
        if amount
    ]
    moved = None
    if lines:
        source = ("household_closed", participant)
        entry = NewTransaction("transfer" if heir else "clearing", day_of(at), tuple(lines), words, source)
        moved = post(session, [entry], village=village, by=by, at=at, request_id=request_id)[0].index
    mine = (_account.c.village_id == village, _account.c.id.in_(own))
    execute(session, update(_account).where(*mine).values(closed=True))
    forget_accounts(session)
    told = record(session, village=village, kind="household_closed", by=by, at=at, words=words, ref=moved)
    return AccountsClosed(held, told.index, told.leaf, moved)


def _destination(heir: str | None, unit: str) -> str:
    """Where what is left of one unit goes."""
    return account_of(heir, unit) if heir else village_account("expiry", unit)


def _line(own: str, other: str, unit: str, amount: int) -> Posting:
    """A line that leaves the account empty: what stands below zero is filled up from the other side."""
    return (
        Posting(own, other, unit, Points(amount))
        if amount > 0
        else Posting(other, own, unit, Points(-amount))
    )
