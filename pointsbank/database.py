"""Engines and transactions: one transaction per write, and who locks what.

`with database.writing() as session:` is one write: leaving it commits, raising inside it rolls back.

On SQLite a writer first queues on a lock in this process and then begins with BEGIN IMMEDIATE, so that it
never reads what another writer is about to change (`waiting.py`). On PostgreSQL rows are locked FOR UPDATE,
always in this order: the participant's ledger accounts ascending, a stocktake, goods ascending, then the
village's log head. Who keeps to the order can wait for others but never in a circle.
"""

import base64
import logging
import math
import secrets
import select
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, cast

import psycopg
from sqlalchemy import CursorResult, DateTime, Dialect, Executable, Table, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.expression import FromClause
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from pointsbank import outcomes
from pointsbank.announcing import Announcer
from pointsbank.keeper import KEEPER, Keeper
from pointsbank.once import KNOWN
from pointsbank.sealing import SECRET
from pointsbank.slow_work import writing_here
from pointsbank.touched import before_commit, note
from pointsbank.waiting import ReadWriteLock, WriterLock

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
Entropy = Callable[[int], bytes]
"""Returns that many unpredictable bytes; tests hand in a seeded one."""

# Of `session.info`: if rows may wait, the connection `prepared` may use, its writes; else its statements.
HAS_ROWS = "has rows"
RAW_CONNECTION = "raw connection"
WAITING_WRITES, PREPARED = "waiting writes", "prepared"

_RESTING, _WAITS, _LONG_REST = "resting since", "waits so many milliseconds", 30.0

_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_READING: dict[bool, dict[str, Any]] = {True: {}, False: _SNAPSHOT}
"""Options of a connection that only reads, on SQLite (True) and on PostgreSQL."""

BUSY_SECONDS = 8  # that a statement waits for another process before it gives up


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC on this side, UTC in the database, whichever database it is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC; raises ValueError for a naive one, whose zone nobody knows."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone, which SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def journal_mode(library: str) -> str:
    """Return WAL where SQLite is free of the WAL-reset bug (sqlite.org, fixed in 3.51.3, 3.50.7, 3.44.6)."""
    version = tuple(int(part) for part in library.split("."))
    fixed_in_branch = {(3, 50): 7, (3, 44): 6}
    safe = version >= (3, 51, 3) or version[2] >= fixed_in_branch.get((version[0], version[1]), 10_000)
    return "WAL" if safe else "TRUNCATE"


_HAS_WAL = journal_mode(sqlite3.sqlite_version) == "WAL"


class _Session(Session):
    """A session that runs nothing itself while writes of `prepared` wait: it would not see them."""

    def get_bind(self, *given: Any, **named: Any) -> Engine | Connection:
        """Return the connection; raises AssertionError while writes wait."""
        if WAITING_WRITES in self.info:
            raise AssertionError("inside writes_together run statements with prepared.fetch or execute_many")
        return super().get_bind(*given, **named)


for _event in ("transient_to_pending", "loaded_as_persistent"):
    event.listen(_Session, _event, lambda session, _row: session.info.setdefault(HAS_ROWS, True))


class Database:
    """The one place that opens transactions."""

    def __init__(self, url: str, *, entropy: Entropy = secrets.token_bytes, secret: str = "") -> None:
        """Open the database at a SQLAlchemy URL; ids and salts come from `entropy`, seals from `secret`."""
        self.url, self.info, self.announcer = url, dict[str, Any]({KEEPER: Keeper()}), Announcer()
        self.entropy, self.secret = entropy, secret
        self._writer, self._gate = WriterLock(BUSY_SECONDS), ReadWriteLock(BUSY_SECONDS)
        self.engine = _postgresql_engine(url) if url.startswith("postgresql") else _sqlite_engine(url)

    @property
    def is_sqlite(self) -> bool:
        """True for a file of ours, False for a server."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that reads one consistent state and writes nothing."""
        with self._looking(), self.engine.connect() as connection:
            connection.execution_options(**_READING[self.is_sqlite])
            with connection.begin() as transaction, self._session(connection) as session:
                session.info[KNOWN] = {}
                yield session
                transaction.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session for one write, committed at the block's end; raises OutcomeUnknown (`outcomes`)."""
        self.announcer.write_begins()
        # Queue here: SQLite's own busy timeout sleeps up to 100 ms between tries.
        queue = self._writer if self.is_sqlite else nullcontext()
        try:
            with queue as patience, writing_here, self.engine.connect() as connection:
                connection.execution_options(pointsbank_writes=True, pointsbank_patience=patience)
                with connection.begin() as transaction, self._session(connection) as session:
                    self.announcer.begin(session)
                    yield session
                    session.flush()
                    if transaction.is_active:  # Whoever only tried something out has rolled back by now.
                        before_commit(session)
                        with self._committing():
                            outcomes.send_commit(session, transaction.commit, self.announcer.committed)
        except outcomes.Unanswered as unanswered:
            outcomes.settle(unanswered, self.writing)

    def _looking(self) -> AbstractContextManager[None]:
        """Without a write-ahead log nobody may look while a write is made durable."""
        return self._gate.read() if self.is_sqlite and not _HAS_WAL else nullcontext()

    def _committing(self) -> AbstractContextManager[None]:
        """The other side of it: let those who look finish, rather than try again and again."""
        return self._gate.write() if self.is_sqlite and not _HAS_WAL else nullcontext()

    def _session(self, connection: Connection) -> Session:
        """A session on a connection that has begun: half the price of one that begins by itself."""
        raw = None if _has_listeners(connection) else connection
        own = {"entropy": self.entropy, SECRET: self.secret, RAW_CONNECTION: raw}
        return _Session(connection, info=self.info | own)

    def analyze(self) -> None:
        """Let the planner see what was loaded and kept: without that a page takes a hundred times as long."""
        with outcomes.afterwards("ANALYZE"), self.writing() as session:
            session.connection().exec_driver_sql("ANALYZE")

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


class _HintedCompiler(SQLiteCompiler):
    """Writes `with_hint` behind the table, for the few questions whose index SQLite's planner misses."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        """The hint as it was given."""
        return text


def _sqlite_engine(url: str) -> Engine:
    """An engine whose every connection syncs fully, keeps foreign keys and begins as we say."""
    options = {"isolation_level": None, "timeout": BUSY_SECONDS, "check_same_thread": False}
    # The connection used last knows the pages best.
    engine = create_engine(url, connect_args=options, pool_use_lifo=True)
    engine.dialect.statement_compiler = _HintedCompiler
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Set durability, foreign keys, and that without WAL a large write, spilling, locks no reader out."""
    mode, spill = f"journal_mode={journal_mode(sqlite3.sqlite_version)}", f"cache_spill={_HAS_WAL}"
    for pragma in (mode, "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", spill):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the write lock before they read; readers do not."""
    options = connection.get_execution_options()
    # What was spent in the queue is not spent again: the answer comes in time even in a crowd.
    wait = 100 * math.ceil(10 * options.get("pointsbank_patience", BUSY_SECONDS))
    driver = cast(Any, connection.connection.dbapi_connection)
    if connection.info.get(_WAITS) != wait:
        driver.execute(f"PRAGMA busy_timeout={wait}")
        connection.info[_WAITS] = wait
    begin = "BEGIN IMMEDIATE" if options.get("pointsbank_writes") else "BEGIN"
    if _has_listeners(connection):
        connection.exec_driver_sql(begin)
        return
    try:
        driver.execute(begin)
    except sqlite3.Error as error:
        raise DBAPIError.instance(begin, None, error, sqlite3.Error, dialect=connection.dialect) from error


def _has_listeners(connection: Connection) -> bool:
    """Return whether statements are listened to or logged (`echo`): then SQLAlchemy has to run them."""
    hooks, log = connection.engine.dispatch, connection.engine.logger  # The connection's own cost more.
    return bool(hooks.before_cursor_execute or hooks.after_cursor_execute or log.isEnabledFor(logging.INFO))


def _postgresql_engine(url: str) -> Engine:
    """An engine for the county's server; connections are looked at before use: a restart is no error."""
    engine = create_engine(url, pool_size=10, max_overflow=10, pool_timeout=BUSY_SECONDS, pool_use_lifo=True)
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "checkin", lambda _, record: record.info.update({_RESTING: time.monotonic()}))
    event.listen(engine, "checkout", _see_whether_alive)
    return engine


def _prepare_postgresql(connection: psycopg.Connection[Any], _record: object) -> None:
    """Wait for somebody else's lock no longer than on SQLite: by default PostgreSQL waits for ever."""
    # Statements are prepared by `prepared`; whatever psycopg prepares, every rollback makes it throw away.
    connection.prepare_threshold = None
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.autocommit = False


def _see_whether_alive(
    connection: psycopg.Connection[Any], record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Raise where the server has let go of an idle connection, so that the pool opens new ones.

    A server that ends says so, and that waits to be read; a question, which costs a round trip, is needed
    only after a long rest, when a wall between us may have forgotten the connection.
    """
    rested = time.monotonic() - record.info.pop(_RESTING, time.monotonic())
    try:
        if _spoke(connection) or rested > _LONG_REST:
            connection.execute("SELECT 1")
            connection.rollback()
    except psycopg.Error as gone:
        raise InvalidatePoolError() from gone


def _spoke(connection: psycopg.Connection[Any]) -> bool:
    """Return whether the server sent something that nobody has read yet."""
    if not hasattr(select, "poll"):  # Windows, whose `select` takes a socket of any number.
        return bool(select.select([connection.fileno()], [], [], 0)[0])
    (waiting := select.poll()).register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


def entropy(session: Session) -> Entropy:
    """Return the source of unpredictable bytes of this session's database."""
    return cast(Entropy, session.info.get("entropy", secrets.token_bytes))


def new_id(session: Session) -> str:
    """Return a new opaque id: 80 random bits in 16 lower-case base-32 characters."""
    return new_ids(session, 1)[0]


def new_ids(session: Session, count: int) -> list[str]:
    """Return `count` new ids; ten bytes fill 16 characters exactly, so all can be written in one go."""
    draw = entropy(session)
    text = base64.b32encode(b"".join(draw(10) for _ in range(count))).decode().lower()
    return [text[start : start + 16] for start in range(0, 16 * count, 16)]


def is_postgresql(session: Session) -> bool:
    """Return whether this session speaks to PostgreSQL."""
    return cast(Connection, session.bind).dialect.name == "postgresql"


def table_of(model: type[SQLModel]) -> Table:
    """Return the Core table behind a model."""
    return cast(Table, getattr(model, "__table__"))  # noqa: B009 - the attribute is not declared on SQLModel


def execute(session: Session, statement: Executable, parameters: Parameters = None) -> CursorResult[Any]:
    """Run a Core statement on the session's own connection and transaction."""
    note(session, statement, parameters)
    return cast("CursorResult[Any]", session.connection().execute(statement, parameters))
