"""How a log grows, for those who keep watch over it from outside: what a write added, and earlier trees.

The root of an earlier, shorter log is not stored. But the complete trees that a short and a long log have in
common stand among the peaks of the long one, so only the leaves behind the last common tree are read again.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank.database import Database, execute
from pointsbank.ledger.log import Appended, AppendedEntry, read_head
from pointsbank.ledger.models import BY_MOMENT, LogEntryRow, LogHeadRow, LogPrivateRow
from pointsbank.ledger.tiles import leaves_between
from pointsbank.merkle import Frontier, leaf_hash

_CHUNK = 2000


def tree_heads(session: Session) -> dict[str, Frontier]:
    """Return the tree over every village's log.

    Raises ValueError if a stored head does not fit its size.

    Example:
        tree_heads(session)["chayuan"].size  # 18
    """
    heads = session.exec(select(LogHeadRow.village_id, LogHeadRow.size, LogHeadRow.peaks))
    return {village: Frontier.unpack(size, bytes(peaks)) for village, size, peaks in heads}


def frontier_at(session: Session, *, village: str, size: int) -> Frontier:
    """Return the tree over the first `size` entries of the village's log, at most as many as it has.

    Raises VillageUnknown.

    Example:
        frontier_at(session, village="chayuan", size=12).root
    """
    whole = read_head(session, village=village).frontier
    tree = _in_common(whole, size)
    for index in range(tree.size, min(size, whole.size), _CHUNK):
        tree = tree.extend(leaves_between(session, village, index, min(index + _CHUNK, size)))
    return tree


def entries_from(session: Session, *, village: str, start: int) -> Appended:
    """Return the entries from number `start` on as one addition.

    Raises VillageUnknown.

    Example:
        [one.kind for one in entries_from(session, village="chayuan", start=17).entries]  # ["award"]
    """
    row = LogEntryRow
    query = (
        select_columns(
            col(row.log_index),
            col(row.kind),
            col(row.recorded_at),
            col(LogPrivateRow.private),
            col(row.leaf),
        )
        .select_from(row)
        .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(row))
        .where(row.in_village(village), col(row.log_index) >= start)
        .order_by(col(row.log_index))
    )
    found = [
        AppendedEntry(one.log_index, one.kind, one.recorded_at, _request(one.private), bytes(one.leaf))
        for one in execute(session, query)
    ]
    return Appended(village, frontier_at(session, village=village, size=start), found)


def words_of_kind(
    session: Session, *, village: str, kind: str, since: datetime | None = None, after: int | None = None
) -> list[dict[str, Any]]:
    """Return the words of every entry of a kind that moves no points, oldest first; erased ones left out.

    Args:
        since: only entries of that moment and later.
        after: only entries behind this number.

    Example:
        words_of_kind(session, village="chayuan", kind="watermark_accepted")  # [{"missing": […], …}]
    """
    query = (
        select(LogPrivateRow.private)
        .join(LogEntryRow, LogEntryRow.in_entry_of(LogPrivateRow))
        .where(LogEntryRow.in_village(village), LogEntryRow.kind == kind)
        .order_by(col(LogEntryRow.log_index))
    )
    if since is not None:
        query = query.where(LogEntryRow.recorded_at >= since).with_hint(LogEntryRow, BY_MOMENT, "sqlite")
    if after is not None:
        query = query.where(LogEntryRow.log_index > after)
    return [object_in(private).get("words", {}) for private in session.exec(query)]


def leaves_hold(database: Database, *, village: str) -> bool:
    """Return whether every entry's leaf is the hash of its bytes, and the head is the tree over them.

    Raises VillageUnknown.

    Example:
        leaves_hold(database, village="chayuan")  # True
    """
    with database.reading() as session:
        whole = read_head(session, village=village).frontier
    row, tree = LogEntryRow, Frontier()
    for start in range(0, whole.size, _CHUNK):
        numbers = (col(row.log_index) >= start) & (col(row.log_index) < min(start + _CHUNK, whole.size))
        query = select(row.public, row.leaf).where(row.in_village(village), numbers)
        # Short reads: where there is no write-ahead log a till waits for whoever reads.
        with database.reading() as session:
            rows = session.exec(query.order_by(col(row.log_index))).all()
        if any(leaf_hash(bytes(public)) != bytes(leaf) for public, leaf in rows):
            return False
        tree = tree.extend(bytes(leaf) for _, leaf in rows)
    return tree == whole


def _in_common(whole: Frontier, size: int) -> Frontier:
    """Return the complete trees that a log of `size` entries has in common with the whole one."""
    taken: list[bytes] = []
    done = 0
    for peak in whole.peaks:
        bits = (whole.size - done).bit_length()
        if (size - done).bit_length() != bits:
            break
        taken.append(peak)
        done += 1 << bits - 1
    return Frontier(done, tuple(taken))


def _request(private: bytes | None) -> str | None:
    """Return the request id that an entry's hidden words hold, if any."""
    request = object_in(private or b"{}").get("request")
    return request if isinstance(request, str) else None


def object_in(stored: bytes) -> dict[str, Any]:
    """Return the object of stored JSON; empty where somebody spoiled it, which verifying will name."""
    try:
        value = json.loads(stored)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
