"""Closing a household's accounts: what is left goes to the household it becomes part of, or is cleared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from pointsbank.dates import day_of
from pointsbank.ledger.accounts import forget_accounts, lock_accounts_by_id
from pointsbank.ledger.constants import HONOUR, POINTS, UNITS, account_of, village_account
from pointsbank.ledger.entries import log_entries
from pointsbank.ledger.log import record
from pointsbank.ledger.models import AccountRow
from pointsbank.ledger.posting import post
from pointsbank.ledger.statements import Balance, balance
from pointsbank.ledger.values import NewTransaction, Posting
from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class AccountsClosed:
    """The balance that was left, and the log entries of the decision and, if any, of the transfer."""

    balance: Balance
    index: int
    leaf: bytes
    moved: int | None


MAXIMUM_HEIRS = 10_000
"""Ends of households that are read at most, the latest first."""


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
    """Empty a participant's accounts for good and write the decision to the log.

    Points and honour go to the heir (`transfer`; what is owed goes along), or to the village's expiry account
    (`clearing`).

    Raises AccountClosed, and those of `post` and `record`.

    Example:
        close_accounts(session, village="chayuan", participant=li.id, heir=wang.id,
                       words={"participant": li.id, "item": "并户"}, by=clerk, at=now)
        # AccountsClosed(balance=Balance(points=300, honour=900), index=20, leaf=b"…", moved=19)
    """
    own = [account_of(participant, unit) for unit in UNITS]
    heirs = [account_of(heir, unit) for unit in UNITS] if heir else []
    lock_accounts_by_id(session, [*own, *heirs], village=village)
    left = balance(session, village=village, participant=participant)
    postings = [
        _empty(
            account_of(participant, unit),
            account_of(heir, unit) if heir else village_account("expiry", unit),
            unit,
            amount,
        )
        for unit, amount in ((POINTS, left.points), (HONOUR, left.honour))
        if amount
    ]
    moved = None
    if postings:
        source = ("household_closed", participant)
        kind = "transfer" if heir else "clearing"
        entry = NewTransaction(kind, day_of(at), tuple(postings), words, source)
        moved = post(session, [entry], village=village, by=by, at=at, request_id=request_id)[0].index
    mine = (AccountRow.in_village(village), col(AccountRow.id).in_(own))
    session.exec(update(AccountRow).where(*mine).values(closed=True))
    forget_accounts(session)
    entered = record(session, village=village, kind="household_closed", by=by, at=at, words=words, ref=moved)
    return AccountsClosed(left, entered.index, entered.leaf, moved)


def _empty(own: str, other: str, unit: str, amount: int) -> Posting:
    """Return the posting that leaves an account empty; what is owed is filled up from the other side."""
    if amount < 0:
        own, other = other, own
    return Posting(own, other, unit, Points(abs(amount)))


def heirs(session: Session, *, village: str) -> dict[str, str]:
    """Return who took over the points of participants that ended, by id; where nobody did, nothing.

    Read from the log, which is long: for a refusal that happens seldom.

    Example:
        heirs(session, village="chayuan")  # {"w5ix…": "k2ab…"}
    """
    ended = log_entries(session, village=village, kinds=("household_closed",), limit=MAXIMUM_HEIRS)
    merged = [one.words for one in ended if one.words and one.words.get("heir")]
    return {words["participant"]: words["heir"] for words in merged}
