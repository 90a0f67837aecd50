"""Asks and writes: sends a compiled statement on the session's own connection, or leaves it to SQLAlchemy."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from pointsbank.database import DIRECT
from pointsbank.prepared import postgresql
from pointsbank.prepared.batch import Batch
from pointsbank.prepared.plans import Parameters, Plan, plan_of

_WAITING = "waiting writes"
_FEW = 4


class Answer(Protocol):
    """What a question was answered with."""

    def all(self) -> Sequence[Any]:
        """The rows found, with their columns by name."""

    def first(self) -> Any:
        """The first row found, or None."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """A question's rows as the driver gave them, and what makes rows of ours of them."""

    _rows: Sequence[Any]
    _plan: Plan

    def all(self) -> list[Any]:
        """The rows found, with their columns by name."""
        row = self._plan.row
        return [row(values) for values in self._rows]

    def first(self) -> Any:
        """The first row found, or None."""
        return self._plan.row(self._rows[0]) if self._rows else None


def ask(session: Session, statement: Any, parameters: Parameters) -> Answer:
    """Run a statement that answers with rows."""
    connection = session.info.get(DIRECT)
    if connection is None:
        return session.connection().execute(statement, parameters)
    if _WAITING in session.info:
        _send(session, connection)
    plan = plan_of(statement, parameters, connection.dialect)
    return _Answered(_run(connection, plan.sql, plan.values(parameters), once=plan.long)[0], plan)


def write(session: Session, statement: Any, *rows: Parameters) -> None:
    """Run a statement without an answer once for each of these rows; an UPDATE has to find one row each time.

    Raises SQLAlchemy's StaleDataError where it does not: what was thought to be held has changed.
    """
    connection = session.info.get(DIRECT)
    if not rows:
        return
    if connection is None:
        session.connection().execute(statement, rows)
        return
    plan = plan_of(statement, rows[0], connection.dialect)
    waiting = session.info.get(_WAITING)
    if waiting is None:
        _write_now(connection, plan, rows)
    elif len(rows) < _FEW:
        waiting.add(plan, rows)
    else:
        _send(session, connection)
        _write_now(connection, plan, rows)


@contextmanager
def writes_together(session: Session) -> Iterator[None]:
    """Let the block's writes travel to PostgreSQL as one statement, sent before a question or at the end.

    Inside, everything must be run by this module, and a write may be refused as late as the end of the block.
    """
    connection = session.info.get(DIRECT)
    if connection is None or connection.dialect.name != "postgresql":
        yield
        return
    session.info[_WAITING] = Batch()
    try:
        yield
        _send(session, connection)
    finally:
        del session.info[_WAITING]


def _send(session: Session, connection: Connection) -> None:
    """Run the writes that wait, if any do."""
    for sql, values, expected in session.info[_WAITING].take():
        [[found]], _ = _run(connection, sql, values)
        _insist(found, expected, sql)


def _write_now(connection: Connection, plan: Plan, rows: Sequence[Parameters]) -> None:
    """Run a statement once for each row."""
    if len(rows) >= _FEW:
        found = _run_many(connection, plan.sql, [plan.values(row) for row in rows])
    else:
        found = 0
        for row in rows:
            found += _run(connection, plan.sql, plan.values(row))[1]
    if plan.changes:
        _insist(found, len(rows), plan.sql)


def _insist(found: int, expected: int, sql: str) -> None:
    """Raise where a change did not find its row, or two changes met at one row and only one was made."""
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
