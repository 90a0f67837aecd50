"""Rows as they really stand, also where somebody put garbage into them: nothing is trusted, nothing crashes.

SQLite keeps anything in any column, and undecodable text, impossible days and words in place of numbers would
stop an ordinary read. Whoever checks the books reads them here.
"""

import functools
import re
from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from itertools import repeat
from operator import is_
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


UNREADABLE = _Unreadable()
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


@functools.cache
def _page(table: Table, condition: Callable[[Any], Any], postgresql: bool) -> Select[Any]:
    """Return the question for some rows of a village."""
    query = _whole(table, postgresql).where(condition(bindparam("village", type_=Text())))
    place = {name: bindparam(name, type_=Integer()) for name in ("maximum", "after")}
    return query.order_by(*table.primary_key.columns).limit(place["maximum"]).offset(place["after"])


def _read(
    session: Session, table: Table, query: Select[Any], parameters: dict[str, Any] | None = None
) -> list[Any]:
    """Run a question for whole rows of a table and return them."""
    shape, readers = _shape(table)
    with _undecoded(session):
        rows = execute(session, query, parameters).all()
    # Read column by column: every value of one is read in the same way.
    columns = [read(values) for read, values in zip(readers, zip(*rows, strict=True), strict=False)]
    return [shape(*values) for values in zip(*columns, strict=True)]


def as_raw_rows(table: Table, rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Return rows just as `raw_rows` would read them once they are stored.

    Args:
        rows: values in the order of the table's columns, as they are written.
    """
    columns = [
        _as_stored(column, values) for column, values in zip(table.c, zip(*rows, strict=True), strict=False)
    ]
    return list(map(_shape(table)[0], *columns)) if columns else []


def _as_stored(column: Column[Any], values: Sequence[Any]) -> Sequence[Any]:
    """Return a column's values as they are read again."""
    return list(map(_stored_flag, values)) if isinstance(column.type, Boolean) else values


def _stored_flag(value: Any) -> bool | None:
    return None if value is None else bool(value)


def raw_pages(session: Session, table: Table, *conditions: Any) -> Iterator[list[Any]]:
    """Yield the rows under these conditions some hundreds at a time, in the order of their key."""
    done = 0
    while rows := raw_rows(session, table, *conditions, maximum=_TOGETHER, after=done):
        yield rows
        done += len(rows)


def unreadable(row: Any) -> list[str]:
    """Return the names of a row's columns that cannot be read."""
    if not any(map(is_, row, repeat(UNREADABLE))):
        return []
    return [name for name, value in zip(row._fields, row, strict=True) if value is UNREADABLE]


@contextmanager
def _undecoded(session: Session) -> Iterator[None]:
    """Let SQLite hand out text it cannot decode as bytes, instead of raising."""
    driver = session.connection().connection.driver_connection
    if driver is None or is_postgresql(session):
        yield
        return
    driver.text_factory = _text
    try:
        yield
    finally:
        driver.text_factory = str


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
def _whole(table: Table, postgresql: bool) -> Select[Any]:
    """Return the question for every column of a table, made once."""
    seen = _seen_by_postgresql if postgresql else _seen_by_sqlite
    return select(*(seen(column).label(column.name) for column in table.c))


@functools.cache
def _shape(table: Table) -> tuple[Any, tuple[Reader, ...]]:
    """Return a named tuple of the table's columns, and what reads the values of each."""
    names = [column.name for column in table.c]
    return namedtuple(table.name, names), tuple(_reader(column) for column in table.c)


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
        return [known[key] for key in keys]

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
