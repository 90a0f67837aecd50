"""Rows told to the log: a salted digest of each, in a side table whose root stands in an entry's open part.

A write notes which rows it touched (`touched`). Before its entry is made, or at the latest before it is
committed, they are read as they now stand, and each gets a row of `row_witness` (`telling`): its table, its
key, a digest over its columns. The next entry without points holds the root over all that were told since the
last one (`w` in its public bytes), so the leaf vouches for them; a write that has no entry of its own, and
touched what does not wait, makes one (`rows_witnessed`). Sales touch nothing of this kind: their words tell
it all.

The trick is that salts are no part of the root: a row told anew takes the salts from what was told of it
before, so digests of a name that was erased say nothing any more, and their entries hold as before. Beside
the digest stands a short checksum of each column, which lets the audit name the one that was changed.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, case, update
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.ledger.digests import dumps
from pointsbank.ledger.models import RowWitnessRow
from pointsbank.ledger.row_batches import bind_batches, line_of
from pointsbank.ledger.row_digests import UNBOUND, Vouched
from pointsbank.ledger.telling import write_digests
from pointsbank.prepared import fetch

ROWS_WITNESSED = "rows_witnessed"


_waits = col(RowWitnessRow.log_index).is_(None)
_columns = RowWitnessRow.columns_of(Vouched)
_BIND = (
    update(RowWitnessRow)
    .where(RowWitnessRow.in_village(bindparam("village")), _waits)
    .values(log_index=bindparam("index"))
    .returning(*_columns)
)


def bind(session: Session, indexes: Mapping[str, int]) -> dict[str, bytes]:
    """Tell what this write touched, and put all that waits under an entry; return its root by village.

    The caller holds the heads of these villages and writes each root into the entry's open part; a village
    where nothing waits has none.

    Args:
        indexes: of the entries, by village.

    Example:
        bind(session, {"chayuan": 18})  # {"chayuan": b"…"}, 32 bytes, for LogRecord(rows_root=…)
    """
    write = write_digests(session, indexes)
    session.info.get(UNBOUND, set()).difference_update(indexes)
    for one in _bind_waiting(session, indexes):
        write.vouched[one.village_id].append(one)
    for batch in bind_batches(session, indexes):
        write.batches[batch.village_id].append(batch)
    villages = write.vouched.keys() | write.batches.keys()
    return {village: root_of(write.vouched[village], write.batches[village]) for village in villages}


def _bind_waiting(session: Session, indexes: Mapping[str, int]) -> Iterable[Any]:
    """Put what was told before, and waits for an entry, under these; return it."""
    if len(indexes) == 1:
        [(village, index)] = indexes.items()
        return fetch(session, _BIND, {"village": village, "index": index}, into=Vouched).all()
    if not indexes:
        return []
    row = RowWitnessRow
    values = {"log_index": case(dict(indexes), value=col(row.village_id))}
    waiting = update(row).where(col(row.village_id).in_(indexes), _waits).values(values)
    return execute(session, waiting.returning(*_columns))


def root_of(bound: Iterable[Any], batches: Iterable[Any] = ()) -> bytes:
    """Return the digest over the tellings of one entry and then its batches, each in the order of their keys.

    Example:
        root_of(rows_of_an_entry).hex()  # "5c0a…"
    """
    lines: list[list[Any]] = sorted(
        [one.table_name, one.row_key, one.position, *map(_hex, (one.digest, one.rest))] for one in bound
    )
    lines += sorted(map(line_of, batches))
    return hashlib.sha256(b"\x03" + dumps(lines).encode()).digest()


def _hex(digest: bytes | None) -> str | None:
    return None if digest is None else bytes(digest).hex()


def unbound(session: Session) -> list[str]:
    """Tell what this write touched; return the villages in whose log that wants an entry, in order."""
    write_digests(session)
    return sorted(session.info.get(UNBOUND, ()))
