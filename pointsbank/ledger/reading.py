"""What others read of the log and of what was posted: the head, totals, public bytes, sources."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from pointsbank.database import Database
from pointsbank.ledger.constants import is_village_account
from pointsbank.ledger.log import read_head
from pointsbank.ledger.models import LogEntryRow, LogHeadRow, PostingRow, TransactionRow
from pointsbank.merkle import Frontier
from pointsbank.once import once_a_reading
from pointsbank.points import Points
from pointsbank.prepared import chunks, fetch

_CHUNK = 2000


class _Posted(NamedTuple):
    """A posting of a source's transaction; the last three are None where nothing was moved."""

    source_id: str
    unit: str | None
    amount: int | None
    destination_account_id: str | None


_POSTED = (
    select_columns(
        col(TransactionRow.source_id),
        col(PostingRow.unit),
        col(PostingRow.amount),
        col(PostingRow.destination_account_id),
    )
    .select_from(TransactionRow)
    .outerjoin(PostingRow, PostingRow.in_entry_of(TransactionRow))
    .where(
        TransactionRow.in_village(bindparam("village")),
        col(TransactionRow.source_kind) == bindparam("kind"),
        col(TransactionRow.source_id).in_(bindparam("ids", expanding=True)),
    )
)


_LAST_BUT_SALES = (
    select_columns(col(LogEntryRow.log_index), col(LogEntryRow.leaf))
    .where(LogEntryRow.in_village(bindparam("village")), col(LogEntryRow.kind) != "redemption")
    .order_by(col(LogEntryRow.log_index).desc())
    .limit(1)
)


class Last(NamedTuple):
    """The number of an entry, and its hash: a log that was put back and went on has others."""

    log_index: int
    leaf: bytes


@once_a_reading
def entry_but_sales(session: Session, *, village: str) -> Last:
    """Return the last entry that is no sale, number -1 where there is none.

    Example:
        entry_but_sales(session, village="chayuan").log_index  # 17
    """
    return fetch(session, _LAST_BUT_SALES, {"village": village}, into=Last).first() or Last(-1, b"")


def last_but_sales(session: Session, *, village: str) -> int:
    """Return the number of the last entry that is no sale, -1 where there is none.

    A version of all that tills leave alone (`kept_under`): they sell a hundred times between two meetings.

    Example:
        last_but_sales(session, village="chayuan")  # 17
    """
    return entry_but_sales(session, village=village).log_index


def tree_head(session: Session, *, village: str) -> Frontier:
    """Return the head of the village's log: the number of entries, and the root over them.

    Raises VillageUnknown.

    Example:
        tree_head(session, village="chayuan").size  # 18
    """
    return read_head(session, village=village).frontier


def latest_moment(session: Session) -> datetime | None:
    """Return the moment of the last entry in any village, or None if there is none.

    Example:
        latest_moment(session)  # datetime(2026, 8, 31, 9, 30, tzinfo=UTC)
    """
    return session.exec(select(func.max(col(LogHeadRow.recorded_at)))).one()


def totals(session: Session, *, village: str, start: int, end: int) -> dict[str, dict[str, int]]:
    """Return the sums that the entries from `start` up to, without, `end` moved: kind, unit, hundredths.

    Example:
        totals(session, village="chayuan", start=0, end=18)
        # {"award": {"points": 50000, "honour": 50000}, "redemption": {"points": 200}}
    """
    query = (
        select(col(TransactionRow.kind), col(PostingRow.unit), func.sum(col(PostingRow.amount)))
        .select_from(PostingRow)
        .join(TransactionRow, TransactionRow.in_entry_of(PostingRow))
        .where(
            PostingRow.in_village(village),
            col(PostingRow.log_index) >= start,
            col(PostingRow.log_index) < end,
        )
        .group_by(col(TransactionRow.kind), col(PostingRow.unit))
    )
    result: dict[str, dict[str, int]] = {}
    for kind, unit, moved in session.exec(query):
        result.setdefault(kind, {})[unit] = int(moved)
    return result


def public_entries(database: Database, *, village: str, size: int) -> Iterator[bytes]:
    """Return the hashed public bytes of the first `size` entries, in order, read in short transactions.

    Example:
        next(public_entries(database, village="chayuan", size=18))
        # b'{"c":"…","i":0,"k":"scheme_adopted",…}'
    """
    for start in range(0, size, _CHUNK):
        query = (
            select(col(LogEntryRow.public))
            .where(
                LogEntryRow.in_village(village),
                col(LogEntryRow.log_index) >= start,
                col(LogEntryRow.log_index) < min(start + _CHUNK, size),
            )
            .order_by(col(LogEntryRow.log_index))
        )
        with database.reading() as session:
            rows = session.exec(query).all()
        yield from rows


def has_begun(session: Session, *, village: str) -> bool:
    """Return whether any points of a village moved but by opening balances and what the scheme gives to all.

    Example:
        has_begun(session, village="chayuan")  # False before the first score or sale
    """
    others = (TransactionRow.in_village(village), col(TransactionRow.kind).not_in(("opening", "base")))
    return session.exec(select(TransactionRow.log_index).where(*others).limit(1)).first() is not None


def posted_amounts(
    session: Session, *, village: str, source_kind: str, ids: Sequence[str]
) -> dict[str, dict[str, Points]]:
    """Return those of these sources that were posted, with what the participant got of each unit.

    Amounts are in hundredths, < 0 where the participant gave.

    Example:
        posted_amounts(session, village="chayuan", source_kind="opening", ids=[wang.id, li.id])
        # {wang.id: {"points": 5000, "honour": 8000}}; li has no opening balance yet
    """
    found: dict[str, dict[str, Points]] = {}
    for some in chunks(ids):
        parameters = {"village": village, "kind": source_kind, "ids": some}
        for row in fetch(session, _POSTED, parameters, into=_Posted).all():
            amounts = found.setdefault(row.source_id, {})
            if row.unit and row.amount and row.destination_account_id:
                gained = -row.amount if is_village_account(row.destination_account_id) else row.amount
                amounts[row.unit] = Points(amounts.get(row.unit, 0) + gained)
    return found


def indices_of(session: Session, *, village: str, kinds: Sequence[str], start: int, end: int) -> list[int]:
    """Return the numbers of the entries of these kinds from `start` up to, without, `end`, ascending.

    Example:
        indices_of(session, village="chayuan", kinds=["award", "deduction"], start=0, end=18)  # [7, 9, 12]
    """
    index = col(LogEntryRow.log_index)
    query = select(LogEntryRow.log_index).where(
        LogEntryRow.in_village(village), index >= start, index < end, col(LogEntryRow.kind).in_(kinds)
    )
    return list(session.exec(query.order_by(index)))


def sources_of(session: Session, *, village: str, source_kind: str, indices: Sequence[int]) -> dict[int, str]:
    """Return the source (id) of those of these transactions that have one of this kind, by log index.

    Example:
        sources_of(session, village="chayuan", source_kind="score", indices=[17])  # {17: score.id}
    """
    query = select(TransactionRow.log_index, TransactionRow.source_id).where(
        TransactionRow.in_village(village),
        col(TransactionRow.source_kind) == source_kind,
        col(TransactionRow.log_index).in_(indices),
    )
    return {index: source for index, source in session.exec(query) if source is not None}
