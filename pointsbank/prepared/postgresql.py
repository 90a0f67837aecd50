"""Statements on PostgreSQL, prepared once for each connection and run through the driver's own libpq wrapper.

psycopg's cursors take as long over a small statement as the server does; its `pq` layer, documented for such
use, takes a third of that. Values and rows are still made by psycopg.
"""

import selectors
from collections.abc import Sequence
from typing import Any, cast

import psycopg
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy import Connection

from pointsbank.database import PREPARED

_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_MOST = 300
_ON_THEIR_WAY = 100


class _Statements:
    """What one connection to the server has prepared."""

    def __init__(self, own: "psycopg.Connection[Any]") -> None:
        """Nothing yet."""
        self._own = own
        self._names: dict[str, bytes] = {}
        self._transformer = Transformer(own)

    def run(self, sql: str, values: Sequence[Any], *, once: bool) -> tuple[list[tuple[Any, ...]], int]:
        """The rows answered and the number of rows found or changed; raises psycopg's errors.

        What is to be run `once` is planned for these very values and not kept.
        """
        self._begin()
        server, given = self._own.pgconn, self._as_text(values)
        if once:
            result = server.exec_params(sql.encode(), given)
        else:
            result = server.exec_prepared(self._name_of(sql), given)
        _check(result)
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple), result.command_tuples or 0

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> int:
        """Run it for many rows of values, a hundred on their way at a time; how many rows were changed."""
        self._begin()
        name, server, found = self._name_of(sql), self._own.pgconn, 0
        server.enter_pipeline_mode()
        try:
            for start in range(0, len(rows), _ON_THEIR_WAY):
                some = [self._as_text(values) for values in rows[start : start + _ON_THEIR_WAY]]
                for values in some:
                    server.send_query_prepared(name, values)
                server.pipeline_sync()
                found += _changed(server, len(some))
        finally:
            server.exit_pipeline_mode()
        return found

    def _as_text(self, values: Sequence[Any]) -> Any:
        """Values as the server reads them."""
        return self._transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))

    def _begin(self) -> None:
        """Begin a transaction where none has begun."""
        server = self._own.pgconn
        if server.transaction_status == pq.TransactionStatus.IDLE:
            _check(server.exec_(_begin(self._own)))

    def _name_of(self, sql: str) -> bytes:
        """The name under which the server knows a statement."""
        return self._names.get(sql) or self._prepare(sql)

    def _prepare(self, sql: str) -> bytes:
        """Let the server understand a statement, under a name of this connection."""
        if len(self._names) >= _MOST:
            _check(self._own.pgconn.exec_(b"DEALLOCATE ALL"))
            self._names.clear()
        name = f"pointsbank_{len(self._names)}".encode()
        _check(self._own.pgconn.prepare(name, sql.encode()))
        self._names[sql] = name
        return name


def _begin(own: "psycopg.Connection[Any]") -> bytes:
    """What begins a transaction as the connection was told to."""
    level = f" ISOLATION LEVEL {own.isolation_level.name.replace('_', ' ')}" if own.isolation_level else ""
    return f"BEGIN{level}{' READ ONLY' if own.read_only else ''}".encode()


def _check(result: pq.abc.PGresult) -> None:
    """Raise what the server refused with."""
    if result.status not in _GOOD:
        raise psycopg.errors.error_from_result(result)


def _changed(server: pq.abc.PGconn, sent: int) -> int:
    """Wait for what so many statements and the mark behind them are answered; how many rows they changed."""
    results: list[pq.abc.PGresult | None] = []
    with selectors.DefaultSelector() as waiting:
        waiting.register(server.socket, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while server.flush():
            if any(events & selectors.EVENT_READ for _, events in waiting.select()):
                server.consume_input()
        waiting.modify(server.socket, selectors.EVENT_READ)
        # Behind each statement's result stands None, and at the end the mark.
        while len(results) < 2 * sent + 1:
            while server.is_busy():
                waiting.select()
                server.consume_input()
            results.append(server.get_result())
    for result in results[:-1:2]:
        if result is not None and result.status != pq.ExecStatus.PIPELINE_ABORTED:
            _check(result)
    return sum(result.command_tuples or 0 for result in results[:-1:2] if result is not None)


def run(
    connection: Connection, sql: str, values: Sequence[Any], *, once: bool
) -> tuple[list[tuple[Any, ...]], int]:
    """Run one statement with $1, $2 … in the connection's transaction: rows, and how many were found."""
    return _statements(connection).run(sql, values, once=once)


def run_many(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> int:
    """Run one statement without an answer for many rows of values: how many rows were found."""
    return _statements(connection).run_many(sql, rows)


def _statements(connection: Connection) -> _Statements:
    """What is prepared on this connection."""
    kept = connection.info.get(PREPARED)
    if kept is None:
        kept = connection.info[PREPARED] = _Statements(connection.connection.dbapi_connection)  # type: ignore[arg-type]
    return cast(_Statements, kept)
