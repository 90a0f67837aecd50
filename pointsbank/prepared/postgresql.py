"""Statements on PostgreSQL, prepared once for each connection and run through the driver's own libpq wrapper.

psycopg's cursors take as long over a small statement as the server does; its `pq` layer, documented for such
use, takes a third of that. Values and rows are still made by psycopg.
"""

from collections.abc import Sequence
from typing import Any, cast

import psycopg
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.generators import fetch_many, send
from sqlalchemy import Connection

from pointsbank.database import PREPARED

_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_MAXIMUM_PREPARED = 300
_TOGETHER = 100


class _Statements:
    """What one connection to the server has prepared: the server's name of each statement, by its SQL."""

    def __init__(self, own: "psycopg.Connection[Any]") -> None:
        self._own = own
        self._names: dict[str, bytes] = {}
        self._transformer = Transformer(own)

    def run(self, sql: str, values: Sequence[Any], *, once: bool) -> list[tuple[Any, ...]]:
        """Return the rows; what is to be run `once` is planned for these very values and not kept."""
        self._begin()
        server, given = self._own.pgconn, self._as_text(values)
        if once:
            result = server.exec_params(sql.encode(), given)
        else:
            result = server.exec_prepared(self._name_of(sql), given)
        _check(result)
        return self._rows(result)

    def run_together(self, questions: Sequence[tuple[str, Sequence[Any]]]) -> list[list[tuple[Any, ...]]]:
        """Run statements that return rows, in this order and in one go, and return the rows of each."""
        self._begin()
        named = [(self._name_of(sql), self._as_text(values)) for sql, values in questions]
        return [self._rows(result) for result in self._pipelined(named)]

    def run_many(self, writes: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> list[int]:
        """Run each statement for each of its rows of values; return how many rows each changed."""
        self._begin()
        named = [(self._name_of(sql), rows) for sql, rows in writes]
        counts = [0] * len(writes)
        pending = [(n, name, values) for n, (name, rows) in enumerate(named) for values in rows]
        for start in range(0, len(pending), _TOGETHER):
            some = pending[start : start + _TOGETHER]
            results = self._pipelined([(name, self._as_text(values)) for _, name, values in some])
            for (n, _, _), result in zip(some, results, strict=True):
                counts[n] += result.command_tuples or 0
        return counts

    def _rows(self, result: pq.abc.PGresult) -> list[tuple[Any, ...]]:
        """Return the rows of a result with Python's values."""
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    def _pipelined(self, prepared: list[tuple[bytes, Any]]) -> list[pq.abc.PGresult]:
        """Send these statements in one go and return their results."""
        server = self._own.pgconn
        server.enter_pipeline_mode()
        try:
            for name, values in prepared:
                server.send_query_prepared(name, values)
            server.pipeline_sync()
            results: list[pq.abc.PGresult] = self._own.wait(_results(server, len(prepared)))
        finally:
            server.exit_pipeline_mode()
        for result in results:
            if result.status not in _GOOD:
                _check(result)
        return results

    def _as_text(self, values: Sequence[Any]) -> Any:
        """Return the values as the server reads them."""
        return self._transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))

    def _begin(self) -> None:
        """Begin a transaction where none has begun, and let the server forget statements if they are many."""
        server = self._own.pgconn
        if server.transaction_status == pq.TransactionStatus.IDLE:
            _check(server.exec_(_begin(self._own)))
        if len(self._names) >= _MAXIMUM_PREPARED:
            _check(server.exec_(b"DEALLOCATE ALL"))
            self._names.clear()

    def _name_of(self, sql: str) -> bytes:
        """Return the name under which the server knows a statement, after preparing it at its first run."""
        name = self._names.get(sql)
        if name is None:
            name = f"pointsbank_{len(self._names)}".encode()
            _check(self._own.pgconn.prepare(name, sql.encode()))
            self._names[sql] = name
        return name


def _begin(own: "psycopg.Connection[Any]") -> bytes:
    """Return what begins a transaction with the connection's isolation level."""
    level = f" ISOLATION LEVEL {own.isolation_level.name.replace('_', ' ')}" if own.isolation_level else ""
    return f"BEGIN{level}{' READ ONLY' if own.read_only else ''}".encode()


def _check(result: pq.abc.PGresult) -> None:
    """Raise what the server refused with."""
    if result.status not in _GOOD:
        raise psycopg.errors.error_from_result(result)


def _results(server: pq.abc.PGconn, sent: int) -> Any:
    """Return the result of each of so many statements; yields to psycopg what it has to wait for."""
    yield from send(server)
    results = []
    for _ in range(sent):
        results += yield from fetch_many(server)
    # Behind the results stands the mark of `pipeline_sync`.
    yield from fetch_many(server)
    return results


def run(connection: Connection, sql: str, values: Sequence[Any], *, once: bool) -> list[tuple[Any, ...]]:
    """Run one statement with $1, $2 … in the connection's transaction and return its rows."""
    return _statements(connection).run(sql, values, once=once)


def run_together(
    connection: Connection, questions: Sequence[tuple[str, Sequence[Any]]]
) -> list[list[tuple[Any, ...]]]:
    """Run statements in the connection's transaction, in one go, and return the rows of each."""
    return _statements(connection).run_together(questions)


def run_many(connection: Connection, writes: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> list[int]:
    """Run each statement for each of its rows of values and return how many rows each changed."""
    return _statements(connection).run_many(writes)


def _statements(connection: Connection) -> _Statements:
    """Return what is prepared on this connection."""
    kept = connection.info.get(PREPARED)
    if kept is None:
        kept = connection.info[PREPARED] = _Statements(connection.connection.dbapi_connection)  # type: ignore[arg-type]
    return cast(_Statements, kept)
