"""Statements of the counter's hot path: written with SQLAlchemy, compiled once, run by the driver itself.

SQLAlchemy takes longer over a small statement than SQLite does, and a sale has twenty. What is run here runs
on the session's own connection, inside its transaction, and fails with SQLAlchemy's errors. Where somebody
listens to statements, and in sessions that `writing()` did not open, SQLAlchemy runs them itself.

Only for statements that are constants of a module: each is kept, compiled, while the program runs.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Insert, LargeBinary
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from pointsbank.database import DIRECT, UtcDateTime

Parameters = Mapping[str, Any]
Processor = Callable[[Any], Any]
_FEW = 4


@dataclass(frozen=True, slots=True)
class _Plan:
    """A statement as one kind of database understands it.

    `made` says which values have to be made of the parameters: name in the SQL, key among the parameters,
    place where that is a list, and what makes it fit for the driver. `order` puts all in their places.
    """

    sql: str
    order: Callable[[dict[str, Any]], Any] | None
    constants: dict[str, Any]
    made: tuple[tuple[str, str, int | None, Processor | None], ...]
    asked: int
    row: Processor

    def values(self, parameters: Parameters) -> Any:
        """What the driver is handed: by position on SQLite, by name on PostgreSQL."""
        if len(parameters) != self.asked:
            raise TypeError(f"the statement takes {self.asked} values, not {sorted(parameters)}")
        found = {**self.constants, **parameters}
        for name, key, place, process in self.made:
            value = parameters[key] if place is None else parameters[key][place]
            found[name] = value if process is None or value is None else process(value)
        return found if self.order is None else self.order(found)


class Answer(Protocol):
    """What a question was answered with."""

    def all(self) -> Sequence[Any]:
        """The rows found, with their columns by name."""

    def first(self) -> Any:
        """The first row found, or None."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A question that was sent; its answer is waited for when the rows are wanted."""

    _connection: Connection
    _plan: _Plan
    _cursor: Any

    def all(self) -> list[Any]:
        """The rows found, with their columns by name."""
        try:
            found = self._cursor.fetchall()
        except Exception as error:
            raise _as_sqlalchemy(error, self._connection, self._plan.sql) from error
        row = self._plan.row
        return [row(values) for values in found]

    def first(self) -> Any:
        """The first row found, or None."""
        return next(iter(self.all()), None)


def ask(session: Session, statement: Any, parameters: Parameters) -> Answer:
    """Send a statement that answers with rows."""
    connection = session.info.get(DIRECT)
    if connection is None:
        return session.connection().execute(statement, parameters)
    plan = _plan_of(statement, parameters, connection.dialect)
    cursor = _driver(connection).cursor()
    try:
        cursor.execute(plan.sql, plan.values(parameters))
    except Exception as error:
        raise _as_sqlalchemy(error, connection, plan.sql) from error
    return _Sent(connection, plan, cursor)


def write(session: Session, statement: Any, *rows: Parameters) -> None:
    """Run a statement without an answer once for each of these rows."""
    connection = session.info.get(DIRECT)
    if not rows:
        return
    if connection is None:
        session.connection().execute(statement, rows)
        return
    plan = _plan_of(statement, rows[0], connection.dialect)
    cursor = _driver(connection).cursor()
    try:
        if len(rows) < _FEW:
            for row in rows:
                cursor.execute(plan.sql, plan.values(row))
        else:
            cursor.executemany(plan.sql, [plan.values(row) for row in rows])
    except Exception as error:
        raise _as_sqlalchemy(error, connection, plan.sql) from error


@contextmanager
def in_few_trips(session: Session) -> Iterator[None]:
    """Let statements travel to PostgreSQL together; only an answer that is wanted is waited for.

    Inside, everything must be run by this module, and a write may be refused as late as the end of the block.
    """
    connection = session.info.get(DIRECT)
    if connection is None or connection.dialect.name != "postgresql":
        yield
        return
    try:
        with _driver(connection).pipeline():
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(error, connection, "") from error


def _driver(connection: Connection) -> Any:
    """The driver's own connection under SQLAlchemy's."""
    return connection.connection.dbapi_connection


def _as_sqlalchemy(error: Exception, connection: Connection, sql: str) -> Exception:
    """A driver's error as SQLAlchemy would have raised it, so that nobody needs to know two kinds."""
    dialect = connection.dialect
    if not isinstance(error, dialect.loaded_dbapi.Error):
        return error
    lost = dialect.is_disconnect(error, connection.connection, None)
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
    )


_plans: dict[tuple[Any, ...], _Plan] = {}
_lists: dict[Any, tuple[str, ...]] = {}
_moments: dict[str, Processor] = {}


def _plan_of(statement: Any, parameters: Parameters, dialect: Dialect) -> _Plan:
    """The compiled statement, made at its first run; lists of another length are another statement."""
    lists = _lists.get(statement)
    if lists is None:
        lists = _lists[statement] = tuple(
            key for key, value in parameters.items() if isinstance(value, list | tuple)
        )
    key = (statement, dialect.name, *[len(parameters[name]) for name in lists])
    plan = _plans.get(key)
    if plan is None:
        plan = _plans[key] = _compile(statement, parameters, dialect)
    return plan


def _compile(statement: Any, parameters: Parameters, dialect: Dialect) -> _Plan:
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
    order = None if state.positiontup is None else _in_order(state.positiontup)
    return _Plan(state.statement, order, constants, tuple(made), len(parameters), _reader(statement, dialect))


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
    if len(names) == 1:
        return lambda values: (values[names[0]],)
    return itemgetter(*names)


def _reader(statement: Any, dialect: Dialect) -> Processor:
    """What makes a row of ours of a row of the driver's."""
    columns = list(statement.exported_columns)
    row = namedtuple("Row", [column.key or "" for column in columns], rename=True)  # type: ignore[misc]
    processors = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    if not any(processors):
        return row._make
    places = [(place, process) for place, process in enumerate(processors) if process]

    def read(values: Sequence[Any]) -> Any:
        mine = list(values)
        for place, process in places:
            mine[place] = process(mine[place])
        return row._make(mine)

    return read
