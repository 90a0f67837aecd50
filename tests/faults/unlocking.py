"""Takes locks out of an engine below SQLAlchemy: statements are run the way they are run in a real server.

FOR UPDATE is left out where statements are compiled, BEGIN where a transaction begins; connections pause
before a change, where others slip in. Nobody listens to the engine: with a listener SQLAlchemy would run
what the driver runs otherwise.
"""

import re
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event

from pointsbank import database as databases
from pointsbank.prepared import postgresql
from pointsbank.prepared.joining import join

_CHANGED_UNDER_THE_LOG = {"account", "log_head"}
"""What is changed while the log is locked: nobody slips in there."""
_UPDATE = re.compile(r"\bUPDATE (\w+)")


def unlock(engine: Engine, *, keep_the_log: bool, pause: float = 0.0) -> None:
    """Take out every lock, but that of the log if it is to be kept; pause before changes and the log."""

    def wait(sql: str) -> None:
        if "FROM log_head" in sql or {*_UPDATE.findall(sql)} - _CHANGED_UNDER_THE_LOG:
            time.sleep(pause)

    if engine.dialect.name == "sqlite":
        event.remove(engine, "begin", databases._begin_sqlite)
        factory = _sqlite_factory(wait, keep_the_log=keep_the_log)
        event.listen(engine, "do_connect", lambda _d, _r, _given, named: named.update(factory=factory))
        return
    keep_compiled_apart(engine)
    engine.dialect.statement_compiler = without_for_update(engine, keep_the_log=keep_the_log)
    pausing = _pausing_cursor(wait)
    event.listen(engine, "connect", lambda own, _record: setattr(own, "cursor_factory", pausing))
    _pause_prepared(wait)


def _pause_prepared(wait: Callable[[str], None]) -> None:
    """Pause before what runs past SQLAlchemy; writes that go as one statement wait once."""
    own = postgresql.Statements
    run, run_many, run_together = own.run, own.run_many, own.run_together

    def run_after(self: Any, sql: str, *values: Any, **given: Any) -> Any:
        wait(sql)
        return run(self, sql, *values, **given)

    def run_many_after(self: Any, writes: Any) -> Any:
        if len(writes) == 1 or join(writes) is None:
            wait("; ".join(compiled.sql for compiled, _ in writes))
        return run_many(self, writes)

    def run_together_after(self: Any, questions: Any) -> Any:
        wait("; ".join(sql for sql, _ in questions))
        return run_together(self, questions)

    afters = (("run", run_after), ("run_many", run_many_after), ("run_together", run_together_after))
    for name, after in afters:
        setattr(own, name, after)


def begin_like_readers(engine: Engine) -> None:
    """Let SQLite's writers begin without the write lock."""

    def begin(connection: Connection) -> None:
        connection.execution_options(pointsbank_writes=False)
        databases._begin_sqlite(connection)

    event.remove(engine, "begin", databases._begin_sqlite)
    event.listen(engine, "begin", begin)


def _sqlite_factory(wait: Callable[[str], None], *, keep_the_log: bool) -> type[sqlite3.Connection]:
    """Return connections without BEGIN: every statement is a transaction of its own.

    The log, where it is kept, is locked by a transaction that begins only with it, after all was read.
    """

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *values: Any) -> "Cursor":
            wait(sql)
            if keep_the_log and "FROM log_head" in sql and not self.connection.in_transaction:
                super().execute("BEGIN IMMEDIATE")
            return super().execute(sql, *values)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, sql: str, *values: Any) -> Any:
            return self.cursor().execute(sql, *values)

        def executemany(self, sql: str, rows: Any) -> Any:
            wait(sql)
            return self.cursor().executemany(sql, rows)

    return Connection


def keep_compiled_apart(engine: Engine) -> None:
    """Let an engine whose compiler is exchanged keep its SQL alone, also once it has its own compiler again.

    What it compiled would serve every database of the process from then on (`tests.compiled`).
    """
    engine.update_execution_options(compiled_cache={})


def without_for_update(engine: Engine, *, keep_the_log: bool) -> Any:
    """Return the engine's compiler, which leaves FOR UPDATE out of all but the log's SELECT."""
    compiler: Any = engine.dialect.statement_compiler

    class Unlocking(compiler):  # type: ignore[misc]
        def for_update_clause(self, select: Any, **given: Any) -> str:
            of_the_log = any(getattr(each, "name", "") == "log_head" for each in select.get_final_froms())
            return str(super().for_update_clause(select, **given)) if keep_the_log and of_the_log else ""

    return Unlocking


def _pausing_cursor(wait: Callable[[str], None]) -> type[psycopg.Cursor[Any]]:
    """Return cursors that pause before a change, for what SQLAlchemy runs."""

    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, *values: Any, **given: Any) -> Any:
            wait(str(query))
            return super().execute(query, *values, **given)

    return Cursor
