"""Checks the rows of every table whose rows are told as digests: each against the last that was told of it.

A finding names table, key, columns and the entry that vouches. A few hundred rows are read at a time, each
page with what was told of it in one short read, so memory does not grow with the village.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from pointsbank import witness
from pointsbank.database import Database, execute, table_of
from pointsbank.ledger.digests import changed_columns, digests, is_of_fewer_columns, row_key
from pointsbank.ledger.models import RowWitnessRow
from pointsbank.raw_rows import UNREADABLE, raw_page, raw_rows, unreadable
from pointsbank.witness import Witnessed

_PAGE = 500
_SMALL = 500
_WITNESS = table_of(RowWitnessRow)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold; `index` names the log entry where there is one.

    `table`, `row` (its key) and `columns` say where, if it is a row beside the log.
    """

    index: int | None
    sentence: str
    table: str = ""
    row: str = ""
    columns: tuple[str, ...] = ()


@dataclass
class RowAudit:
    """How many rows were compared, and how many are older than their witness, by table."""

    compared: Counter[str] = field(default_factory=Counter)
    older: Counter[str] = field(default_factory=Counter)
    unwitnessed: Counter[str] = field(default_factory=Counter)


def row_faults(database: Database, *, village: str, seen: RowAudit) -> Iterator[Finding]:
    """Yield what contradicts the digests that were told of a village's rows, table by table.

    A village without a single telling comes from before there were any: its rows are counted in `seen` as not
    witnessed, and nothing is found.
    """
    with database.reading() as session:
        bound = execute(
            session, select(func.max(_WITNESS.c.log_index)).where(RowWitnessRow.in_village(village))
        ).scalar()
        any_digests = raw_rows(session, _WITNESS, RowWitnessRow.in_village(village), maximum=1)
    there: Counter[str] = Counter()
    for rule, rows, lasts in _pages(database, village=village, compare=bool(any_digests)):
        if lasts is None:
            seen.unwitnessed[rule.table] += len(rows)
            continue
        there[rule.table] += sum(one.digest is not None for one in lasts.values())
        yield from _page_faults(rule, rows, lasts, seen, all_pending=bound is None)
    yield from _lost(database, there, village=village)
    yield from _foreign(database, village=village)


def _pages(
    database: Database, *, village: str, compare: bool
) -> Iterator[tuple[Witnessed, list[Any], dict[str, Any] | None]]:
    """Yield the rows of each table, some hundreds at a time, with the last telling of each by its key.

    Rows and tellings come from one short read, or a write between them would be a finding. Small tables share
    one, and in a small village the tellings are read once for all of them.

    Args:
        compare: whether there are tellings; without, None is yielded for them.
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
                rows = raw_page(
                    session, rule.source, rule.in_log_of, village=village, maximum=_PAGE, after=done
                )
                lasts = _last_digests(session, rule, rows, known, village=village) if compare else None
                yield rule, rows, lasts
                read, done = read + len(rows), done + len(rows)
                if len(rows) < _PAGE:
                    rule, done = next(rules, None), 0


def _small_village(session: Session, *, village: str) -> dict[str, list[Any]] | None:
    """Return every telling of a village by table; None if there are too many to be read at once."""
    found = raw_rows(session, _WITNESS, RowWitnessRow.in_village(village), maximum=_SMALL + 1)
    if len(found) > _SMALL:
        return None
    of_table: dict[str, list[Any]] = defaultdict(list)
    for one in found:
        of_table[one.table_name].append(one)
    return of_table


def _last_digests(
    session: Session,
    rule: Witnessed,
    rows: Sequence[Any],
    known: Mapping[str, list[Any]] | None,
    *,
    village: str,
) -> dict[str, Any]:
    """Return the last telling of each of these rows by its key; `known`: all of a small village."""
    keys = [row_key(rule, row) for row in rows]
    if known is not None:
        wanted = set(keys)
        found = [one for one in known.get(rule.table, ()) if one.row_key in wanted]
    elif keys:
        mine = (_WITNESS.c.table_name == rule.table, _WITNESS.c.row_key.in_(keys))
        found = raw_rows(session, _WITNESS, RowWitnessRow.in_village(village), *mine)
    else:
        found = []
    last: dict[str, Any] = {}
    for one in found:
        if one.position is not UNREADABLE and one.position >= getattr(last.get(one.row_key), "position", 0):
            last[one.row_key] = one
    # Whoever tells a row anew takes the salts from what was told before.
    spoiled = {
        one.row_key: one
        for one in found
        if unreadable(one) or (one is not last.get(one.row_key) and (one.salt, one.cells) != (None, None))
    }
    return {**last, **{key: one._replace(position=UNREADABLE) for key, one in spoiled.items()}}


def _page_faults(
    rule: Witnessed,
    rows: Sequence[Any],
    lasts: Mapping[str, Any],
    seen: RowAudit,
    *,
    all_pending: bool,
) -> Iterator[Finding]:
    """Yield what is wrong with some rows."""
    whole = []
    for row in rows:
        name = row_key(rule, row)
        spoiled = unreadable(row)
        last = lasts.get(name)
        index = last.log_index if last is not None and not unreadable(last) else None
        if spoiled:
            yield _finding(rule, name, index, "无法读取", spoiled)
            continue
        if rule.by_own_words(row):
            if last is not None and last.digest is not None:
                yield _finding(rule, name, index, "与日志不符", [rule.by_words])
            continue
        seen.compared[rule.table] += 1
        if last is None or (not unreadable(last) and last.digest is None):
            yield _finding(rule, name, index, "在日志里没有", [])
        elif unreadable(last) or last.salt is None or last.cells is None:
            yield _finding(rule, name, index, "的留痕已被改动", [])
        else:
            seen.older[rule.table] += last.position == 0
            if index is None and rule.at_once and not all_pending:
                yield _finding(rule, name, None, "的留痕没有进入日志", [])
            whole.append((name, row, last))
    yield from _differing(rule, whole)


def _differing(rule: Witnessed, whole: Sequence[tuple[str, Any, Any]]) -> Iterator[Finding]:
    """Yield those of these rows, by their keys and with the last telling of each, that differ from it."""
    left = [bool(rule.left_by) and getattr(row, rule.left_by) is not None for _, row, _ in whole]
    rests = [last.rest if gone else None for gone, (*_, last) in zip(left, whole, strict=True)]
    found = digests(rule, [row for _, row, _ in whole], [last.salt for *_, last in whole], rests)
    for now, gone, (name, row, last) in zip(found, left, whole, strict=True):
        if now == (last.digest, last.rest, last.salt, last.cells):
            continue
        columns = changed_columns(rule, now.cells, last.cells)
        differing = [column for column in columns if not (gone and column in rule.leaving)]
        same = (now.digest, now.rest) == (last.digest, last.rest) and (
            len(now.cells) == len(last.cells)
            or is_of_fewer_columns(rule, row, now.cells, last.cells, left=gone)
        )
        if differing or not same:
            yield _finding(rule, name, last.log_index, "与日志不符", differing)


def _lost(database: Database, there: Mapping[str, int], *, village: str) -> Iterator[Finding]:
    """Yield the rows that the log tells of and that are gone; `there`: how many are there, by table."""
    row, later = RowWitnessRow, aliased(RowWitnessRow)
    same = (
        later.in_village_of(row)
        & (col(later.table_name) == col(row.table_name))
        & (col(later.row_key) == col(row.row_key))
    )
    alive = (
        row.in_village(village),
        col(row.digest).is_not(None),
        ~select(col(later.position)).where(same, col(later.position) > col(row.position)).exists(),
    )
    counted = (
        select(col(row.table_name), func.count().label("rows")).where(*alive).group_by(col(row.table_name))
    )
    with database.reading() as session:
        counts = Counter(
            {row.table_name: row.rows for row in execute(session, counted.group_by(col(row.table_name)))}
        )
    for rule in witness.witnessed():
        done, lasts = 0, [None] * (counts[rule.table] != there[rule.table])
        while lasts:
            with database.reading() as session:
                lasts = raw_rows(
                    session, _WITNESS, *alive, _WITNESS.c.table_name == rule.table, maximum=_PAGE, after=done
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
            yield _finding(rule, str(one.row_key), index, "不见了", [])


def _foreign(database: Database, *, village: str) -> Iterator[Finding]:
    """Yield tellings of tables that have no such rule."""
    names = [rule.table for rule in witness.witnessed()]
    other = (RowWitnessRow.in_village(village), _WITNESS.c.table_name.not_in(names))
    with database.reading() as session:
        for one in raw_rows(session, _WITNESS, *other, maximum=1):
            yield Finding(None, f"row_witness 有不认识的表 {one.table_name}", "row_witness", str(one.row_key))


def _finding(rule: Witnessed, name: str, index: int | None, what: str, columns: Sequence[str]) -> Finding:
    """Return a finding about one row."""
    where = f" 的 {'、'.join(columns)}" if columns else ""
    sentence = f"{rule.table} 的 {name}{where} {what}".replace("  ", " ")
    return Finding(index, sentence, rule.table, name, tuple(columns))
