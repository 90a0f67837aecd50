"""The village's transactions one after another, with their postings."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from pointsbank.ledger.canonical import words_in
from pointsbank.ledger.models import LogEntryRow, LogPrivateRow, PostingRow, TransactionRow
from pointsbank.ledger.reversal import TransactionUnknown
from pointsbank.ledger.values import Posting
from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction as it was posted; `words` is None once the person was erased."""

    index: int
    kind: str
    occurred_on: date
    recorded_at: datetime
    actor: str
    reverses: int | None
    leaf: bytes
    words: dict[str, Any] | None
    postings: tuple[Posting, ...]


def transactions(
    session: Session, *, village: str, before: int | None = None, after: int | None = None, limit: int = 50
) -> list[Transaction]:
    """Return the village's transactions, newest first; with `after`, oldest first.

    Args:
        before: the log index below which to begin; None begins with the newest.
        after: the log index above which to begin, for who follows the ledger as it grows.
        limit: transactions at most, >= 0.

    Example:
        [one.kind for one in transactions(session, village="chayuan", limit=2)]  # ["redemption", "award"]
    """
    index = col(TransactionRow.log_index)
    conditions = [] if before is None else [index < before]
    if after is not None:
        conditions.append(index > after)
    order = index.desc() if after is None else index
    return _read(session, *conditions, village=village, order=order, limit=limit)


def transaction(session: Session, *, village: str, index: int) -> Transaction:
    """Return the transaction of this log index.

    Raises:
        TransactionUnknown: the village has none; another entry may stand there.

    Example:
        transaction(session, village="chayuan", index=17).kind  # "redemption"
    """
    place = col(TransactionRow.log_index)
    found = _read(session, place == index, village=village, order=place, limit=1)
    if not found:
        raise TransactionUnknown()
    return found[0]


def _read(
    session: Session, *conditions: ColumnElement[bool], village: str, order: Any, limit: int
) -> list[Transaction]:
    """Return transactions under these conditions, in this order, with their postings."""
    query = (
        select(TransactionRow, col(LogEntryRow.leaf), col(LogPrivateRow.private))
        .select_from(TransactionRow)
        .join(LogEntryRow, LogEntryRow.in_entry_of(TransactionRow))
        .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(TransactionRow))
        .where(TransactionRow.in_village(village), *conditions)
        .order_by(order)
        .limit(limit)
    )
    rows = session.exec(query).all()
    postings = _postings(session, village, [row.log_index for row, _, _ in rows])
    return [
        row.into(
            Transaction,
            index=row.log_index,
            actor=row.actor_id,
            leaf=leaf,
            words=words_in(private),
            postings=tuple(postings[row.log_index]),
        )
        for row, leaf, private in rows
    ]


def _postings(session: Session, village: str, indexes: list[int]) -> dict[int, list[Posting]]:
    """Return the postings of these transactions, in their order."""
    query = (
        select(PostingRow)
        .where(PostingRow.in_village(village), col(PostingRow.log_index).in_(indexes))
        .order_by(col(PostingRow.log_index), col(PostingRow.line))
    )
    found: dict[int, list[Posting]] = defaultdict(list)
    for row in session.exec(query):
        one = Posting(row.source_account_id, row.destination_account_id, row.unit, Points(row.amount))
        found[row.log_index].append(one)
    return found
