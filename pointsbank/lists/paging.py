"""Reads a list page by page to its last row, counts it and adds it up.

A page costs the same however far one has turned: it begins behind the last row of the one before, whose
values of the sorting columns are the place. A long reading is many short ones, so that the till never waits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.database import Database, execute
from pointsbank.dates import day_of
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.places import Position, behind, placed, position_of, turned

TOGETHER = 1000
"""Rows that are read at once where all are wanted."""

_KEPT_ROWS = 200
"""Rows of a page that is kept at most: who takes all there is does so once."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some rows of a list.

    Attributes:
        next: the place behind which the next page begins; None on the last one.
        previous: the place before which the previous page ends; None on the first one.
    """

    rows: list[Row]
    next: Position | None
    previous: Position | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows there are, and the sums of the columns that have one, by key."""

    count: int
    sums: Mapping[str, int]


def read_page(
    session: Session,
    wanted: List,
    asked: Asked,
    *,
    after: Position | None = None,
    before: Position | None = None,
    limit: int = 50,
) -> ListPage:
    """Return the rows behind a place, those that end before one, or the first ones.

    Args:
        after: the `next` of the page before.
        before: the `previous` of the page behind; only one of the two.
        limit: rows, >= 1.

    Raises:
        CursorInvalid: `after` or `before` is no place of this list; and those of the list's filters.
    """
    if not _can_be_compared(asked):
        return ListPage([], None)
    if not wanted.kept or limit > _KEPT_ROWS:
        return _read(session, wanted, asked, after, before, limit)
    # What stands in a place came with an address: it may be anything, and not all can be a key.
    about = ("page", repr(after), repr(before), limit, asked.sort, *_asked_for(wanted, asked))
    found = ledger.kept(
        session,
        village=asked.village,
        about=about,
        make=lambda: _read(session, wanted, asked, after, before, limit),
        size=lambda page: len(page.rows) + 1,
        by_reading=wanted.by_reading,
    )
    return ListPage([dict(row) for row in found.rows], found.next, found.previous)


def _read(
    session: Session,
    wanted: List,
    asked: Asked,
    after: Position | None,
    before: Position | None,
    limit: int,
) -> ListPage:
    """Return the rows behind a place, before one, or the first ones, as they are found now."""
    if wanted.statement is None:
        rows = _in_memory(session, wanted, asked)
        return _page_of(session, wanted, asked, rows, after, before, limit)
    keys = wanted.keys(asked.sort)
    query = _narrowed(wanted.statement(session, asked), wanted, asked)
    query = placed(query, keys, after) if before is None else placed(query, turned(keys), before)
    found = [dict(row._mapping) for row in execute(session, query.limit(limit + 1))]
    return _page(session, wanted, asked, found, after, before, limit)


def _page_of(
    session: Session,
    wanted: List,
    asked: Asked,
    rows: Sequence[Row],
    after: Position | None,
    before: Position | None,
    limit: int,
) -> ListPage:
    """Return a page of rows that are there all at once, in their order."""
    keys = wanted.keys(asked.sort)
    found = behind(rows, keys, after) if before is None else behind(rows[::-1], turned(keys), before)
    return _page(session, wanted, asked, found[: limit + 1], after, before, limit)


def _page(
    session: Session,
    wanted: List,
    asked: Asked,
    found: list[Row],
    after: Position | None,
    before: Position | None,
    limit: int,
) -> ListPage:
    """Return the page of so many rows, completed; one row more says that there is another page that way.

    Before a place rows are found from there back to the beginning.
    """
    is_more, rows = len(found) > limit, [dict(row) for row in found[:limit]]
    if before is not None:
        rows.reverse()
    if wanted.complete is not None:
        wanted.complete(session, asked, rows)
    if not rows:
        return ListPage([], None)
    keys = wanted.keys(asked.sort)
    goes_on, went_before = (is_more, after is not None) if before is None else (True, is_more)
    first, last = position_of(rows[0], keys), position_of(rows[-1], keys)
    return ListPage(rows, last if goes_on else None, first if went_before else None)


def read_list(
    session: Session,
    wanted: List,
    asked: Asked,
    *,
    after: Position | None = None,
    before: Position | None = None,
    limit: int = 50,
) -> tuple[ListPage, Totals]:
    """Return a page of a list and what it comes to, as `read_page` and `read_totals`; all rows are made once.

    Raises:
        CursorInvalid: `after` or `before` is no place of this list; and those of the list's filters.
    """
    if wanted.statement is not None or wanted.kept or not _can_be_compared(asked):
        page = read_page(session, wanted, asked, after=after, before=before, limit=limit)
        return page, read_totals(session, wanted, asked)
    rows = _in_memory(session, wanted, asked)
    return _page_of(session, wanted, asked, rows, after, before, limit), _added_up(wanted, rows)


def read_totals(session: Session, wanted: List, asked: Asked) -> Totals:
    """Return the number of rows and the sums of columns; raises those of the list's filters."""
    if not wanted.kept:
        return _count(session, wanted, asked)
    about = ("totals", *_asked_for(wanted, asked))
    return ledger.kept(
        session,
        village=asked.village,
        about=about,
        make=lambda: _count(session, wanted, asked),
        by_reading=wanted.by_reading,
    )


def _asked_for(wanted: List, asked: Asked) -> tuple[Any, ...]:
    """Return all that the rows of a list depend on, besides what is told to the log."""
    columns = tuple(one.key for one in wanted.columns)
    groups = None if asked.groups is None else tuple(sorted(asked.groups))
    chosen = (tuple(sorted(asked.filters.items())), tuple(sorted(asked.named.items())))
    return wanted.name, columns, groups, *chosen, day_of(asked.at), asked.on_paper


def _count(session: Session, wanted: List, asked: Asked) -> Totals:
    """Return the number of rows and the sums of columns as they are counted now."""
    totalled = [one for one in wanted.columns if one.total]
    summed = [one.key for one in totalled]
    if not _can_be_compared(asked):
        return Totals(0, dict.fromkeys(summed, 0))
    if wanted.statement is None:
        return _added_up(wanted, _in_memory(session, wanted, asked))
    light = _light(session, wanted, asked)
    if light is None:
        return _summed_up(session, wanted, asked, wanted.statement(session, asked), totalled)
    totals = _summed_up(session, wanted, asked, light, totalled)
    if wanted.less is None or not totalled:
        return totals
    less = _summed_up(session, wanted, asked, wanted.less(session, asked), totalled)
    return Totals(totals.count, {key: amount - less.sums[key] for key, amount in totals.sums.items()})


def _summed_up(
    session: Session, wanted: List, asked: Asked, query: Select[Any], totalled: Sequence[Column]
) -> Totals:
    """Return how many rows a statement selects of those that were chosen, and what they come to."""
    query = _narrowed(query, wanted, asked)
    columns = query.selected_columns
    sums = [func.coalesce(func.sum(_standing(columns, one)), 0) for one in totalled]
    counted = query.with_only_columns(func.count(), *sums, maintain_column_froms=True)
    count, *found = tuple(execute(session, counted).one())
    return Totals(count, {one.key: int(amount) for one, amount in zip(totalled, found, strict=True)})


def _standing(columns: Any, one: Column) -> ColumnElement[Any]:
    """Return the amounts of a column, with 0 for those that are struck through; `light` has no such state."""
    amounts: ColumnElement[Any] = columns[one.key]
    if not one.void or "status" not in columns:
        return amounts
    return case((columns["status"].in_(one.void), 0), else_=amounts)


def _added_up(wanted: List, rows: Sequence[Row]) -> Totals:
    """Return what rows in memory come to."""
    summed = [one.key for one in wanted.columns if one.total]
    return Totals(len(rows), {key: sum(row[key] or 0 for row in rows) for key in summed})


def _light(session: Session, wanted: List, asked: Asked) -> Select[Any] | None:
    """Return the light statement by which rows are counted, if what was chosen is in it."""
    if wanted.light is None:
        return None
    light = wanted.light(session, asked)
    known = set(light.selected_columns.keys())
    chosen = {one.column for one in wanted.filters if one.name in asked.filters}
    return light if chosen <= known else None


def read_everything(database: Database, wanted: List, asked: Asked) -> Iterator[Row]:
    """Yield every row, read in short transactions.

    Raises:
        CursorInvalid: as `read_page`; and those of the list's filters.
    """
    after: Position | None = None
    while True:
        with database.reading() as session:
            page = read_page(session, wanted, asked, after=after, limit=TOGETHER)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def _can_be_compared(asked: Asked) -> bool:
    """Return False for what no database can compare: PostgreSQL knows neither NUL nor half characters."""
    return all(
        len(value) <= 200 and "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)
        for value in asked.filters.values()
    )


def _narrowed(query: Select[Any], wanted: List, asked: Asked) -> Select[Any]:
    """Return the statement with the conditions that were chosen."""
    for one in wanted.filters:
        if one.name in asked.filters:
            query = query.where(one.condition(query.selected_columns, asked.filters[one.name], asked.village))
    return query


def _in_memory(session: Session, wanted: List, asked: Asked) -> list[Row]:
    """Return the rows of a list that are there all at once, narrowed and in their order; never changed."""
    if wanted.rows is None:
        raise AssertionError(f"{wanted.name} has neither statement nor rows")
    if not wanted.kept:
        return _all(session, wanted, asked)
    about = ("rows", asked.sort, *_asked_for(wanted, asked))
    return ledger.kept(
        session,
        village=asked.village,
        about=about,
        make=lambda: _all(session, wanted, asked),
        size=len,
        by_reading=wanted.by_reading,
    )


def _all(session: Session, wanted: List, asked: Asked) -> list[Row]:
    """Return the rows of a list as they are made now."""
    rows = list(wanted.rows(session, asked)) if wanted.rows else []
    for one in wanted.filters:
        if one.name in asked.filters:
            rows = one.kept(session, rows, asked.filters[one.name], asked.village)
    for name, last in reversed(wanted.keys(asked.sort)):
        rows.sort(key=lambda row: row[name], reverse=last)
    return rows
