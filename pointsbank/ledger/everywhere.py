"""One write told in many villages' logs: what is decided for the whole installation reaches each of them.

All heads are locked by one statement, in the order of the villages' codes. Whoever locks more than one does
it here, so two such writes wait for each other and never in a circle; a head is the last lock of every write.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank import villages
from pointsbank.announcing import announce, announces
from pointsbank.ledger.describing import Names, describes
from pointsbank.ledger.log import (
    MOVE_HEAD,
    Appended,
    EntryRows,
    Head,
    LogPosition,
    LogRecord,
    as_noted,
    insert_rows,
    last_index,
    lock_head,
    make_rows,
    moment_behind,
    moved_head,
    new_salts,
    record_many,
    signed_records,
)
from pointsbank.ledger.models import LogHeadRow
from pointsbank.ledger.telling import village_for_certain
from pointsbank.ledger.witnessing import ROWS_WITNESSED, bind, unbound
from pointsbank.merkle import Frontier
from pointsbank.prepared import chunks, execute_many, fetch
from pointsbank.touched import call_before_commit

_ANY_TIME = datetime.min.replace(tzinfo=UTC)


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

    Villages whose rows this write touched, and that get no entry here, get one for these rows: so all heads
    that the write needs are locked at once.

    Args:
        records: the entries of each village, by its code.

    Raises VillageUnknown.

    Example:
        told = LogRecord("staff_disabled", {"staff": chen.id, "login": "chen"})
        record_in_villages(session, {"chayuan": [told], "zhuyuan": [told]}, by=admin, at=now)
        # {"chayuan": [LogPosition(index=18, …)], "zhuyuan": [LogPosition(index=4, …)]}
    """
    wanted = {village: entries for village, entries in records.items() if entries}
    silent = {village: [LogRecord(ROWS_WITNESSED, {})] for village in unbound(session)}
    heads = _lock_heads(session, sorted(silent | wanted))
    # The first entry of a log will have what was told before it.
    begun = {village: some for village, some in silent.items() if heads[village].recorded_at is not None}
    done = _append_to_all(session, begun | wanted, heads, by=by, at=at)
    return {village: places for village, places in done.items() if village in wanted}


def _append_to_all(
    session: Session,
    records: Mapping[str, Sequence[LogRecord]],
    heads: Mapping[str, Head],
    *,
    by: str,
    at: datetime,
) -> dict[str, list[LogPosition]]:
    """Write entries behind these heads; return their places by village."""
    done: dict[str, list[LogPosition]] = {}
    # Some villages at a time: with thousands of them the rows of all would not stay small.
    for some in chunks(sorted(records)):
        made, moves = EntryRows(), []
        roots = bind(session, {village: last_index(heads[village], records[village]) for village in some})
        for village in some:
            head, moment = heads[village], moment_behind(heads[village], at)
            signed = signed_records(records[village], roots.get(village), by=by)
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


def _record_touched(session: Session) -> None:
    """Make an entry for rows that want one and had none in this write.

    Its place says when, so its moment is that of the entry before it.
    """
    village = village_for_certain(session)
    if village is not None and lock_head(session, village=village).recorded_at is not None:
        # An import's thousands of rows are written under their entry, not put under it afterwards.
        record_many(session, [LogRecord(ROWS_WITNESSED, {})], village=village, by="", at=_ANY_TIME)
    record_in_villages(session, {}, by="", at=_ANY_TIME)


call_before_commit(_record_touched)


@describes(ROWS_WITNESSED)
def _rows_witnessed(_words: Mapping[str, Any], _names: Names) -> str:
    """Return what an entry without words of its own is for."""
    return "登记上一条以后改动的资料"
