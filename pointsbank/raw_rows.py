"""Rows as they really stand, also where somebody put garbage into them: nothing is trusted, nothing crashes.

SQLite keeps anything in any column, and undecodable text, impossible days and words in place of numbers would
stop an ordinary read. Whoever checks the books reads them here.
"""

import functools
import re
from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import repeat
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    Time,
    bindparam,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import NullType, TypeEngine
from sqlmodel import Session

from pointsbank.database import UtcDateTime, execute, is_postgresql

Reader = Callable[[Sequence[Any]], Sequence[Any]]


class _Unreadable:
    """Stands where a value cannot be read; equal to nothing, not even to another one."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return False

    def __repr__(self) -> str:
        return "无法读取"


class _Spoiled(list[Any]):
    """Values of a column, with UNREADABLE among them."""


UNREADABLE = _Unreadable()
_OF_SPOILED: dict[type, Any] = {}
"""What rows are where a value among them cannot be read, by what they are otherwise."""
_TOGETHER = 500
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?", re.ASCII)


def raw_rows(
    session: Session, table: Table, *conditions: Any, maximum: int | None = None, after: int | None = None
) -> list[Any]:
    """Return the rows under these conditions, a named tuple each, with UNREADABLE where a value is not.

    Args:
        after: how many rows to leave out, in the order of the key; None: in no order.
    """
    query = _whole(table, is_postgresql(session)).where(*conditions).limit(maximum)
    if after is not None:
        query = query.order_by(*table.primary_key.columns).offset(after)
    return _read(session, table, query)


def raw_page(
    session: Session, table: Table, condition: Callable[[Any], Any], *, village: str, maximum: int, after: int
) -> list[Any]:
    """Return the rows of one village as `raw_rows` does, in the order of the key, by a question made once.

    Args:
        condition: takes the village's code; one function for each question.
    """
    query = _page(table, condition, is_postgresql(session))
    return _read(session, table, query, {"village": village, "maximum": maximum, "after": after})


def raw_keys(
    session: Session, table: Table, condition: Callable[[Any], Any], *, village: str, maximum: int, after: int
) -> list[Any]:
    """Return the keys of the rows that `raw_page` returns, a tuple each."""
    key = tuple(table.primary_key.columns)
    query = _page(table, condition, is_postgresql(session), *key)
    rows = raw_answers(session, query, {"village": village, "maximum": maximum, "after": after})
    columns = [_reader(column)(values) for column, values in zip(key, zip(*rows, strict=True), strict=False)]
    return list(zip(*columns, strict=True))


@functools.cache
def _page(table: Table, condition: Callable[[Any], Any], postgresql: bool, *columns: Any) -> Select[Any]:
    """Return the question for some rows of a village, or for some of their columns."""
    query = _whole(table, postgresql, *columns).where(condition(bindparam("village", type_=Text())))
    place = {name: bindparam(name, type_=Integer()) for name in ("maximum", "after")}
    return query.order_by(*table.primary_key.columns).limit(place["maximum"]).offset(place["after"])


def _read(
    session: Session, table: Table, query: Select[Any], parameters: dict[str, Any] | None = None
) -> list[Any]:
    """Run a question for whole rows of a table and return them."""
    shape, readers = _shape(table)
    rows = raw_answers(session, query, parameters)
    # Read column by column: every value of one is read in the same way.
    columns = [read(values) for read, values in zip(readers, zip(*rows, strict=True), strict=False)]
    if any(column.__class__ is _Spoiled for column in columns):
        shape = _OF_SPOILED[shape]
    # A named tuple's own `_make` is written in Python: a call for each of many thousand rows.
    return list(map(tuple.__new__, repeat(shape), zip(*columns, strict=True)))


def raw_answers(
    session: Session, query: Select[Any], parameters: dict[str, Any] | None = None
) -> Sequence[Any]:
    """Return the answer; where SQLite holds text that it cannot decode, with bytes in its place."""
    try:
        return execute(session, query, parameters).all()
    except OperationalError:
        if is_postgresql(session):
            raise
    driver = session.connection().connection.driver_connection
    assert driver is not None
    driver.text_factory = _text
    try:
        return execute(session, query, parameters).all()
    finally:
        driver.text_factory = str


def as_raw_rows(table: Table, rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Return rows just as `raw_rows` would read them once they are stored.

    Args:
        rows: values in the order of the table's columns, as they are written.
    """
    return list(map(_shape(table)[0], *as_raw_columns(table, rows))) if rows else []


def as_raw_columns(table: Table, rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Return the columns of `as_raw_rows`, in their order; none of no rows."""
    return [
        [None if value is None else bool(value) for value in values]
        if isinstance(column.type, Boolean)
        else values
        for column, values in zip(table.c, zip(*rows, strict=True), strict=False)
    ]


def raw_pages(session: Session, table: Table, *conditions: Any) -> Iterator[list[Any]]:
    """Yield the rows under these conditions some hundreds at a time, in the order of their key."""
    done = 0
    while rows := raw_rows(session, table, *conditions, maximum=_TOGETHER, after=done):
        yield rows
        done += len(rows)


def spoiled(row: Any, column: str) -> Any:
    """Return a row with UNREADABLE in a column."""
    shape = _OF_SPOILED.get(type(row), type(row))
    return shape._make(row)._replace(**{column: UNREADABLE})


def any_unreadable(rows: Sequence[Any]) -> bool:
    """Return False if all values of these rows, read together, can be read."""
    return any(type(row) not in _OF_SPOILED for row in rows[:1])


def unreadable(row: Any) -> list[str]:
    """Return the names of a row's columns that cannot be read."""
    if type(row) in _OF_SPOILED:
        return []
    return [name for name, value in zip(row._fields, row, strict=True) if value is UNREADABLE]


def _text(stored: bytes) -> str | bytes:
    """Return the text, or the bytes that are none."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


def _seen_by_sqlite(column: Column[Any]) -> Any:
    """Return the column with no type on our side, so that nothing is converted."""
    return type_coerce(column, NullType())


def _seen_by_postgresql(column: Column[Any]) -> Any:
    """Return the column; days and moments, of which the server has some that Python has not, as text."""
    if isinstance(column.type, UtcDateTime):
        return cast(func.timezone("UTC", column), Text)
    return cast(column, Text) if isinstance(column.type, Date | Time) else column


@functools.cache
def _whole(table: Table, postgresql: bool, *columns: Column[Any]) -> Select[Any]:
    """Return the question for every column of a table, or for these, made once."""
    seen = _seen_by_postgresql if postgresql else _seen_by_sqlite
    return select(*(seen(column).label(column.name) for column in columns or table.c))


@functools.cache
def _shape(table: Table) -> tuple[Any, tuple[Reader, ...]]:
    """Return a named tuple of the table's columns, and what reads the values of each."""
    names = [column.name for column in table.c]
    shape, readers = namedtuple(table.name, names), tuple(_reader(column) for column in table.c)
    _OF_SPOILED[shape] = type(table.name, (shape,), {"__slots__": ()})
    return shape, readers


def _reader(column: Column[Any]) -> Reader:
    """Return what reads the values of this column; NULL only where the column allows it."""
    usual, read = next((usual, read) for kind, usual, read in _READERS if isinstance(column.type, kind))
    empty = None if column.nullable else UNREADABLE

    def read_all(values: Sequence[Any]) -> Sequence[Any]:
        # In an honest column of texts, numbers or bytes there is nothing but these.
        if set(map(type, values)) == {usual}:
            return values
        # Days and moments repeat; 1 and 1.0 are equal but not the same.
        keys = list(zip(map(type, values), values, strict=True))
        known = {key: empty if key[1] is None else read(key[1]) for key in set(keys)}
        found = [known[key] for key in keys]
        return _Spoiled(found) if any(value is UNREADABLE for value in known.values()) else found

    return read_all


def _read_day(value: Any) -> Any:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return UNREADABLE
    return day if day.isoformat() == value else UNREADABLE


def _read_time(value: Any) -> Any:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError):
        return UNREADABLE


def _read_moment(value: Any) -> Any:
    """Return a moment spelt as SQLite keeps and PostgreSQL writes it; no other spelling passes."""
    try:
        return datetime.fromisoformat(_MOMENT.fullmatch(value)[0]).replace(tzinfo=UTC)  # type: ignore[index]
    except (TypeError, ValueError):
        return UNREADABLE


_READERS: tuple[tuple[Any, type | None, Callable[[Any], Any]], ...] = (
    (UtcDateTime, None, _read_moment),
    (Date, None, _read_day),
    (Time, None, _read_time),
    (Boolean, None, lambda value: bool(value) if value in (0, 1) else UNREADABLE),
    (Integer, int, lambda value: value if type(value) is int else UNREADABLE),
    (LargeBinary, bytes, lambda value: bytes(value) if isinstance(value, bytes | memoryview) else UNREADABLE),
    (TypeEngine, str, lambda value: value if isinstance(value, str) else UNREADABLE),
)
"""Kinds of columns, the type of values that need no reading, and how others are read."""


def raw_rows_by(
    session: Session, table: Table, key: str, values: Sequence[str] | Sequence[int], *, village: str
) -> Mapping[Any, list[Any]]:
    """Return a village's stored rows that have one of these values in the column `key`, by that value."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for start in range(0, len(values), _TOGETHER):
        wanted = table.c[key].in_(values[start : start + _TOGETHER])
        for row in raw_rows(session, table, table.c.village_id == village, wanted):
            found[getattr(row, key)].append(row)
    return found


def differ_from_log(rows: Sequence[Any], logged: Mapping[str, Any]) -> bool:
    """Return True unless there is exactly one row, readable, whose columns hold what the log says."""
    if len(rows) != 1 or unreadable(rows[0]):
        return True
    return any(as_logged(getattr(rows[0], column)) != value for column, value in logged.items())


def as_logged(value: Any) -> Any:
    """Return a value as the log writes it: days and moments as text.

    Example:
        >>> as_logged(date(2026, 10, 5)), as_logged(7)
        ('2026-10-05', 7)
    """
    return value.isoformat() if hasattr(value, "isoformat") else value
