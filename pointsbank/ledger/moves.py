"""What moved on the accounts of a village's participants since an entry, of all of them at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from pointsbank.ledger.constants import is_village_account
from pointsbank.ledger.log import read_head
from pointsbank.ledger.models import LogEntryRow, PostingRow, TransactionRow
from pointsbank.points import Points
from pointsbank.prepared import fetch


@dataclass(frozen=True, slots=True)
class AccountMove:
    """A posting on an account (id), in hundredths, < 0 off it; `other` is the account on its other side.

    `index` is its entry in the log.
    """

    account: str
    index: int
    kind: str
    amount: int
    reverses: int | None
    source: tuple[str, str] | None
    other: str


class _Moved(NamedTuple):
    """A posting with its transaction."""

    log_index: int
    kind: str
    reverses: int | None
    source_kind: str | None
    source_id: str | None
    source_account_id: str
    destination_account_id: str
    amount: int


_MOVED = (
    select_columns(
        col(PostingRow.log_index),
        col(TransactionRow.kind),
        col(TransactionRow.reverses),
        col(TransactionRow.source_kind),
        col(TransactionRow.source_id),
        col(PostingRow.source_account_id),
        col(PostingRow.destination_account_id),
        col(PostingRow.amount),
    )
    .select_from(PostingRow)
    .join(TransactionRow, TransactionRow.in_entry_of(PostingRow))
    .where(
        PostingRow.in_village(bindparam("village")),
        col(PostingRow.log_index) >= bindparam("start"),
        col(PostingRow.log_index) < bindparam("stop"),
    )
    .order_by(col(PostingRow.log_index), col(PostingRow.line))
)
_OF_KINDS = _MOVED.where(col(TransactionRow.kind).in_(bindparam("kinds", expanding=True)))
_own = (col(PostingRow.source_account_id) == bindparam("account")) | (
    col(PostingRow.destination_account_id) == bindparam("account")
)
_OF_ACCOUNT = _MOVED.where(_own)


def size_at(session: Session, moment: datetime, *, village: str) -> int:
    """Return how many entries the log had at a moment: the number of the first one from it on.

    Raises VillageUnknown.

    Example:
        size_at(session, new_year, village="chayuan")  # 1812
    """
    query = select(func.min(col(LogEntryRow.log_index))).where(
        LogEntryRow.in_village(village), col(LogEntryRow.recorded_at) >= moment
    )
    found = session.exec(query).one()
    return read_head(session, village=village).frontier.size if found is None else int(found)


def moves_from(
    session: Session,
    start: int,
    *,
    village: str,
    end: int = 2**62,
    kinds: tuple[str, ...] = (),
    account: str | None = None,
) -> list[AccountMove]:
    """Return what entries from `start` up to, without, `end` moved on participants' accounts, oldest first.

    Args:
        kinds: only of transactions of these kinds; all where none is named, or one account is.
        account: only of this account (id); of all participants' where none is named.

    Example:
        moves_from(session, 1812, village="chayuan")[0].amount  # -300
    """
    asked = {"village": village, "start": start, "stop": end}
    question: tuple[Any, dict[str, Any]] = (_MOVED, asked)
    if account is not None:
        question = (_OF_ACCOUNT, asked | {"account": account})
    elif kinds:
        question = (_OF_KINDS, asked | {"kinds": list(kinds)})
    found = []
    for row in fetch(session, *question, into=_Moved).all():
        source = (row.source_kind, row.source_id) if row.source_kind and row.source_id else None
        sides = (
            (row.source_account_id, -row.amount, row.destination_account_id),
            (row.destination_account_id, row.amount, row.source_account_id),
        )
        found += [
            AccountMove(own, row.log_index, row.kind, Points(amount), row.reverses, source, other)
            for own, amount, other in sides
            if not is_village_account(own) and account in (None, own)
        ]
    return found
