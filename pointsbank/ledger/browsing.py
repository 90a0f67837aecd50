"""The village's transactions one after another, for whoever checks the books."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.ledger.models import LogEntryRow, LogPrivateRow, PostingRow, TransactionRow
from pointsbank.points import Points

_entry = table_of(LogEntryRow)
_posting = table_of(PostingRow)
_private = table_of(LogPrivateRow)
_transaction = table_of(TransactionRow)


@dataclass(frozen=True, slots=True)
class Posting:
    """One amount from one account to another."""

    source: str
    destination: str
    unit: str
    amount: Points


@dataclass(frozen=True, slots=True)
class Transaction:
    """One movement as the books hold it; `words` is None once the person was erased."""

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
    session: Session, *, village: str, before: int | None = None, limit: int = 50
) -> list[Transaction]:
    """The village's transactions, newest first, from before this index on."""
    same_entry = (_entry.c.village_id == _transaction.c.village_id) & (
        _entry.c.log_index == _transaction.c.log_index
    )
    same_private = (_private.c.village_id == _transaction.c.village_id) & (
        _private.c.log_index == _transaction.c.log_index
    )
    query = (
        select(_transaction, _entry.c.leaf, _private.c.private)
        .join(_entry, same_entry)
        .outerjoin(_private, same_private)
        .where(_transaction.c.village_id == village)
        .order_by(_transaction.c.log_index.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(_transaction.c.log_index < before)
    rows = execute(session, query).all()
    postings = _postings(session, village, [row.log_index for row in rows])
    return [_view(row, postings[row.log_index]) for row in rows]


def _postings(session: Session, village: str, indexes: list[int]) -> dict[int, list[Posting]]:
    """The postings of these transactions, in their order."""
    query = (
        select(_posting)
        .where(_posting.c.village_id == village, _posting.c.log_index.in_(indexes))
        .order_by(_posting.c.log_index, _posting.c.line)
    )
    found: dict[int, list[Posting]] = defaultdict(list)
    for row in execute(session, query):
        one = Posting(row.source_account_id, row.destination_account_id, row.unit, Points(row.amount))
        found[row.log_index].append(one)
    return found


def _view(row: Any, postings: list[Posting]) -> Transaction:
    """A transaction as the world may see it."""
    return Transaction(
        index=row.log_index,
        kind=row.kind,
        occurred_on=row.occurred_on,
        recorded_at=row.recorded_at,
        actor=row.actor_id,
        reverses=row.reverses,
        leaf=bytes(row.leaf),
        words=json.loads(row.private)["words"] if row.private is not None else None,
        postings=tuple(postings),
    )
