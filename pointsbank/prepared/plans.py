"""A statement as the driver takes it: its SQL, the order of its values, what makes a row of ours."""

import dataclasses
import re
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar, cast

from sqlalchemy import Delete, Dialect, Insert, LargeBinary, Update

from pointsbank.database import UtcDateTime

Parameters = Mapping[str, Any]
Processor = Callable[[Any], Any]
Value = TypeVar("Value")

CHUNK = 500
"""Values of a list that one statement takes at most: every length is a statement of its own."""

LONG = 20
"""A list of more than so many values is looked through by PostgreSQL one by one unless it is planned anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A statement as one kind of database understands it.

    `sql` holds ? on SQLite and $1, $2 … on PostgreSQL, `given` of them; `order` puts the values in their
    places. `made` says which values have to be made of the parameters: name in the SQL, key among the
    parameters, place where that is a list, and what makes it fit for the driver. `make` makes a row class of
    a row's values, `row` of a row as the driver gives it. `changes` is true of an UPDATE or DELETE: each set
    of values then has to find its row. `long` is true where a list has many values.
    """

    sql: str
    order: Callable[[dict[str, Any]], Sequence[Any]]
    constants: dict[str, Any]
    made: tuple[tuple[str, str, int | None, Processor | None], ...]
    asked: int
    row: Processor
    make: Processor
    given: int
    changes: bool
    long: bool

    def check(self, parameters: Parameters) -> None:
        """Raise TypeError unless there are as many values as the statement takes."""
        if len(parameters) != self.asked:
            raise TypeError(f"the statement takes {self.asked} values, not {sorted(parameters)}")

    def values(self, parameters: Parameters) -> Sequence[Any]:
        """Return the values in the driver's order and form; raises TypeError like `check`."""
        if len(parameters) != self.asked:
            self.check(parameters)
        found = {**self.constants, **parameters}
        for name, key, place, process in self.made:
            value = parameters[key] if place is None else parameters[key][place]
            found[name] = value if process is None or value is None else process(value)
        return self.order(found)


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Return the values in pieces of at most `CHUNK`, in their order; none for no values.

    Example:
        >>> [len(piece) for piece in chunks(range(1100))]
        [500, 500, 100]
    """
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


_plans: dict[tuple[Any, ...], Plan] = {}
_lists: dict[Any, tuple[str, ...]] = {}
_moments: dict[str, Processor] = {}


def plan_of(statement: Any, parameters: Parameters, dialect: Dialect, into: type[Any] | None = None) -> Plan:
    """Return the compiled statement, made at its first run; lists of another length are another statement.

    Raises TypeError if the fields of `into` are not the statement's columns.
    """
    lists = _lists.get(statement)
    if lists is None:
        lists = _lists[statement] = tuple(
            key for key, value in parameters.items() if isinstance(value, list | tuple)
        )
    key = (statement, into, dialect.name, *[len(parameters[name]) for name in lists])
    plan = _plans.get(key)
    if plan is None:
        plan = _plans[key] = _compile(statement, parameters, dialect, into)
    return plan


def _compile(statement: Any, parameters: Parameters, dialect: Dialect, into: type[Any] | None) -> Plan:
    """Compile a statement for this kind of database and find out what it wants at each run."""
    columns = list(parameters) if isinstance(statement, Insert) else None
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
    if compiled.insert_prefetch or compiled.update_prefetch:
        raise TypeError("columns filled in by SQLAlchemy are not filled in here; give every column")
    state = compiled.construct_expanded_state(dict(parameters))
    lists = {
        name: (key, place)
        for key, names in state.parameter_expansion.items()
        for place, name in enumerate(names)
    }
    constants, made = {}, []
    for name, value in state.parameters.items():
        key, place = lists.get(name, (name, None))
        kind = compiled.binds[key].type.dialect_impl(dialect)
        # Both drivers take bytes as they are.
        process = None if isinstance(kind, LargeBinary) else kind.bind_processor(dialect)
        if process is not None and isinstance(kind, UtcDateTime):
            process = _moments.setdefault(dialect.name, _remembering(process))
        if key not in parameters:
            constants[name] = process(value) if process and value is not None else value
        elif process is not None or place is not None:
            made.append((name, key, place, process))
    sql, names = (
        _numbered(state.statement) if state.positiontup is None else (state.statement, state.positiontup)
    )
    make = _row_maker(statement, into)
    return Plan(
        sql,
        _in_order(names),
        constants,
        tuple(made),
        len(parameters),
        _reader(statement, dialect, make),
        make,
        given=len(names),
        long=len(lists) > LONG,
        changes=isinstance(statement, Update | Delete),
    )


def _numbered(statement: str) -> tuple[str, list[str]]:
    """PostgreSQL's own $1, $2 … for SQLAlchemy's %(name)s, and whose number is which."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        name = found.group(1)
        if name is None:
            return "%"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return re.sub(r"%\(([^)]+)\)s|%%", number, statement), names


def _remembering(process: Processor) -> Processor:
    """The same, but what came last is not processed again: a sale writes one moment seven times."""
    last: tuple[Any, Any] = (None, None)

    def processed(value: Any) -> Any:
        nonlocal last
        seen = last
        if seen[0] is not value:
            seen = last = value, process(value)
        return seen[1]

    return processed


def _in_order(names: Sequence[str]) -> Callable[[dict[str, Any]], Any]:
    """What puts values by name into the order of these names."""
    if len(names) < 2:
        return lambda values: tuple(values[name] for name in names)
    return itemgetter(*names)


def _row_maker(statement: Any, into: type[Any] | None) -> Processor:
    """Return what makes an `into` of a row's values, after comparing its fields with the columns."""
    columns = [column.key or "" for column in statement.exported_columns]
    row: Any = into or namedtuple("Row", columns, rename=True)
    is_dataclass = dataclasses.is_dataclass(into)
    fields = [field.name for field in dataclasses.fields(row)] if is_dataclass else list(row._fields)
    if into is not None and fields != columns:
        raise TypeError(f"{into.__name__} has the fields {fields}, the statement the columns {columns}")
    return (lambda values: row(*values)) if is_dataclass else cast(Processor, row._make)


def _reader(statement: Any, dialect: Dialect, make: Processor) -> Processor:
    """Return what makes a row of the driver's row."""
    types = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
    processors = [kind.result_processor(dialect, None) for kind in types]
    places = [(place, process) for place, process in enumerate(processors) if process]
    if not places:
        return make

    def read(values: Sequence[Any]) -> Any:
        mine = list(values)
        for place, process in places:
            mine[place] = process(mine[place])
        return make(mine)

    return read
