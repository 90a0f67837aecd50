"""A statement as the driver takes it: its SQL, a reader for each value, and what makes a row of ours."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar, cast

from sqlalchemy import Date, Delete, Dialect, Insert, LargeBinary, SelectBase, Table, Update
from sqlalchemy.sql.visitors import iterate

from pointsbank.database import UtcDateTime
from pointsbank.touched import equalities

Parameters = Mapping[str, Any]
Values = list[Any]
Converter = Callable[[Any], Any]
Value = TypeVar("Value")

_WRITES = (Insert, Update, Delete)

# Values of a list that one statement takes at most: every length is a statement of its own.
CHUNK = 500

# PostgreSQL looks through a longer list of values one by one, unless the statement is planned for this list.
_LONG = 20


@dataclass(frozen=True, slots=True, eq=False)
class CompiledStatement:
    """A statement as one kind of database understands it.

    `sql` holds ? on SQLite and $1, $2 … on PostgreSQL; `values` takes the parameters and returns the value
    for each of them in the driver's order and form; it raises TypeError unless there are as many parameters
    as the statement takes. `make_row`
    makes a row class of a row's values, `convert_row` of a row as the driver gives it. `changes` is true of
    an UPDATE or DELETE: each set of parameters then has to find its row. `lists` are the parameters that are
    lists, `long` is true of a long one.
    Of a write, `table` is what it writes, and `finding` are the places of the values by which it finds its
    row, none where it adds one; None if it may look at other rows than those it writes.
    """

    sql: str
    values: Callable[[Parameters], Values]
    make_row: Converter
    convert_row: Converter
    changes: bool
    lists: Sequence[str]
    long: bool
    table: str = ""
    finding: Sequence[int] | None = None


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Return the values in pieces of at most `CHUNK`, in their order; none for no values.

    Example:
        >>> [len(piece) for piece in chunks(range(1100))]
        [500, 500, 100]
    """
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


_compiled: dict[tuple[Any, ...], CompiledStatement] = {}
_moments: dict[tuple[str, type], Converter] = {}


def compile_statement(
    statement: Any, parameters: Parameters, dialect: Dialect, into: type[Any] | None = None
) -> CompiledStatement:
    """Return the compiled statement, made at its first run; lists of another length are another statement.

    Raises TypeError if the fields of `into` are not the statement's columns, or if SQLAlchemy would fill in
    a column itself.
    """
    key: tuple[Any, ...] = (statement, into, dialect.name)
    found = _compiled.get(key)
    if found is None:
        found = _compiled[key] = _compile(statement, parameters, dialect, into)
    if found.lists:
        key += tuple(len(parameters[name]) for name in found.lists)
        listed = _compiled.get(key)
        found = listed or _compiled.setdefault(key, _compile(statement, parameters, dialect, into))
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

    def processor(name: str) -> Converter | None:
        key = places.get(name, (name, 0))[0]
        return _bind_processor(compiled.binds[key].type.dialect_impl(dialect), dialect)

    sql, names = state.statement, state.positiontup
    if names is None:
        sql, names = _numbered(sql)
    given = {*parameters, *places}
    constants = {name: state.parameters[name] for name in names if name not in given}
    make_row = _row_maker(statement, into)
    return CompiledStatement(
        sql,
        _reader(len(parameters), names, places, constants, processor),
        make_row=make_row,
        convert_row=_row_converter(statement, dialect, make_row),
        changes=isinstance(statement, Update | Delete),
        lists=[name for name, value in parameters.items() if isinstance(value, list | tuple)],
        long=len(places) > _LONG,
        table=cast(Table, statement.table).fullname if isinstance(statement, _WRITES) else "",
        finding=_finding(statement, names),
    )


def _finding(statement: Any, names: Sequence[str]) -> Sequence[int] | None:
    """Return the places of the values that columns of a changed row have to equal; None if more is asked."""
    # PostgreSQL's own INSERT may have a clause that changes rows.
    if type(statement) not in _WRITES or any(isinstance(part, SelectBase) for part in iterate(statement)):
        return None
    if isinstance(statement, Insert):
        return ()
    keys = {column: bind.key for column, bind in equalities(statement.whereclause)}
    return None if "" in keys else [names.index(key) for key in keys.values()]


def _reader(
    count: int,
    names: Sequence[str],
    places: Mapping[str, tuple[str, int]],
    constants: Parameters,
    processor: Callable[[str], Converter | None],
) -> Callable[[Parameters], Values]:
    """Return what takes the values of these names out of the parameters, all in one go.

    Args:
        count: of parameters; no more and no fewer are taken.
        names: of the values, in the driver's order.
        places: for a value of a list, the parameter that is the list and its place there.
        constants: values that stand in the statement itself.
        processor: returns what brings the value of a name into the driver's form, None if it is.
    """
    # `itemgetter` takes at least one name, and returns no tuple for one.
    take = itemgetter(*names) if len(names) > 1 else lambda given: [given[name] for name in names]
    processors = [(place, process) for place, name in enumerate(names) if (process := processor(name))]
    filled = constants or places

    def read(parameters: Parameters) -> Values:
        if len(parameters) != count:
            raise TypeError(f"the statement takes {count} values, not {sorted(parameters)}")
        if filled:
            listed = {name: parameters[key][place] for name, (key, place) in places.items()}
            parameters = {**constants, **parameters, **listed}
        values = list(take(parameters))
        for place, process in processors:
            if (value := values[place]) is not None:
                values[place] = process(value)
        return values

    return read


def _unchanged(value: Any) -> Any:
    return value


def _bind_processor(kind: Any, dialect: Dialect) -> Converter | None:
    """Return what makes a value of this type fit for the driver, None if it is as it stands."""
    # Both drivers take bytes as they are.
    process: Converter | None = None if isinstance(kind, LargeBinary) else kind.bind_processor(dialect)
    if isinstance(kind, UtcDateTime | Date):
        # A sale writes one moment seven times, an import the days of a month thousands of times.
        made = _as_text(process) if dialect.name == "postgresql" else process or _unchanged
        process = _moments.setdefault((dialect.name, type(kind)), lru_cache(maxsize=64)(made))
    return process


def _as_text(process: Converter | None) -> Converter:
    """Return what writes a moment or a day as psycopg does, who would do it anew for each value."""
    return str if process is None else lambda value: str(process(value))


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
