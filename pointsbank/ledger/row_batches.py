"""First tellings of many rows that one write added, kept together: one row of `row_batch` for at most 500.

An import adds thousands of rows to one table, and a row of `row_witness` for each cost a third of it. A batch
has their keys, in order, and for each key a piece of `digests`, `rests`, `salts` and `cells`. The root of its
entry has one line for it, over keys, digests and rests; a digest is over the row's checksums too.

Whoever is told anew gets a row of `row_witness` with number 2, and zeros for salt and checksums in the batch:
what it said before is nobody's to guess. Only who holds the village's head does that, so that two writes that
change rows of one batch neither undo each other nor wait in a circle.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, insert, select, update
from sqlmodel import Session, col

from pointsbank.database import entropy, execute
from pointsbank.ledger.digests import SALT, digests_of, dumps
from pointsbank.ledger.models import LogHeadRow, RowBatchRow
from pointsbank.prepared import execute_many, fetch
from pointsbank.raw_rows import as_raw_columns
from pointsbank.touched import Values
from pointsbank.witness import Witnessed

MINIMUM, MAXIMUM = 24, 500
"""Rows of a batch; fewer are told one by one."""

POSITION = 1
"""How often a row was told that stands in a batch and nowhere else."""

DIGEST = 32
"""Bytes of a digest."""


class Batch(NamedTuple):
    """What the root of an entry is made of: a batch without its salts and checksums."""

    village_id: str
    table_name: str
    first_key: str
    row_keys: str
    digests: bytes
    rests: bytes | None


class InBatch(NamedTuple):
    """Where a row stands: its batch, its place there, >= 0, and the entry that vouches for it, if any."""

    first_key: str
    place: int
    log_index: int | None


class _Keys(NamedTuple):
    first_key: str
    log_index: int | None
    row_keys: str


class _Secrets(NamedTuple):
    row_keys: str
    digests: bytes
    rests: bytes | None
    salts: bytes
    cells: bytes

    def is_whole(self) -> bool:
        """Return True unless somebody else cut or put in something."""
        rows = len(keys_of(self.row_keys))
        lengths = (DIGEST, self.digests), (DIGEST, self.rests), (SALT, self.salts)
        whole = all(pieces is None or len(pieces) == wide * rows for wide, pieces in lengths)
        return whole and rows > 0 and type(self.cells) is bytes and len(self.cells) % rows == 0


_FEW = 8
_INSERT = insert(RowBatchRow)
_of_table = (
    RowBatchRow.in_village(bindparam("village")),
    col(RowBatchRow.table_name) == bindparam("table"),
)
_this = (*_of_table, col(RowBatchRow.first_key) == bindparam("first"))
_IN_TABLE = select(*RowBatchRow.columns_of(_Keys)).where(*_of_table)
_WITH_KEY = _IN_TABLE.where(col(RowBatchRow.row_keys).like(bindparam("pattern"), escape="!"))
_LOCK_SECRETS = select(*RowBatchRow.columns_of(_Secrets)).where(*_this).with_for_update()
_SET_SECRETS = (
    update(RowBatchRow).where(*_this).values(salts=bindparam("new_salts"), cells=bindparam("new_cells"))
)
_waits = col(RowBatchRow.log_index).is_(None)
_columns = RowBatchRow.columns_of(Batch)
_BIND = (
    update(RowBatchRow)
    .where(RowBatchRow.in_village(bindparam("village")), _waits)
    .values(log_index=bindparam("index"))
    .returning(*_columns)
)


def can_stand_in_batches(rule: Witnessed) -> bool:
    """Return True if rows of this table are each told in the log of the one village that their key names."""
    return rule.of_village is None and "village_id" in rule.key_names


def insert_batch(
    session: Session, rule: Witnessed, rows: Mapping[str, Values], *, village: str, index: int | None
) -> Batch:
    """Tell rows that this write adds, by their keys, as a batch.

    Args:
        rows: values in the order of the table's columns; `MINIMUM` to `MAXIMUM`, ordered by key.
        index: of the entry that vouches for it; None: it waits for one.
    """
    names = list(rows)
    drawn = entropy(session)(SALT * len(names))
    salts = [drawn[start : start + SALT] for start in range(0, len(drawn), SALT)]
    made = digests_of(rule, as_raw_columns(rule.source, list(rows.values())), salts, together=True)
    rests = None if made.rests is None else b"".join(made.rests)
    batch = Batch(village, rule.table, names[0], dumps(names), b"".join(made.digests), rests)
    hidden = {"log_index": index, "salts": drawn, "cells": b"".join(made.cells)}
    execute_many(session, _INSERT, batch._asdict() | hidden)
    return batch


def bind_batches(session: Session, indexes: Mapping[str, int]) -> Iterable[Batch]:
    """Put every batch that waits in these villages under their entries; return them."""
    if len(indexes) == 1:
        [(village, index)] = indexes.items()
        return fetch(session, _BIND, {"village": village, "index": index}, into=Batch).all()
    if not indexes:
        return []
    values = {"log_index": case(dict(indexes), value=col(RowBatchRow.village_id))}
    waiting = update(RowBatchRow).where(col(RowBatchRow.village_id).in_(indexes), _waits).values(values)
    return list(map(Batch._make, execute(session, waiting.returning(*_columns))))


def line_of(batch: Any) -> list[str]:
    """Return the line of a batch in the root of its entry."""
    hashed = hashlib.sha256(b"\x06")
    for part in (batch.row_keys.encode("utf-8", "surrogatepass"), batch.digests, batch.rests):
        # Each with its length, and a missing one unlike an empty one, so that no two batches are alike.
        hashed.update(b"-" if part is None else b"+%d:" % len(part) + bytes(part))
    return [batch.table_name, batch.first_key, hashed.hexdigest()]


def find_in_batches(
    session: Session, rule: Witnessed, names: Collection[str], *, village: str
) -> dict[str, InBatch]:
    """Return where those of these rows stand that stand in a batch, by their keys."""
    if not names or not can_stand_in_batches(rule):
        return {}
    of_table = {"village": village, "table": rule.table}
    if len(names) == 1:
        [name] = names
        asked = {**of_table, "pattern": _pattern(name)}
        batches = fetch(session, _WITH_KEY, asked, into=_Keys).all()
    else:
        batches = fetch(session, _IN_TABLE, of_table, into=_Keys).all()
    wanted, found = set(names), dict[str, InBatch]()
    # To look for a few texts costs less than to read all keys.
    few = [dumps(name) for name in names] if len(names) <= _FEW else None
    for batch in batches:
        if few is not None and not any(text in str(batch.row_keys) for text in few):
            continue
        for place, name in enumerate(keys_of(batch.row_keys)):
            if name in wanted:
                found[name] = InBatch(batch.first_key, place, batch.log_index)
    return found


def _pattern(name: str) -> str:
    """Return the pattern of the texts of keys among which this one is."""
    text = dumps(name)
    for special in "!%_":
        text = text.replace(special, f"!{special}")
    return f"%{text}%"


def keys_of(text: Any) -> list[str]:
    """Return the keys of a batch; none where somebody put something else there."""
    try:
        keys = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return []
    return keys if isinstance(keys, list) and all(type(key) is str for key in keys) else []


def forget_in_batches(
    session: Session, rule: Witnessed, places: Iterable[InBatch], *, village: str, heads: Sequence[str]
) -> None:
    """Put zeros in place of the salts and checksums of rows that are told anew.

    Args:
        heads: all villages that the write concerns, so that it locks their heads in order.
    """
    of_batch: dict[str, list[int]] = defaultdict(list)
    for one in places:
        of_batch[one.first_key].append(one.place)
    if not of_batch:
        return
    lock = select(col(LogHeadRow.size)).where(col(LogHeadRow.village_id).in_(heads))
    execute(session, lock.order_by(col(LogHeadRow.village_id)).with_for_update())
    for first, gone in sorted(of_batch.items()):
        this = {"village": village, "table": rule.table, "first": first}
        for batch in fetch(session, _LOCK_SECRETS, this, into=_Secrets).all():
            # Of another one nothing has to be forgotten: it says nothing, and verifying finds it.
            if not batch.is_whole():
                continue
            wide = len(batch.cells) // len(keys_of(batch.row_keys))
            new = {
                "new_salts": _with_zeros(batch.salts, gone, SALT),
                "new_cells": _with_zeros(batch.cells, gone, wide),
            }
            execute_many(session, _SET_SECRETS, this | new)


def _with_zeros(pieces: bytes, places: Sequence[int], wide: int) -> bytes:
    """Return pieces, each `wide` bytes long, with zeros at these places."""
    changed = bytearray(pieces)
    for place in places:
        changed[wide * place : wide * (place + 1)] = bytes(wide)
    return bytes(changed)
