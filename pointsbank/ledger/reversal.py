"""Undoing by adding: a reversal moves back what a transaction moved, at most once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.dates import day_of
from pointsbank.errors import NotFound, Refused
from pointsbank.ledger.accounts import lock_accounts_by_id
from pointsbank.ledger.constants import is_village_account
from pointsbank.ledger.models import PostingRow, TransactionRow
from pointsbank.ledger.posting import NewTransaction, PostedTransaction, Posting, post
from pointsbank.points import Points

_transaction = table_of(TransactionRow)
_posting = table_of(PostingRow)


class TransactionUnknown(NotFound):
    """There is no such transaction in this village."""

    code = "transaction_unknown"
    sentence = "没有找到这笔交易，请核对编号。"
    fixed_by = "村委"


class AlreadyReversed(Refused):
    """The transaction was reversed before, or is itself a reversal."""

    code = "already_reversed"
    sentence = "这笔交易已经撤销过，不能再次撤销。"
    fixed_by = "村委"


def reverse(
    session: Session,
    *,
    village: str,
    index: int,
    by: str,
    at: datetime,
    words: Mapping[str, Any],
    source: tuple[str, str] | None = None,
    request_id: str | None = None,
) -> PostedTransaction:
    """Post the opposite of a transaction; may leave a balance below zero, which then blocks redemption."""
    original = _same(_transaction, village, index)
    row = execute(session, select(_transaction.c.kind).where(*original)).one_or_none()
    if row is None:
        raise TransactionUnknown()
    if row.kind == "reversal":
        raise AlreadyReversed()
    postings = execute(
        session, select(_posting).where(*_same(_posting, village, index)).order_by(_posting.c.line)
    )
    lines = tuple(
        Posting(p.destination_account_id, p.source_account_id, p.unit, Points(p.amount))
        for p in reversed(postings.all())
    )
    # Two reversals of one transaction meet here: the second waits, and then finds the first one's row.
    touched = {account for line in lines for account in (line.source, line.destination)}
    lock_accounts_by_id(session, [a for a in touched if not is_village_account(a)], village=village)
    undone = (_transaction.c.village_id == village, _transaction.c.reverses == index)
    if execute(session, select(_transaction.c.log_index).where(*undone)).first():
        raise AlreadyReversed()
    entry = NewTransaction("reversal", day_of(at), lines, words=words, source=source, reverses=index)
    return post(session, [entry], village=village, by=by, at=at, request_id=request_id)[0]


def _same(table: Any, village: str, index: int) -> tuple[Any, Any]:
    """The condition for one transaction's rows."""
    return table.c.village_id == village, table.c.log_index == index
