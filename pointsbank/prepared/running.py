"""Reads and writes: a compiled statement is run on the session's own connection, or left to SQLAlchemy."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from pointsbank.database import HAS_ROWS, RAW_CONNECTION, WAITING_WRITES
from pointsbank.prepared import postgresql
from pointsbank.prepared.compiling import CompiledStatement, Parameters, compile_statement
from pointsbank.prepared.joining import Write
from pointsbank.touched import note_many

_DRIVER = "the driver's connection"
"""Of `session.info`: SQLite's own, or what is prepared on one to PostgreSQL."""

Row = TypeVar("Row")


@dataclass(slots=True)
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
    than the statement, StaleDataError for writes that waited (`execute_many`), and SQLAlchemy's DBAPIError
    for what the database refuses.

    Example:
        class LockedGoods(NamedTuple):
            id: str
            stock: int

        _LOCK = select(col(GoodsRow.id), col(GoodsRow.stock)).where(GoodsRow.in_village(bindparam("village")))
        rows: list[LockedGoods] = fetch(session, _LOCK, {"village": village}, into=LockedGoods).all()
    """
    info = session.info
    if info.get(HAS_ROWS):
        session.flush()
    connection = info.get(RAW_CONNECTION)
    if connection is None:
        connection = session.connection()
        compiled = compile_statement(statement, parameters, connection.dialect, into)
        compiled.values(parameters)
        return Rows(connection.execute(statement, parameters).all(), compiled.make_row)
    if info.get(WAITING_WRITES):
        _send_waiting(session, connection)
    compiled = compile_statement(statement, parameters, connection.dialect, into)
    values = compiled.values(parameters)
    try:
        driver = info.get(_DRIVER) or _driver(session, connection)
        if connection.dialect.name == "postgresql":
            rows = driver.run(compiled.sql, values, once=compiled.long)
        else:
            rows = driver.execute(compiled.sql, values).fetchall()
    except Exception as error:
        raise _as_sqlalchemy(error, connection, compiled.sql) from error
    return Rows(rows, compiled.convert_row)


class Question(NamedTuple):
    """What `fetch` takes: a statement that returns rows, its parameters, the class of its rows."""

    statement: Any
    parameters: Parameters
    into: Any


def fetch_together(session: Session, *questions: Question) -> list[Rows[Any]]:
    """Run statements that return rows, in this order; to PostgreSQL they travel in one go.

    For what is read while others wait, who would wait for a second journey to the server too. Each statement
    sees what was committed when it began, as if it had been sent alone.

    Raises those of `fetch`: TypeError, StaleDataError and DBAPIError.

    Example:
        own = Question(LOCK_ACCOUNTS, {"village": village, "ids": ids}, LockedAccount)
        head, accounts = fetch_together(session, head_question(village), own)
    """
    connection = session.info.get(RAW_CONNECTION)
    if connection is None or connection.dialect.name != "postgresql":
        return [fetch(session, *question) for question in questions]
    if session.info.get(HAS_ROWS):
        session.flush()
    _send_waiting(session, connection)
    compiled = [compile_statement(*one[:2], connection.dialect, one.into) for one in questions]
    asked = [(own.sql, own.values(one.parameters)) for own, one in zip(compiled, questions, strict=True)]
    try:
        answers = (session.info.get(_DRIVER) or _driver(session, connection)).run_together(asked)
    except Exception as error:
        raise _as_sqlalchemy(error, connection, asked[0][0]) from error
    return [Rows(rows, own.convert_row) for rows, own in zip(answers, compiled, strict=True)]


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
    info = session.info
    if info.get(HAS_ROWS):
        session.flush()
    note_many(session, statement, rows)
    connection = info.get(RAW_CONNECTION)
    if connection is None:
        _execute_through_sqlalchemy(session.connection(), statement, rows)
        return
    compiled = compile_statement(statement, rows[0], connection.dialect)
    write = compiled, list(map(compiled.values, rows))
    waiting = info.get(WAITING_WRITES)
    if waiting is None:
        _write(session, connection, [write])
    else:
        waiting.append(write)


def _execute_through_sqlalchemy(connection: Connection, statement: Any, rows: Sequence[Parameters]) -> None:
    """Run a statement once for each row where somebody listens to statements."""
    compiled = compile_statement(statement, rows[0], connection.dialect)
    # What the driver would refuse is refused here too.
    for row in rows:
        compiled.values(row)
    if compiled.changes:
        found = sum(connection.execute(statement, row).rowcount for row in rows)
        _check_rowcount(found, len(rows), compiled)
    else:
        connection.execute(statement, rows)


@contextmanager
def writes_together(session: Session) -> Iterator[None]:
    """Let the block's writes travel to PostgreSQL together, sent before a question or at the end.

    A write may be refused as late as the end of the block.

    Raises AssertionError if the block runs a statement through the session itself: it would not see the
    writes that wait. Raises StaleDataError like `execute_many`.
    """
    connection = session.info.get(RAW_CONNECTION)
    if connection is None or connection.dialect.name != "postgresql":
        yield
        return
    session.info[WAITING_WRITES] = []
    try:
        yield
        _send_waiting(session, connection)
    finally:
        del session.info[WAITING_WRITES]


def _send_waiting(session: Session, connection: Connection) -> None:
    """Run the writes that wait, if any do."""
    waiting = session.info.get(WAITING_WRITES)
    if waiting:
        session.info[WAITING_WRITES] = []
        _write(session, connection, waiting)


def _write(session: Session, connection: Connection, writes: Sequence[Write]) -> None:
    """Run each of these statements once for each of its rows of values."""
    driver = session.info.get(_DRIVER) or _driver(session, connection)
    try:
        if connection.dialect.name == "postgresql":
            counts = driver.run_many(writes)
        else:
            # No list comprehension: it costs as much as the call inside it, and a sale writes ten times.
            counts = []
            for compiled, rows in writes:
                counts.append(driver.executemany(compiled.sql, rows).rowcount)
    except Exception as error:
        raise _as_sqlalchemy(error, connection, writes[0][0].sql) from error
    for (compiled, rows), found in zip(writes, counts, strict=True):
        if compiled.changes:
            _check_rowcount(found, len(rows), compiled)


def _check_rowcount(found: int, expected: int, compiled: CompiledStatement) -> None:
    """Raise StaleDataError if the number of changed rows differs from the number of parameter sets."""
    if found != expected:
        raise StaleDataError(f"{found} of {expected} rows found: {compiled.sql}")


def _driver(session: Session, connection: Connection) -> Any:
    """Return what runs statements under SQLAlchemy's connection, and keep it: a sale needs it often."""
    if connection.dialect.name == "postgresql":
        driver: Any = postgresql.statements(connection)
    else:
        driver = connection.connection.dbapi_connection
    session.info[_DRIVER] = driver
    return driver


def _as_sqlalchemy(error: Exception, connection: Connection, sql: str) -> Exception:
    """Return a driver's error as SQLAlchemy would have raised it, so that nobody needs to know two kinds."""
    dialect = connection.dialect
    if not isinstance(error, dialect.loaded_dbapi.Error):
        return error
    lost = dialect.is_disconnect(error, connection.connection, None)
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
    )
