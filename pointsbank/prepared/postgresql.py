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
from pointsbank.prepared.joining import Write, join

# As the driver gives them: an enumeration's member costs as much to look up as the rest of a check.
_GOOD = (int(pq.ExecStatus.TUPLES_OK), int(pq.ExecStatus.COMMAND_OK))
_IDLE = int(pq.TransactionStatus.IDLE)
_TEXT = [PyFormat.TEXT]
_MAXIMUM_PREPARED = 300
_TOGETHER = 100


class Statements:
    """What one connection to the server has prepared, the server's names by the SQL, and what it runs."""

    def __init__(self, own: "psycopg.Connection[Any]") -> None:
        self._own, self._server = own, own.pgconn
        self._names: dict[str, bytes] = {}
        self._transformer = Transformer(own)

    def run(self, sql: str, values: Sequence[Any], *, once: bool) -> list[tuple[Any, ...]]:
        """Return the rows; what is to be run `once` is planned for these very values and not kept."""
        self._begin()
        if once:
            result = self._server.exec_params(sql.encode(), self._as_text(values))
            _check(result)
        else:
            result = self._execute(sql, values)
        return self._rows(result)

    def run_together(self, questions: Sequence[tuple[str, Sequence[Any]]]) -> list[list[tuple[Any, ...]]]:
        """Run statements that return rows, in this order and in one go, and return the rows of each."""
        self._begin()
        named = [(self._name_of(sql), self._as_text(values)) for sql, values in questions]
        return [self._rows(result) for result in self._pipelined(named)]

    def run_many(self, writes: Sequence[Write]) -> Sequence[int]:
        """Run each statement for each of its rows of values; return how many rows each changed."""
        if len(writes) > 1 and (joined := join(writes)) is not None:
            return self.run(*joined, once=False)[0]
        self._begin()
        if len(writes) == len(writes[0][1]) == 1:
            [(compiled, [values])] = writes
            return [self._execute(compiled.sql, values).command_tuples or 0]
        named = [(self._name_of(compiled.sql), rows) for compiled, rows in writes]
        counts = [0] * len(writes)
        pending = [(n, name, values) for n, (name, rows) in enumerate(named) for values in rows]
        for start in range(0, len(pending), _TOGETHER):
            some = pending[start : start + _TOGETHER]
            results = self._pipelined([(name, self._as_text(values)) for _, name, values in some])
            for (n, _, _), result in zip(some, results, strict=True):
                counts[n] += result.command_tuples or 0
        return counts

    def _execute(self, sql: str, values: Sequence[Any]) -> pq.abc.PGresult:
        """Run one statement, prepared at its first run, and return its result."""
        result = self._server.exec_prepared(self._name_of(sql), self._as_text(values))
        if result.status not in _GOOD:
            _check(result)
        return result

    def _rows(self, result: pq.abc.PGresult) -> list[tuple[Any, ...]]:
        """Return the rows of a result with Python's values."""
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    def _pipelined(self, prepared: list[tuple[bytes, Any]]) -> list[pq.abc.PGresult]:
        """Send these statements in one go and return their results."""
        server = self._server
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
        return self._transformer.dump_sequence(values, _TEXT * len(values))

    def _begin(self) -> None:
        """Begin a transaction where none has begun, and let the server forget statements if they are many."""
        server = self._server
        if server.transaction_status == _IDLE:
            _check(server.exec_(_begin(self._own)))
        if len(self._names) >= _MAXIMUM_PREPARED:
            _check(server.exec_(b"DEALLOCATE ALL"))
            self._names.clear()

    def _name_of(self, sql: str) -> bytes:
        """Return the name under which the server knows a statement, after preparing it at its first run."""
        name = self._names.get(sql)
        if name is None:
            name = f"pointsbank_{len(self._names)}".encode()
            _check(self._server.prepare(name, sql.encode()))
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


def statements(connection: Connection) -> Statements:
    """Return what is prepared on this connection and runs in its transaction."""
    kept = connection.info.get(PREPARED)
    if kept is None:
        kept = connection.info[PREPARED] = Statements(connection.connection.dbapi_connection)  # type: ignore[arg-type]
    return cast(Statements, kept)
