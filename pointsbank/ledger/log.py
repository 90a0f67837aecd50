"""The village's log: gapless numbers, salted commitments, leaves and the tree head, written in one go.

An entry is two rows. `log_entry` has the public bytes, as they were hashed, and their hash, the leaf; among
these bytes is the commitment SHA-256(salt, private bytes). `log_private` has the salt and the private bytes,
so who and why can be erased while every hash still holds. Entries are numbered 0, 1, 2 … in each village.

The trick is the head: one row for each village with the number of entries and the peaks of the tree over
them (see `merkle`). Locking it is what makes numbers gapless and moments ascend, and appending costs the same
however long the log is. It is the last lock of the order: accounts, goods, head.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from pointsbank import villages
from pointsbank.announcing import announce, announces
from pointsbank.database import entropy
from pointsbank.ledger.canonical import canonical, public_bytes
from pointsbank.ledger.models import LogEntryRow, LogHeadRow, LogPrivateRow
from pointsbank.ledger.witnessing import bind
from pointsbank.merkle import Frontier, commitment, leaf_hash
from pointsbank.prepared import Question, Rows, execute_many, fetch


class _HeadRow(NamedTuple):
    """The row of a log's head."""

    size: int
    peaks: bytes
    recorded_at: datetime | None


_HEAD = select(*LogHeadRow.columns_of(_HeadRow)).where(LogHeadRow.in_village(bindparam("village")))
_LOCK_HEAD = _HEAD.with_for_update()
MOVE_HEAD = (
    update(LogHeadRow)
    .where(LogHeadRow.in_village(bindparam("village")))
    .values(size=bindparam("new_size"), peaks=bindparam("new_peaks"), recorded_at=bindparam("at"))
)
_INSERT_ENTRY = insert(LogEntryRow)
_INSERT_PRIVATE = insert(LogPrivateRow)
_SALT = 32

HANDFUL = 200
"""Entries made and written at a time; keeps memory flat for meetings with thousands of rows."""


@dataclass(frozen=True, slots=True)
class LogRecord:
    """An entry to be written; `words` say who and why and are hidden behind a salt.

    `ref` is the index of the entry it undoes or erases; `amounts` are pairs of unit and hundredths;
    `rows_root` is the root over the rows it tells of.
    """

    kind: str
    words: Mapping[str, Any]
    ref: int | None = None
    amounts: list[list[Any]] = field(default_factory=list)
    rows_root: bytes | None = None


@dataclass(frozen=True, slots=True)
class LogPosition:
    """The place of a written entry: its number, >= 0, its leaf, its moment."""

    index: int
    leaf: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a log: the tree so far, and the moment of the last entry."""

    frontier: Frontier
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class AppendedEntry:
    """An entry as outsiders may know it: number, kind, moment, request id if it had one, leaf."""

    index: int
    kind: str
    recorded_at: datetime
    request: str | None
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Appended:
    """The entries that one write added to a village's log, and the tree before them."""

    village: str
    before: Frontier
    entries: Sequence[AppendedEntry]


def lock_head(session: Session, *, village: str) -> Head:
    """Lock the village's log for this write and return its head; the last lock of the order.

    Raises VillageUnknown.

    Example:
        ledger.lock_head(session, village="cy")  # what is counted after this, nobody else counts meanwhile
    """
    return read_head(session, village=village, lock=True)


def read_head(session: Session, *, village: str, lock: bool = False) -> Head:
    """Return the head of the village's log.

    Raises VillageUnknown.
    """
    statement = _LOCK_HEAD if lock else _HEAD
    return head_of(fetch(session, statement, {"village": village}, into=_HeadRow))


def head_question(village: str) -> Question:
    """Return what locks the village's log; `head_of` takes the answer."""
    return Question(_LOCK_HEAD, {"village": village}, _HeadRow)


def head_of(answer: Rows[Any]) -> Head:
    """Return the head that was found.

    Raises VillageUnknown.
    """
    row = answer.first()
    if row is None:
        raise villages.problems.VillageUnknown()
    return Head(Frontier.unpack(row.size, row.peaks), row.recorded_at)


def append(
    session: Session, head: Head, records: Iterable[LogRecord], *, village: str, at: datetime
) -> list[LogPosition]:
    """Write entries behind the last one and move the head; no moment is before the last entry's.

    Args:
        head: as `lock_head` returned it in this write.
        records: may be made while they are written, `HANDFUL` at a time.
    """
    moment = moment_behind(head, at)
    done: list[LogPosition] = []
    waiting = iter(records)
    noted: list[AppendedEntry] | None = [] if announces(session) else None
    while some := list(islice(waiting, HANDFUL)):
        start, salts = head.frontier.size + len(done), new_salts(session, len(some))
        made = make_rows(some, salts, start, village=village, moment=moment)
        insert_rows(session, made)
        done += made.places
        if noted is not None:
            noted += map(as_noted, some, made.places)
    if done:
        if noted:
            announce(session, Appended(village, head.frontier, noted))
        execute_many(session, MOVE_HEAD, moved_head(head, done, village=village, moment=moment))
    return done


def moment_behind(head: Head, at: datetime) -> datetime:
    """Return the moment of the next entry, in whole seconds, never before the last one's."""
    moment = at.replace(microsecond=0)
    return max(moment, head.recorded_at) if head.recorded_at else moment


def moved_head(
    head: Head, done: Sequence[LogPosition], *, village: str, moment: datetime
) -> dict[str, object]:
    """Return the parameters of `MOVE_HEAD` behind these entries."""
    frontier = head.frontier.extend(position.leaf for position in done)
    return {"village": village, "new_size": frontier.size, "new_peaks": frontier.pack(), "at": moment}


def as_noted(item: LogRecord, place: LogPosition) -> AppendedEntry:
    """Return a written entry as those hear of it who keep watch over the log."""
    return AppendedEntry(place.index, item.kind, place.recorded_at, item.words.get("request"), place.leaf)


@dataclass(slots=True)
class EntryRows:
    """Entries ready to be written: the rows of both tables, and the place of each entry."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    privates: list[dict[str, Any]] = field(default_factory=list)
    places: list[LogPosition] = field(default_factory=list)


def make_rows(
    records: Sequence[LogRecord], salts: bytes, start: int, *, village: str, moment: datetime
) -> EntryRows:
    """Return the rows of some entries, numbered from `start`; `salts`: 32 random bytes for each."""
    made = EntryRows()
    for place, item in enumerate(records):
        index, salt = start + place, salts[_SALT * place : _SALT * (place + 1)]
        private = canonical(item.words)
        public = public_bytes(
            village=village,
            index=index,
            kind=item.kind,
            at=moment,
            ref=item.ref,
            commitment=commitment(salt, private),
            amounts=item.amounts,
            rows_root=item.rows_root,
        )
        key = {"village_id": village, "log_index": index}
        leaf = leaf_hash(public)
        columns = {"kind": item.kind, "recorded_at": moment, "ref": item.ref, "public": public, "leaf": leaf}
        made.entries.append({**key, **columns})
        made.privates.append({**key, "salt": salt, "private": private})
        made.places.append(LogPosition(index, leaf, moment))
    return made


def insert_rows(session: Session, made: EntryRows) -> None:
    """Write entries; their heads are moved by the caller."""
    execute_many(session, _INSERT_ENTRY, *made.entries)
    execute_many(session, _INSERT_PRIVATE, *made.privates)


def new_salts(session: Session, count: int) -> bytes:
    """Return 32 unpredictable bytes for each of so many entries."""
    return entropy(session)(_SALT * count)


def record(
    session: Session,
    *,
    village: str,
    kind: str,
    by: str,
    at: datetime,
    words: Mapping[str, Any],
    ref: int | None = None,
) -> LogPosition:
    """Write one entry that moves no points: a scheme adopted, minutes closed, a listing put up …

    Raises VillageUnknown.

    Example:
        words = {"participant": wang.id}
        record(session, village="chayuan", kind="card_issued", by=clerk, at=now, words=words)
        # LogPosition(index=18, leaf=b"…", recorded_at=now)
    """
    return record_many(session, [LogRecord(kind, words, ref)], village=village, by=by, at=at)[0]


def record_many(
    session: Session, records: Sequence[LogRecord], *, village: str, by: str, at: datetime
) -> list[LogPosition]:
    """Write several entries that move no points, in this order.

    Raises VillageUnknown.

    Example:
        cards = [LogRecord("card_issued", {"participant": one.id}) for one in (wang, li)]
        [one.index for one in record_many(session, cards, village="chayuan", by=clerk, at=now)]  # [18, 19]
    """
    head = lock_head(session, village=village)
    roots = bind(session, {village: last_index(head, records)}) if records else {}
    signed = signed_records(records, roots.get(village), by=by)
    return append(session, head, signed, village=village, at=at)


def last_index(head: Head, records: Sequence[LogRecord]) -> int:
    """Return the number that the last of some entries will have, >= 0."""
    return head.frontier.size + len(records) - 1


def signed_records(records: Sequence[LogRecord], rows_root: bytes | None, *, by: str) -> list[LogRecord]:
    """Return entries with who wrote them; the last vouches for every row told since an entry did so."""
    signed = [LogRecord(item.kind, {"actor": by, "words": item.words}, item.ref) for item in records]
    return [*signed[:-1], *(replace(last, rows_root=rows_root) for last in signed[-1:])]
