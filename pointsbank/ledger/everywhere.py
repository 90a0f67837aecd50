"""One write told in many villages' logs: what is decided for the whole installation reaches each of them.

All heads are locked by one statement, in the order of the villages' codes. Whoever locks more than one does
it here, so two such writes wait for each other and never in a circle; a head is the last lock of every write.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank import villages
from pointsbank.announcing import announce, announces
from pointsbank.ledger.log import (
    MOVE_HEAD,
    Appended,
    EntryRows,
    Head,
    LogPosition,
    LogRecord,
    as_noted,
    insert_rows,
    make_rows,
    moment_behind,
    moved_head,
    new_salts,
)
from pointsbank.ledger.models import LogHeadRow
from pointsbank.merkle import Frontier
from pointsbank.prepared import chunks, execute_many, fetch


class _HeadRow(NamedTuple):
    """The row of a log's head, with its village."""

    village_id: str
    size: int
    peaks: bytes
    recorded_at: datetime | None


_LOCK_HEADS = (
    select(*LogHeadRow.columns_of(_HeadRow))
    .where(col(LogHeadRow.village_id).in_(bindparam("villages", expanding=True)))
    .order_by(col(LogHeadRow.village_id))
    .with_for_update()
)


def record_in_villages(
    session: Session, records: Mapping[str, Sequence[LogRecord]], *, by: str, at: datetime
) -> dict[str, list[LogPosition]]:
    """Write entries that move no points into several villages' logs; return their places by village.

    Args:
        records: the entries of each village, by its code.

    Raises VillageUnknown.

    Example:
        told = LogRecord("staff_disabled", {"staff": chen.id, "login": "chen"})
        record_in_villages(session, {"chayuan": [told], "zhuyuan": [told]}, by=admin, at=now)
        # {"chayuan": [LogPosition(index=18, …)], "zhuyuan": [LogPosition(index=4, …)]}
    """
    wanted = {village: entries for village, entries in records.items() if entries}
    heads = _lock_heads(session, sorted(wanted))
    done: dict[str, list[LogPosition]] = {}
    # Some villages at a time: with thousands of them the rows of all would not stay small.
    for some in chunks(sorted(wanted)):
        made, moves = EntryRows(), []
        for village in some:
            head, moment = heads[village], moment_behind(heads[village], at)
            signed = [
                LogRecord(one.kind, {"actor": by, "words": one.words}, one.ref) for one in wanted[village]
            ]
            salts = new_salts(session, len(signed))
            own = make_rows(signed, salts, head.frontier.size, village=village, moment=moment)
            made.entries += own.entries
            made.privates += own.privates
            moves.append(moved_head(head, own.places, village=village, moment=moment))
            done[village] = own.places
            if announces(session):
                noted = list(map(as_noted, signed, own.places))
                announce(session, Appended(village, head.frontier, noted))
        insert_rows(session, made)
        execute_many(session, MOVE_HEAD, *moves)
    return done


def _lock_heads(session: Session, codes: Sequence[str]) -> dict[str, Head]:
    """Lock the heads of these villages, in order of their codes, and return them.

    Raises VillageUnknown.
    """
    if not codes:
        return {}
    rows = fetch(session, _LOCK_HEADS, {"villages": codes}, into=_HeadRow).all()
    if len(rows) != len(codes):
        raise villages.problems.VillageUnknown()
    return {row.village_id: Head(Frontier.unpack(row.size, row.peaks), row.recorded_at) for row in rows}
