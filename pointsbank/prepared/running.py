"""Asks and writes: sends a compiled statement on the session's own connection, or leaves it to SQLAlchemy."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from pointsbank.database import RAW_CONNECTION, WAITING_WRITES
from pointsbank.prepared import postgresql
from pointsbank.prepared.batch import Batch
from pointsbank.prepared.plans import Parameters, Plan, plan_of

Row = TypeVar("Row")

_FEW = 4


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """The rows a statement returned, each made into the row class when it is read."""

    _rows: Sequence[Any]
    _make: Callable[[Any], Row]

    def all(self) -> list[Row]:
        """Return every row."""
        make = self._make
        return [make(values) for values in self._rows]

    def first(self) -> Row | None:
        """Return the first row, or None."""
        return self._make(self._rows[0]) if self._rows else None


def fetch(session: Session, statement: Any, parameters: Parameters, into: type[Row]) -> Rows[Row]:
    """Run a statement that returns rows, and make each row an `into`.

    `into` is a NamedTuple or a dataclass whose fields are the statement's columns, by name and in order.

    Raises TypeError if the fields of `into` are not the columns, or if `parameters` has more or fewer values
    than the statement, and SQLAlchemy's DBAPIError for what the database refuses.

    Example:
        class LockedGoods(NamedTuple):
            id: str
            stock: int

        _LOCK = select(col(GoodsRow.id), col(GoodsRow.stock)).where(GoodsRow.in_village(bindparam("village")))
        rows: list[LockedGoods] = fetch(session, _LOCK, {"village": village}, into=LockedGoods).all()
    """
    return _fetch(session, statement, parameters, into)


def ask(session: Session, statement: Any, parameters: Parameters) -> Any:
    """Run a statement that returns rows, without a row class; superseded by `fetch`."""
    return _fetch(session, statement, parameters, None)


def _fetch(session: Session, statement: Any, parameters: Parameters, into: type[Any] | None) -> Rows[Any]:
    """Run a statement that returns rows, on the driver or through SQLAlchemy."""
    session.flush()
    connection = session.info.get(RAW_CONNECTION)
    if connection is None:
        connection = session.connection()
        plan = plan_of(statement, parameters, connection.dialect, into)
        plan.check(parameters)
        return Rows(connection.execute(statement, parameters).all(), plan.make)
    if WAITING_WRITES in session.info:
        _send(session, connection)
    plan = plan_of(statement, parameters, connection.dialect, into)
    return Rows(_run(connection, plan.sql, plan.values(parameters), once=plan.long)[0], plan.row)


def execute_many(session: Session, statement: Any, *rows: Parameters) -> None:
    """Run an INSERT, UPDATE or DELETE once for each of these rows of parameters; no rows, nothing is run.

    Raises SQLAlchemy's StaleDataError if an UPDATE or DELETE does not change exactly one row for each set of
    parameters, TypeError if a set has more or fewer values than the statement, DBAPIError for what the
    database refuses.

    Example:
        execute_many(session, _SET_STOCK, {"key": "rice", "stock": 4}, {"key": "soap", "stock": 0})
    """
    if not rows:
        return
    session.flush()
    connection = session.info.get(RAW_CONNECTION)
    if connection is None:
        _execute_through_sqlalchemy(session.connection(), statement, rows)
        return
    plan = plan_of(statement, rows[0], connection.dialect, None)
    waiting = session.info.get(WAITING_WRITES)
    if waiting is None:
        _write_now(connection, plan, rows)
    elif len(rows) < _FEW:
        waiting.add(plan, rows)
    else:
        _send(session, connection)
        _write_now(connection, plan, rows)


def _execute_through_sqlalchemy(connection: Connection, statement: Any, rows: Sequence[Parameters]) -> None:
    """Run a statement once for each row where somebody listens to statements."""
    plan = plan_of(statement, rows[0], connection.dialect, None)
    for row in rows:
        plan.check(row)
    if plan.changes:
        found = sum(connection.execute(statement, row).rowcount for row in rows)
        _check_rowcount(found, len(rows), plan.sql)
    else:
        connection.execute(statement, rows)


@contextmanager
def writes_together(session: Session) -> Iterator[None]:
    """Let the block's writes travel to PostgreSQL as one statement, sent before a question or at the end.

    A write may be refused as late as the end of the block.

    Raises AssertionError if the block runs a statement through the session itself: it would not see the
    writes that wait.
    """
    connection = session.info.get(RAW_CONNECTION)
    if connection is None or connection.dialect.name != "postgresql":
        yield
        return
    session.info[WAITING_WRITES] = Batch()
    try:
        yield
        _send(session, connection)
    finally:
        del session.info[WAITING_WRITES]


def _send(session: Session, connection: Connection) -> None:
    """Run the writes that wait, if any do."""
    for sql, values, expected in session.info[WAITING_WRITES].take():
        [[found]], _ = _run(connection, sql, values)
        _check_rowcount(found, expected, sql)


def _write_now(connection: Connection, plan: Plan, rows: Sequence[Parameters]) -> None:
    """Run a statement once for each row."""
    if len(rows) >= _FEW:
        found = _run_many(connection, plan.sql, [plan.values(row) for row in rows])
    else:
        found = 0
        for row in rows:
            found += _run(connection, plan.sql, plan.values(row))[1]
    if plan.changes:
        _check_rowcount(found, len(rows), plan.sql)


def _check_rowcount(found: int, expected: int, sql: str) -> None:
    """Raise StaleDataError if the number of changed rows differs from the number of parameter sets."""
    if found != expected:
        raise StaleDataError(f"{found} of {expected} rows found: {sql}")


def _run(
    connection: Connection, sql: str, values: Sequence[Any], *, once: bool = False
) -> tuple[Sequence[Any], int]:
    """Run one statement: its rows as the driver gives them, and how many it found or changed."""
    try:
        if connection.dialect.name == "postgresql":
            return postgresql.run(connection, sql, values, once=once)
        cursor = _driver(connection).execute(sql, values)
        return cursor.fetchall(), cursor.rowcount
    except Exception as error:
        raise _as_sqlalchemy(error, connection, sql) from error


def _run_many(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> int:
    """Run one statement once for each of these rows of values: how many rows it found."""
    try:
        if connection.dialect.name == "postgresql":
            return postgresql.run_many(connection, sql, rows)
        return int(_driver(connection).executemany(sql, rows).rowcount)
    except Exception as error:
        raise _as_sqlalchemy(error, connection, sql) from error


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
