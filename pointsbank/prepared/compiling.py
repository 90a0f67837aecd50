"""A statement as the driver takes it: its SQL, a reader for each value, and what makes a row of ours."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Delete, Dialect, Insert, LargeBinary, Update

from pointsbank.database import UtcDateTime

Parameters = Mapping[str, Any]
Values = list[Any]
Converter = Callable[[Any], Any]
Value = TypeVar("Value")

# Values of a list that one statement takes at most: every length is a statement of its own.
CHUNK = 500

# PostgreSQL looks through a longer list of values one by one, unless the statement is planned for this list.
_LONG = 20


@dataclass(frozen=True, slots=True, eq=False)
class CompiledStatement:
    """A statement as one kind of database understands it.

    `sql` holds ? on SQLite and $1, $2 … on PostgreSQL, `readers` one function for each: it takes the
    parameters and returns the value in the driver's form. `count` parameters have to be given. `make_row`
    makes a row class of a row's values, `convert_row` of a row as the driver gives it. `changes` is true of
    an UPDATE or DELETE: each set of parameters then has to find its row. `long` is true of a long list.
    """

    sql: str
    readers: tuple[Converter, ...]
    count: int
    make_row: Converter
    convert_row: Converter
    changes: bool
    long: bool

    def values(self, parameters: Parameters) -> Values:
        """Return the values in the driver's order and form.

        Raises TypeError unless there are as many parameters as the statement takes.
        """
        if len(parameters) != self.count:
            raise TypeError(f"the statement takes {self.count} values, not {sorted(parameters)}")
        return [read(parameters) for read in self.readers]


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Return the values in pieces of at most `CHUNK`, in their order; none for no values.

    Example:
        >>> [len(piece) for piece in chunks(range(1100))]
        [500, 500, 100]
    """
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


_compiled: dict[tuple[Any, ...], CompiledStatement] = {}
_lists: dict[Any, list[str]] = {}
_moments: dict[str, Converter] = {}


def compile_statement(
    statement: Any, parameters: Parameters, dialect: Dialect, into: type[Any] | None = None
) -> CompiledStatement:
    """Return the compiled statement, made at its first run; lists of another length are another statement.

    Raises TypeError if the fields of `into` are not the statement's columns, or if SQLAlchemy would fill in
    a column itself.
    """
    lists = _lists.get(statement)
    if lists is None:
        lists = [key for key, value in parameters.items() if isinstance(value, list | tuple)]
        _lists[statement] = lists
    key = (statement, into, dialect.name, *[len(parameters[name]) for name in lists])
    found = _compiled.get(key)
    if found is None:
        found = _compiled[key] = _compile(statement, parameters, dialect, into)
    return found


def _compile(
    statement: Any, parameters: Parameters, dialect: Dialect, into: type[Any] | None
) -> CompiledStatement:
    """Compile a statement for this kind of database."""
    columns = list(parameters) if isinstance(statement, Insert) else None
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
    if compiled.insert_prefetch or compiled.update_prefetch:
        raise TypeError("columns filled in by SQLAlchemy are not filled in here; give every column")
    state = compiled.construct_expanded_state(dict(parameters))
    # The values of a list have names of their own in the SQL: key and place of each.
    places = {
        name: (key, place)
        for key, names in state.parameter_expansion.items()
        for place, name in enumerate(names)
    }

    def reader(name: str) -> Converter:
        key, place = places.get(name, (name, None))
        process = _bind_processor(compiled.binds[key].type.dialect_impl(dialect), dialect)
        if key not in parameters:
            constant = process(state.parameters[name])
            return lambda _: constant
        if place is not None:
            return lambda parameters: process(parameters[key][place])
        return itemgetter(key) if process is _unchanged else lambda parameters: process(parameters[key])

    sql, names = state.statement, state.positiontup
    if names is None:
        sql, names = _numbered(sql)
    make_row = _row_maker(statement, into)
    return CompiledStatement(
        sql,
        tuple(map(reader, names)),
        count=len(parameters),
        make_row=make_row,
        convert_row=_row_converter(statement, dialect, make_row),
        changes=isinstance(statement, Update | Delete),
        long=len(places) > _LONG,
    )


def _unchanged(value: Any) -> Any:
    return value


def _bind_processor(kind: Any, dialect: Dialect) -> Converter:
    """Return what makes a value of this type fit for the driver."""
    # Both drivers take bytes as they are.
    process = None if isinstance(kind, LargeBinary) else kind.bind_processor(dialect)
    if process is None:
        return _unchanged
    if isinstance(kind, UtcDateTime):
        # A sale writes one moment seven times.
        process = _moments.setdefault(dialect.name, lru_cache(maxsize=64)(process))
    return lambda value: None if value is None else process(value)


def _numbered(statement: str) -> tuple[str, list[str]]:
    """Return the SQL with PostgreSQL's $1, $2 … for SQLAlchemy's %(name)s, and whose number is which."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        name = found.group(1)
        if name is None:
            return "%"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return re.sub(r"%\(([^)]+)\)s|%%", number, statement), names


def _row_maker(statement: Any, into: type[Any] | None) -> Converter:
    """Return what makes an `into` of a row's values, after comparing its fields with the columns."""
    if into is None:
        return _unchanged
    row: Any = into
    columns = [column.key for column in statement.exported_columns]
    is_dataclass = dataclasses.is_dataclass(into)
    fields = [field.name for field in dataclasses.fields(row)] if is_dataclass else list(row._fields)
    if fields != columns:
        raise TypeError(f"{into.__name__} has the fields {fields}, the statement the columns {columns}")
    return (lambda values: row(*values)) if is_dataclass else row._make


def _row_converter(statement: Any, dialect: Dialect, make_row: Converter) -> Converter:
    """Return what makes a row class of the driver's row."""
    types = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
    processors = [kind.result_processor(dialect, None) for kind in types]
    places = [(place, process) for place, process in enumerate(processors) if process]
    if not places:
        return make_row

    def convert(row: Sequence[Any]) -> Any:
        values = list(row)
        for place, process in places:
            values[place] = process(values[place])
        return make_row(values)

    return convert
