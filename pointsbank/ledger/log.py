"""The village's log: gapless numbers, salted commitments, leaves and the tree head, written in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from pointsbank import villages
from pointsbank.database import entropy, table_of
from pointsbank.ledger.canonical import canonical, public_bytes
from pointsbank.ledger.models import LogEntryRow, LogHeadRow, LogPrivateRow
from pointsbank.merkle import Frontier, commitment, leaf_hash
from pointsbank.prepared import ask, execute_many

_head = table_of(LogHeadRow)
_entry = table_of(LogEntryRow)
_private = table_of(LogPrivateRow)

_LOCK_HEAD = (
    select(_head.c.size, _head.c.peaks, _head.c.recorded_at)
    .where(_head.c.village_id == bindparam("village"))
    .with_for_update()
)
_MOVE_HEAD = (
    update(_head)
    .where(_head.c.village_id == bindparam("village"))
    .values(size=bindparam("new_size"), peaks=bindparam("new_peaks"), recorded_at=bindparam("at"))
)
_INSERT_ENTRY = insert(_entry)
_INSERT_PRIVATE = insert(_private)
_SALT = 32

HANDFUL = 200
"""So many entries are made and written at a time: what lives briefly costs the garbage collector little."""


@dataclass(frozen=True, slots=True)
class LogRecord:
    """Something to be written to the log; `words` say who and why and are hidden behind a salt."""

    kind: str
    words: Mapping[str, Any]
    ref: int | None = None
    amounts: list[list[Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LogPosition:
    """Where an entry stands: its number, its leaf, its moment."""

    index: int
    leaf: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """The log as far as it goes; holding it means holding the village's lock."""

    frontier: Frontier
    recorded_at: datetime | None


def lock_head(session: Session, *, village: str) -> Head:
    """Take the village's log for this transaction: the last lock of the order."""
    row = ask(session, _LOCK_HEAD, {"village": village}).first()
    if row is None:
        raise villages.problems.VillageUnknown()
    return Head(Frontier.unpack(row.size, row.peaks), row.recorded_at)


def append(
    session: Session, head: Head, records: Iterable[LogRecord], *, village: str, at: datetime
) -> list[LogPosition]:
    """Write these entries behind the last one; the moment is never before the last one's.

    Records may be made while they are written: a few hundred are held at a time.
    """
    moment = at.replace(microsecond=0)
    moment = max(moment, head.recorded_at) if head.recorded_at else moment
    done: list[LogPosition] = []
    waiting = iter(records)
    while some := list(islice(waiting, HANDFUL)):
        done += _write(session, some, head.frontier.size + len(done), village=village, moment=moment)
    if done:
        frontier = head.frontier.extend(recorded.leaf for recorded in done)
        moved = {"village": village, "new_size": frontier.size, "new_peaks": frontier.pack(), "at": moment}
        execute_many(session, _MOVE_HEAD, moved)
    return done


def _write(
    session: Session, records: Sequence[LogRecord], start: int, *, village: str, moment: datetime
) -> list[LogPosition]:
    """Write some entries, numbered from `start`."""
    salts = entropy(session)(_SALT * len(records))
    entries, privates, done = [], [], []
    for place, record in enumerate(records):
        index, salt, private = (
            start + place,
            salts[_SALT * place : _SALT * (place + 1)],
            canonical(record.words),
        )
        public = public_bytes(
            village=village,
            index=index,
            kind=record.kind,
            at=moment,
            ref=record.ref,
            commitment=commitment(salt, private),
            amounts=record.amounts,
        )
        key = {"village_id": village, "log_index": index}
        leaf = leaf_hash(public)
        entries.append(
            {
                **key,
                "kind": record.kind,
                "recorded_at": moment,
                "ref": record.ref,
                "public": public,
                "leaf": leaf,
            }
        )
        privates.append({**key, "salt": salt, "private": private})
        done.append(LogPosition(index, leaf, moment))
    execute_many(session, _INSERT_ENTRY, *entries)
    execute_many(session, _INSERT_PRIVATE, *privates)
    return done


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
    """Write one entry that moves no points: a scheme adopted, minutes closed, a listing put up …"""
    return record_many(session, [LogRecord(kind, words, ref)], village=village, by=by, at=at)[0]


def record_many(
    session: Session, records: Sequence[LogRecord], *, village: str, by: str, at: datetime
) -> list[LogPosition]:
    """Write several such entries at once, in this order."""
    signed = [LogRecord(item.kind, {"actor": by, "words": item.words}, item.ref) for item in records]
    return append(session, lock_head(session, village=village), signed, village=village, at=at)
