"""The village's log, entry by entry, newest first: for those who may read who and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank.errors import NotFound
from pointsbank.ledger.growth import object_in
from pointsbank.ledger.models import BY_MOMENT, LogEntryRow, LogPrivateRow, RowWitnessRow


class LogEntryUnknown(NotFound):
    """The log has no entry of this number."""

    code = "log_entry_unknown"
    sentence = "账本里没有这个序号，请核对。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the log; `actor` and `words` are None once the person was erased."""

    index: int
    kind: str
    recorded_at: datetime
    ref: int | None
    actor: str | None
    words: dict[str, Any] | None


def log_entries(
    session: Session,
    *,
    village: str,
    kinds: Collection[str] = (),
    before: int | None = None,
    since: datetime | None = None,
    from_index: int = 0,
    limit: int = 50,
) -> list[LogEntry]:
    """Return entries of the village's log, newest first.

    Args:
        kinds: the kinds wanted; none means all.
        before: the number below which to begin; None begins with the newest.
        since: only entries of that moment and later.
        from_index: only entries of this number and higher.
        limit: entries at most, >= 0.

    Example:
        [one.kind for one in log_entries(session, village="chayuan", limit=2)]  # ["redemption", "group_made"]
    """
    index = col(LogEntryRow.log_index)
    query = (
        select(LogEntryRow, LogPrivateRow.private)
        .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(LogEntryRow))
        .where(LogEntryRow.in_village(village))
        .order_by(index.desc())
        .limit(limit)
    )
    if kinds:
        query = query.where(col(LogEntryRow.kind).in_(kinds))
    if before is not None:
        query = query.where(index < before)
    if from_index:
        query = query.where(index >= from_index)
    if since is not None:
        query = query.where(col(LogEntryRow.recorded_at) >= since)
    if kinds and since is not None:
        query = query.with_hint(LogEntryRow, BY_MOMENT, "sqlite")
    return [_entry(row, stored) for row, stored in session.exec(query)]


def log_entry(session: Session, *, village: str, index: int) -> LogEntry:
    """Return the entry of this number.

    Raises:
        LogEntryUnknown: the village's log has none.

    Example:
        log_entry(session, village="chayuan", index=0).kind  # "village_founded"
    """
    query = (
        select(LogEntryRow, LogPrivateRow.private)
        .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(LogEntryRow))
        .where(LogEntryRow.in_village(village), col(LogEntryRow.log_index) == index)
    )
    found = session.exec(query).first()
    if found is None:
        raise LogEntryUnknown()
    return _entry(*found)


def entries_telling(session: Session, *, village: str, table: str, key: str, kind: str) -> list[LogEntry]:
    """Return the entries of a kind under which a row was told, newest first.

    Args:
        key: the row's key as text (`witness.key_text`).

    Example:
        entries_telling(session, village="chayuan", table="goods", key=rice.id, kind="goods_described")
    """
    query = (
        select(LogEntryRow, LogPrivateRow.private)
        .join(
            RowWitnessRow,
            RowWitnessRow.in_village_of(LogEntryRow)
            & (col(RowWitnessRow.log_index) == col(LogEntryRow.log_index)),
        )
        .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(LogEntryRow))
        .where(RowWitnessRow.in_village(village), col(RowWitnessRow.table_name) == table)
        .where(col(RowWitnessRow.row_key) == key, col(LogEntryRow.kind) == kind)
        .order_by(col(LogEntryRow.log_index).desc())
    )
    return [_entry(row, stored) for row, stored in session.exec(query)]


def _entry(row: LogEntryRow, stored: bytes | None) -> LogEntry:
    """Return an entry with what is left of its hidden part."""
    private = object_in(stored or b"{}")
    return row.into(LogEntry, index=row.log_index, actor=private.get("actor"), words=private.get("words"))
