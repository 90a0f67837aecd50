"""Where a page of a list begins: behind the values of the sorting columns of the last row before it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, TypeDecorator, and_, or_

from pointsbank.ledger.problems import CursorInvalid
from pointsbank.lists.base import Row
from pointsbank.lists.filters import bool_of

Position = list[Any]
"""Values of the sorting columns of the last row of a page: text and whole numbers, moments as text."""

Keys = Sequence[tuple[str, bool]]
"""Columns of a query in the order in which they sort, each with whether the last is first."""


def turned(keys: Keys) -> Keys:
    """Return the order that goes back from a place to the beginning.

    Example:
        >>> turned([("code", False), ("day", True)])
        [('code', True), ('day', False)]
    """
    return [(name, not last) for name, last in keys]


def placed(query: Select[Any], keys: Keys, after: Position | None) -> Select[Any]:
    """Return the statement in its order, beginning behind a place; raises CursorInvalid for what is none."""
    columns = query.selected_columns
    if after is not None:
        values = _values([_kind_of(columns[name]) for name, _ in keys], after)
        query = query.where(_is_behind([columns[name] for name, _ in keys], keys, values))
    return query.order_by(*(columns[name].desc() if last else columns[name].asc() for name, last in keys))


def _kind_of(column: Any) -> type:
    """Return of which kind a column's values are on our side."""
    kind = column.type
    found: type = (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
    return found


def _is_behind(columns: Sequence[Any], keys: Keys, values: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition that a row stands behind these values, in the order of the keys."""
    ways: list[ColumnElement[bool]] = []
    for place, (column, (_, last), value) in enumerate(zip(columns, keys, values, strict=True)):
        same = [bool_of(columns[before] == values[before]) for before in range(place)]
        ways.append(and_(*same, column < value if last else column > value))
    # The first key alone, said once more, is a stretch of an index: of the ways together SQLite makes none.
    edge = columns[0] <= values[0] if keys[0][1] else columns[0] >= values[0]
    return and_(bool_of(edge), or_(*ways))


def position_of(row: Row, keys: Keys) -> Position:
    """Return the place of a row."""
    return [
        value.isoformat() if isinstance(value := row[name], date | datetime) else value for name, _ in keys
    ]


def _values(kinds: Sequence[type], after: Position) -> list[Any]:
    """Return the values of a place, each of its column's kind; raises CursorInvalid."""
    if not isinstance(after, list) or len(after) != len(kinds):
        raise CursorInvalid()
    return [_value(kind, given) for kind, given in zip(kinds, after, strict=True)]


def _value(kind: type, given: Any) -> Any:
    """Return one value of a place; raises CursorInvalid."""
    try:
        value = kind.fromisoformat(given) if issubclass(kind, date) else given  # a datetime is a date too
    except (TypeError, ValueError):
        raise CursorInvalid() from None
    if not isinstance(value, kind):
        raise CursorInvalid()
    return value


def behind(rows: Iterable[Row], keys: Keys, after: Position | None) -> list[Row]:
    """Return the rows in order from behind a place; raises CursorInvalid for what is none."""
    known = list(rows)
    if after is None or not known:
        return known
    values = _values([type(known[0][name]) for name, _ in keys], after)
    return [row for row in known if _follows(row, keys, values)]


def _follows(row: Row, keys: Keys, values: Sequence[Any]) -> bool:
    """Return whether a row stands behind these values."""
    for (name, last), value in zip(keys, values, strict=True):
        if row[name] != value:
            return bool(row[name] < value if last else row[name] > value)
    return False
