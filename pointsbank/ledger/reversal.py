"""Undoing by adding: a reversal moves back what a transaction moved, at most once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank.dates import day_of
from pointsbank.errors import NotFound, Refused
from pointsbank.ledger.accounts import lock_accounts_by_id
from pointsbank.ledger.constants import is_village_account
from pointsbank.ledger.models import PostingRow, TransactionRow
from pointsbank.ledger.posting import post
from pointsbank.ledger.values import NewTransaction, PostedTransaction, Posting
from pointsbank.points import Points
from pointsbank.prepared import chunks


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
    """Post the opposite of a transaction; may leave a balance below zero, which then blocks redemption.

    Raises TransactionUnknown, AlreadyReversed, and those of `post`.

    Example:
        reverse(session, village="chayuan", index=17, by=clerk, at=now, words={"why": "录错"}).index  # 18
    """
    kind = session.exec(
        select(TransactionRow.kind).where(
            TransactionRow.in_village(village), col(TransactionRow.log_index) == index
        )
    ).one_or_none()
    if kind is None:
        raise TransactionUnknown()
    if kind == "reversal":
        raise AlreadyReversed()
    written = session.exec(
        select(PostingRow)
        .where(PostingRow.in_village(village), col(PostingRow.log_index) == index)
        .order_by(col(PostingRow.line).desc())
    )
    postings = tuple(
        Posting(p.destination_account_id, p.source_account_id, p.unit, Points(p.amount)) for p in written
    )
    # Two reversals of one transaction meet here: the second waits, and then finds the first one's row.
    touched = {account for one in postings for account in (one.source, one.destination)}
    lock_accounts_by_id(session, [a for a in touched if not is_village_account(a)], village=village)
    undone = select(TransactionRow.log_index).where(
        TransactionRow.in_village(village), col(TransactionRow.reverses) == index
    )
    if session.exec(undone).first() is not None:
        raise AlreadyReversed()
    entry = NewTransaction("reversal", day_of(at), postings, words=words, source=source, reverses=index)
    return post(session, [entry], village=village, by=by, at=at, request_id=request_id)[0]


def reverse_all(
    session: Session,
    indices: Sequence[int],
    *,
    village: str,
    by: str,
    at: datetime,
    words: Callable[[int], Mapping[str, Any]],
    source_kind: str,
) -> list[PostedTransaction]:
    """Post the opposite of many transactions, all or none; as `reverse`, with few questions.

    Args:
        indices: ascending, each once, of transactions that moved something.
        words: returns what is said of the transaction with this number.
        source_kind: each is posted with its number as the id of its source.

    Raises TransactionUnknown, AlreadyReversed, and those of `post`.

    Example:
        reverse_all(session, [17, 18], village="chayuan", by=li, at=now, words=say, source_kind="undone")
    """
    lines: dict[int, list[Posting]] = {index: [] for index in indices}
    for some in chunks(indices):
        written = select(PostingRow).where(
            PostingRow.in_village(village), col(PostingRow.log_index).in_(some)
        )
        ordered = written.order_by(col(PostingRow.log_index), col(PostingRow.line).desc())
        for p in session.exec(ordered):
            opposite = Posting(p.destination_account_id, p.source_account_id, p.unit, Points(p.amount))
            lines[p.log_index].append(opposite)
    if not all(lines.values()):
        raise TransactionUnknown()
    touched = {
        account for some in lines.values() for one in some for account in (one.source, one.destination)
    }
    lock_accounts_by_id(session, [a for a in touched if not is_village_account(a)], village=village)
    for some in chunks(indices):
        undone = select(TransactionRow.log_index).where(
            TransactionRow.in_village(village), col(TransactionRow.reverses).in_(some)
        )
        if session.exec(undone).first() is not None:
            raise AlreadyReversed()
    entries = [
        NewTransaction(
            "reversal", day_of(at), tuple(some), words(index), (source_kind, str(index)), reverses=index
        )
        for index, some in lines.items()
    ]
    return post(session, entries, village=village, by=by, at=at)
