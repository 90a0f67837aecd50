"""Checks the rows of every table whose rows are told as digests: each against the last that was told of it.

A finding names table, key, columns and the entry that vouches. A few hundred rows are read at a time, each
page with what was told of it in one short read, so memory does not grow with the village. Rows that only a
batch tells of are read once more with their batch (`audit_batches`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from pointsbank import witness
from pointsbank.database import Database, execute, table_of
from pointsbank.ledger.audit_batches import KeySum, batch_faults, parted_rows, rows_of
from pointsbank.ledger.audit_digests import Finding, RowAudit, last_tellings, page_faults, row_finding
from pointsbank.ledger.audit_names import unnamed_faults
from pointsbank.ledger.digests import row_keys
from pointsbank.ledger.models import RowBatchRow, RowWitnessRow
from pointsbank.ledger.told_rows import living, living_counts
from pointsbank.raw_rows import UNREADABLE, raw_keys, raw_page, raw_rows
from pointsbank.witness import Witnessed

_PAGE = 500
_SMALL = 500
_WITNESS, _BATCH = table_of(RowWitnessRow), table_of(RowBatchRow)


def row_faults(database: Database, *, village: str, seen: RowAudit) -> Iterator[Finding]:
    """Yield what contradicts the digests that were told of a village's rows, table by table.

    A village without a single telling comes from before there were any: its rows are counted in `seen` as not
    witnessed, and nothing is found.
    """
    with database.reading() as session:
        alone = select(func.max(col(RowWitnessRow.log_index))).where(RowWitnessRow.in_village(village))
        together = select(func.max(col(RowBatchRow.log_index))).where(RowBatchRow.in_village(village))
        all_pending = all(execute(session, last).scalar() is None for last in (alone, together))
        tables = select(col(RowBatchRow.table_name)).where(RowBatchRow.in_village(village)).distinct()
        batched = set(execute(session, tables).scalars())
        mine = RowWitnessRow.in_village(village)
        any_digests = bool(batched or raw_rows(session, _WITNESS, mine, maximum=1))
    there: Counter[str] = Counter()
    named: set[tuple[str, str]] = set()
    in_batches: dict[str, KeySum] = defaultdict(KeySum)
    for page in _pages(database, village=village, batched=batched, compare=any_digests):
        table = page.rule.table
        if not any_digests:
            seen.unwitnessed[table] += page.size
            continue
        there[table] += sum(one.digest is not None for one in page.lasts.values())
        in_batches[table].add(page.others)
        faults = page_faults(page.rule, page.rows, page.lasts, seen, all_pending=all_pending)
        yield from _noted(faults, named)
    if not any_digests:
        return
    for rule in witness.witnessed():
        expected = in_batches[rule.table]
        if expected.count or rule.table in batched:
            faults = batch_faults(
                database, rule, expected, village=village, seen=seen, all_pending=all_pending
            )
            yield from _noted(faults, named)
    yield from _lost(database, there, village=village)
    yield from _kept(database, village=village)
    # A row that differs from its digest differs from words for the same reason.
    faults = unnamed_faults(database, village=village)
    yield from (one for one in faults if (one.table, one.row) not in named)
    yield from _foreign(database, village=village)


def _noted(faults: Iterator[Finding], named: set[tuple[str, str]]) -> Iterator[Finding]:
    """Yield these findings, and add to `named` the rows that they name."""
    for one in faults:
        named.add((one.table, one.row))
        yield one


class _Page(NamedTuple):
    """Some rows of a table that can be judged by themselves, by their keys, and the last telling of each.

    `others`: keys of the rows that must stand in a batch; `size`: how many rows there are in all.
    """

    rule: Witnessed
    rows: Mapping[str, Any]
    others: Collection[str]
    lasts: Mapping[str, Any]
    size: int


def _pages(database: Database, *, village: str, batched: Set[str], compare: bool) -> Iterator[_Page]:
    """Yield the rows of each table, some hundreds at a time.

    Rows and tellings come from one short read, or a write between them would be a finding. Small tables share
    one, and in a small village the tellings are read once for all of them.

    Args:
        batched: tables with batches.
        compare: whether there are tellings; without, rows are only counted.
    """
    rules, done, small = iter(witness.witnessed()), 0, compare
    rule = next(rules, None)
    while rule is not None:
        with database.reading() as session:
            known, read = None, 0
            if small:
                known = _small_village(session, village=village)
                small = known is not None
            while rule is not None and read < _PAGE:
                in_batches = rule.table in batched and not rule.by_words
                page = _page(session, rule, known, village, done, compare=compare, in_batches=in_batches)
                yield page
                read, done = read + page.size, done + page.size
                if page.size < _PAGE:
                    rule, done = next(rules, None), 0


def _page(
    session: Session,
    rule: Witnessed,
    known: Mapping[str, list[Any]] | None,
    village: str,
    after: int,
    *,
    compare: bool,
    in_batches: bool,
) -> _Page:
    """Return the rows of a table after so many; whole, unless most of them are read with their batch."""
    if in_batches or not compare:
        keys = raw_keys(session, rule.source, rule.in_log_of, village=village, maximum=_PAGE, after=after)
        if not compare:
            return _Page(rule, {}, (), {}, len(keys))
        names = witness.key_texts(rule, keys)
        lasts = last_tellings(session, rule, names, known, village=village)
        alone = [name for name in names if name in lasts]
        rows = rows_of(session, rule, alone, village=village)
        # A key that somebody wrote may be another than its text says.
        if len(rows) == len(alone):
            return _Page(rule, rows, set(names).difference(alone), lasts, len(keys))
    found = raw_page(session, rule.source, rule.in_log_of, village=village, maximum=_PAGE, after=after)
    by_key = dict(zip(row_keys(rule, found), found, strict=True))
    lasts = last_tellings(session, rule, list(by_key), known, village=village)
    return _Page(rule, *parted_rows(rule, by_key, lasts), lasts, len(found))


def _small_village(session: Session, *, village: str) -> dict[str, list[Any]] | None:
    """Return every telling of a village by table; None if there are too many to be read at once."""
    found = raw_rows(session, _WITNESS, RowWitnessRow.in_village(village), maximum=_SMALL + 1)
    if len(found) > _SMALL:
        return None
    of_table: dict[str, list[Any]] = defaultdict(list)
    for one in found:
        of_table[one.table_name].append(one)
    return of_table


def _kept(database: Database, *, village: str) -> Iterator[Finding]:
    """Yield the rows that are gone and of which more was kept than that they were there."""
    row = RowWitnessRow
    gone = (
        select(col(row.village_id), col(row.table_name), col(row.row_key), col(row.position))
        .where(row.in_village(village), col(row.digest).is_(None))
        .cte("gone")
        # Few rows are ever gone: beginning with the others would look up each of a long log.
        .prefix_with("MATERIALIZED")
    )
    same = [
        getattr(gone.c, name) == col(getattr(row, name)) for name in ("village_id", "table_name", "row_key")
    ]
    query = select(col(row.table_name), col(row.row_key)).where(
        *same,
        col(row.position) <= gone.c.position,
        col(row.salt).is_not(None) | col(row.cells).is_not(None),
    )
    with database.reading() as session:
        for one in execute(session, query.distinct()):
            name, key = str(one.table_name), str(one.row_key)
            yield Finding(None, f"{name} 的 {key} 的留痕已被改动", name, key)


def _lost(database: Database, there: Mapping[str, int], *, village: str) -> Iterator[Finding]:
    """Yield the rows that the log tells of and that are gone; `there`: how many are there, by table."""
    with database.reading() as session:
        counts = Counter(living_counts(session, village=village))
    for rule in witness.witnessed():
        done, lasts = 0, [None] * (counts[rule.table] != there[rule.table])
        while lasts:
            with database.reading() as session:
                lasts = raw_rows(
                    session,
                    _WITNESS,
                    *living(village),
                    _WITNESS.c.table_name == rule.table,
                    maximum=_PAGE,
                    after=done,
                )
                yield from _lost_of(session, rule, lasts, village=village)
            done += len(lasts)


def _lost_of(session: Session, rule: Witnessed, lasts: Sequence[Any], *, village: str) -> Iterator[Finding]:
    """Yield those of these tellings whose row is gone."""
    columns = list(rule.source.primary_key.columns)
    for one in lasts:
        key = witness.key_of(rule, str(one.row_key), village=village)
        same = [column == value for column, value in zip(columns, key, strict=True)]
        if None in key or not raw_rows(session, rule.source, *same, rule.in_log_of(village), maximum=1):
            index = None if one.log_index is UNREADABLE else one.log_index
            yield row_finding(rule, str(one.row_key), index, "不见了", [])


def _foreign(database: Database, *, village: str) -> Iterator[Finding]:
    """Yield tellings of tables that have no such rule."""
    names = [rule.table for rule in witness.witnessed()]
    with database.reading() as session:
        for table, key in ((_WITNESS, "row_key"), (_BATCH, "first_key")):
            other = (table.c.village_id == village, table.c.table_name.not_in(names))
            for one in raw_rows(session, table, *other, maximum=1):
                sentence = f"{table.name} 有不认识的表 {one.table_name}"
                yield Finding(None, sentence, table.name, str(getattr(one, key)))
