"""What others read of the log: its head, its totals, its public bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from pointsbank import villages
from pointsbank.database import Database, execute, table_of
from pointsbank.ledger.models import LogEntryRow, LogHeadRow, PostingRow, TransactionRow
from pointsbank.merkle import Frontier

_entry = table_of(LogEntryRow)
_head = table_of(LogHeadRow)
_posting = table_of(PostingRow)
_transaction = table_of(TransactionRow)
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class TreeHead:
    """How many entries the log has and the root over them."""

    size: int
    root: bytes


def tree_head(session: Session, *, village: str) -> TreeHead:
    """The head of the village's log; raises VillageUnknown."""
    row = execute(session, select(_head).where(_head.c.village_id == village)).one_or_none()
    if row is None:
        raise villages.problems.VillageUnknown()
    return TreeHead(row.size, Frontier.unpack(row.size, row.peaks).root)


def latest_moment(session: Session) -> datetime | None:
    """When anything was last recorded, in any village; None where nothing ever was."""
    latest: datetime | None = execute(session, select(func.max(_head.c.recorded_at))).scalar_one()
    return latest


def totals(session: Session, *, village: str, start: int, end: int) -> dict[str, dict[str, int]]:
    """What was moved by the entries from `start` up to `end`: kind → unit → hundredths."""
    same = (_transaction.c.village_id == _posting.c.village_id) & (
        _transaction.c.log_index == _posting.c.log_index
    )
    query = (
        select(_transaction.c.kind, _posting.c.unit, func.sum(_posting.c.amount).label("moved"))
        .join(_transaction, same)
        .where(_posting.c.village_id == village, _posting.c.log_index >= start, _posting.c.log_index < end)
        .group_by(_transaction.c.kind, _posting.c.unit)
    )
    result: dict[str, dict[str, int]] = {}
    for row in execute(session, query):
        result.setdefault(row.kind, {})[row.unit] = int(row.moved)
    return result


def public_entries(database: Database, *, village: str, size: int) -> Iterator[bytes]:
    """The hashed public bytes of the first `size` entries, in order, read in short chunks."""
    for start in range(0, size, _CHUNK):
        query = (
            select(_entry.c.public)
            .where(_entry.c.village_id == village)
            .where(_entry.c.log_index >= start, _entry.c.log_index < min(start + _CHUNK, size))
            .order_by(_entry.c.log_index)
        )
        with database.reading() as session:
            rows = execute(session, query).all()
        yield from (bytes(row.public) for row in rows)
