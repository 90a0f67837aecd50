"""Counts the rows that digests tell of, table by table, and finds the tables that hold fewer.

Every row of a witnessed table is told when it is written and told as gone when it goes. So a table that was
emptied behind the program's back is short of as many rows as its last tellings say are living, whatever no
entry says in words. Only numbers are compared, by the database: what the rows hold is the audit's business.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from pointsbank import witness
from pointsbank.database import execute
from pointsbank.ledger.digests import SALT
from pointsbank.ledger.models import RowBatchRow, RowWitnessRow
from pointsbank.ledger.row_batches import MINIMUM, POSITION, can_stand_in_batches
from pointsbank.witness import Witnessed

_TOGETHER = 500


class LivingRows(NamedTuple):
    """A table, how many of its rows the last tellings say are living, and how many of these are there."""

    table: str
    expected: int
    found: int


def living(village: str) -> Sequence[ColumnElement[bool]]:
    """Return the conditions that a telling of a village's row is the row's last one, and not of its end."""
    row, later = RowWitnessRow, aliased(RowWitnessRow)
    same = (
        later.in_village_of(row)
        & (col(later.table_name) == col(row.table_name))
        & (col(later.row_key) == col(row.row_key))
    )
    return (
        row.in_village(village),
        col(row.digest).is_not(None),
        ~select(col(later.position)).where(same, col(later.position) > col(row.position)).exists(),
    )


def living_counts(session: Session, *, village: str) -> Mapping[str, int]:
    """Return how many living rows of a village have a last telling of their own, by table; no entry for none.

    Example:
        living_counts(session, village="chayuan")  # {"card": 8, "score": 12}
    """
    table = col(RowWitnessRow.table_name)
    counted = select(table, func.count().label("rows")).where(*living(village)).group_by(table)
    return {row.table_name: row.rows for row in execute(session, counted)}


def _counts_in_batches(session: Session, *, village: str) -> Mapping[str, int]:
    """Return how many living rows of a village only batches tell of, by table."""
    batch, row, earlier = RowBatchRow, RowWitnessRow, aliased(RowWitnessRow)
    rows = func.sum(func.length(col(batch.salts)) / SALT).label("rows")
    of_batch = select(col(batch.table_name), rows).where(batch.in_village(village))
    found = execute(session, of_batch.group_by(col(batch.table_name)))
    counts = Counter({one.table_name: int(one.rows) for one in found})
    same = (
        earlier.in_village_of(row)
        & (col(earlier.table_name) == col(row.table_name))
        & (col(earlier.row_key) == col(row.row_key))
    )
    # Who was told in a batch first and then anew has a second telling here, and no first.
    anew = (
        row.in_village(village),
        col(row.position) == POSITION + 1,
        ~select(col(earlier.position)).where(same, col(earlier.position) <= POSITION).exists(),
    )
    retold = select(col(row.table_name), func.count().label("rows")).where(*anew)
    for one in execute(session, retold.group_by(col(row.table_name))):
        counts[one.table_name] -= one.rows
    # Where batches are gone there are fewer than were told anew: what is there no longer says nothing.
    return {table: rows for table, rows in counts.items() if rows > 0}


def short_of_witnesses(session: Session, *, village: str) -> Iterator[LivingRows]:
    """Yield the tables that hold fewer of a village's rows than the tellings know, ordered by name."""
    alone, together = living_counts(session, village=village), _counts_in_batches(session, village=village)
    for rule in witness.witnessed():
        expected = alone.get(rule.table, 0) + together.get(rule.table, 0)
        found = _count(session, rule, rule.in_log_of(village)) if expected else 0
        # Which village such a row concerns is said by other tables, and those may be what is short.
        if found < expected and rule.of_village is not None:
            found = _count_keys(session, rule, village=village)
        if found < expected:
            yield LivingRows(rule.table, expected, found)
    if alone and not together and _untold_batch(session, alone, village=village):
        yield LivingRows(RowBatchRow.__tablename__, 1, 0)


def _untold_batch(session: Session, alone: Mapping[str, int], *, village: str) -> bool:
    """Return whether a table has so many rows without a telling that some must have stood in a batch."""
    return any(
        _count(session, rule, rule.in_log_of(village)) - alone.get(rule.table, 0) >= MINIMUM
        for rule in witness.witnessed()
        if can_stand_in_batches(rule)
    )


def _count(session: Session, rule: Witnessed, *conditions: ColumnElement[bool]) -> int:
    """Return how many rows there are that are told as digests."""
    by_digest = [rule.source.c[rule.by_words].is_(None)] if rule.by_words else []
    counted = select(func.count()).select_from(rule.source).where(*conditions, *by_digest)
    return int(execute(session, counted).scalar() or 0)


def _count_keys(session: Session, rule: Witnessed, *, village: str) -> int:
    """Return how many of the living rows that were told are there, by their keys."""
    mine = (*living(village), col(RowWitnessRow.table_name) == rule.table)
    names = execute(session, select(col(RowWitnessRow.row_key)).where(*mine)).scalars().all()
    keys: list[tuple[Any, ...]] = [witness.key_of(rule, name, village=village) for name in names]
    key = tuple_(*rule.source.primary_key.columns)
    some = (keys[start : start + _TOGETHER] for start in range(0, len(keys), _TOGETHER))
    return sum(_count(session, rule, key.in_(each)) for each in some)
