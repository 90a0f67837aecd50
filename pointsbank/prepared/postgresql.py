"""Statements on PostgreSQL, prepared once for each connection and run through the driver's own libpq wrapper.

psycopg's cursors take as long over a small statement as the server does; its `pq` layer, documented for such
use, takes a third of that. Values and rows are still made by psycopg.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy import Connection

from pointsbank.database import PREPARED

_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_TEXT = PyFormat.TEXT
_MOST = 300


class _Statements:
    """What one connection to the server has prepared."""

    def __init__(self, own: "psycopg.Connection[Any]") -> None:
        """Nothing yet."""
        self._own = own
        self._names: dict[str, bytes] = {}
        self._transformer = Transformer(own)

    def run(self, sql: str, values: Sequence[Any]) -> tuple[list[tuple[Any, ...]], int]:
        """The rows answered and the number of rows found or changed; raises psycopg's errors."""
        server, transformer = self._own.pgconn, self._transformer
        if server.transaction_status == pq.TransactionStatus.IDLE:
            _check(server.exec_(_begin(self._own)))
        name = self._names.get(sql) or self._prepare(sql)
        given = transformer.dump_sequence(values, [_TEXT] * len(values))
        result = server.exec_prepared(name, given)  # type: ignore[arg-type]  # NULL is None here too
        _check(result)
        transformer.set_pgresult(result)
        return transformer.load_rows(0, result.ntuples, tuple), result.command_tuples or 0

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


def run(connection: Connection, sql: str, values: Sequence[Any]) -> tuple[list[tuple[Any, ...]], int]:
    """Run one statement with $1, $2 … in the connection's transaction: rows, and how many were found."""
    kept = connection.info.get(PREPARED)
    if kept is None:
        kept = connection.info[PREPARED] = _Statements(connection.connection.dbapi_connection)  # type: ignore[arg-type]
    rows: tuple[list[tuple[Any, ...]], int] = kept.run(sql, values)
    return rows
