"""Runs the command line with a test's own hand in it: another clock, locks taken out, death on demand.

`python -m tests.faults.doctored [--flaw NAME]… --clock FILE serve …`. The product knows none of this.
"""

import argparse
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import time_machine
from sqlalchemy import event

from pointsbank import cli
from pointsbank.cli import serving
from pointsbank.database import Database

PAUSE = 0.02
WITHIN_THE_LOG = ("UPDATE account", "UPDATE log_head")
"""What is changed while the log is locked: nobody slips in there."""
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Clock:
    """The process's clock, so many seconds away from the machine's as a file says."""

    def __init__(self, file: Path) -> None:
        """Take the file and set the clock by it."""
        self.file, self.shown = file, file.read_text()
        self.began = time.time() - time.monotonic()
        self.travelling = time_machine.travel(self._wanted(), tick=True).start()

    def set(self) -> None:
        """Travel when the file has changed."""
        if self.file.read_text() != self.shown:
            self.shown = self.file.read_text()
            self.travelling.move_to(self._wanted())

    def _wanted(self) -> float:
        return self.began + time.monotonic() + float(self.shown)

    def around(self, app: Wsgi) -> Wsgi:
        """Look at the file before each request."""

        def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            self.set()
            return app(environ, start)

        return answer


def dying(app: Wsgi) -> Wsgi:
    """Die at once, with the work done and the answer not yet sent, when the request asks for it."""

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        said = app(environ, start)
        if "HTTP_X_DIE" in environ:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return said

    return answer


def take_out_the_locks(*, keep_the_log: bool = True, **options: Any) -> None:
    """No queue, no BEGIN IMMEDIATE, no FOR UPDATE but the log's own, which every verb takes last."""
    make = Database.__init__
    strip = partial(_strip, keep_the_log=keep_the_log)

    def make_unlocked(self: Database, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        vars(self)["_writer"] = nullcontext()
        self.engine = self.engine.execution_options(**options)
        event.listen(self.engine, "before_cursor_execute", strip, retval=True)

    Database.__init__ = make_unlocked  # type: ignore[method-assign]


def _strip(
    _connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any, keep_the_log: bool
) -> tuple[str, Any]:
    """The statement without what it locks; a pause before each change, where others slip in."""
    takes_the_log = "FROM log_head" in statement
    if takes_the_log or (statement.startswith("UPDATE") and not statement.startswith(WITHIN_THE_LOG)):
        time.sleep(PAUSE)
    if takes_the_log and keep_the_log:
        _begin_here(cursor)
        return statement, parameters
    # Without BEGIN every statement of SQLite's is a transaction of its own.
    return statement.replace("BEGIN IMMEDIATE", "SELECT 1").partition(" FOR UPDATE")[0], parameters


def _begin_here(cursor: Any) -> None:
    """On SQLite the log is locked by the transaction that begins only now, after everything was read."""
    if isinstance(cursor, sqlite3.Cursor) and not cursor.connection.in_transaction:
        cursor.connection.execute("BEGIN IMMEDIATE")


def begin_late() -> None:
    """Writers begin like readers: they take the write lock only where they first write."""
    make = Database.__init__

    def make_late(self: Database, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        event.listen(self.engine, "before_cursor_execute", _defer, retval=True)

    Database.__init__ = make_late  # type: ignore[method-assign]


def _defer(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
    return statement.replace("BEGIN IMMEDIATE", "BEGIN"), parameters


def keep_to_a_quota() -> None:
    """No SQLite file may grow beyond as many pages as the file `quota` beside the clock's says."""
    make = Database.__init__

    def make_bounded(self: Database, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        event.listen(self.engine, "begin", _bound, insert=True)

    Database.__init__ = make_bounded  # type: ignore[method-assign]


def _bound(connection: Any) -> None:
    pages = Path(os.environ["TEST_QUOTA"]).read_text()
    connection.connection.dbapi_connection.execute(f"PRAGMA max_page_count={pages}")


FLAWS: dict[str, Callable[[], None]] = {
    "deferred": begin_late,
    "quota": keep_to_a_quota,
    "unlocked": take_out_the_locks,
    "untied": partial(take_out_the_locks, keep_the_log=False, isolation_level="AUTOCOMMIT"),
}


def main(arguments: list[str]) -> int:
    """Apply the flaws and run the command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--flaw", action="append", default=[], choices=sorted(FLAWS))
    parser.add_argument("--clock", type=Path, required=True)
    mine, command = parser.parse_known_args(arguments)
    clock, real = Clock(mine.clock), serving.create_app
    for flaw in mine.flaw:
        FLAWS[flaw]()

    def create_app(*given: Any, **named: Any) -> Any:
        app = real(*given, **named)
        app.wsgi_app = clock.around(dying(app.wsgi_app))  # type: ignore[method-assign]
        return app

    serving.create_app = create_app
    return cli.main(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
