"""Runs the command line with a test's own hand in it: another clock, locks taken out, death on demand.

`python -m tests.faults.doctored [--flaw NAME]… --clock FILE serve …`. The product knows none of this.
"""

import argparse
import os
import signal
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
from pointsbank.database import BUSY_SECONDS, Database
from pointsbank.prepared import postgresql
from tests.faults.unlocking import begin_like_readers, unlock

PAUSE = 0.02
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
    """No queue, no BEGIN IMMEDIATE, no FOR UPDATE but the log's own, which every verb takes last.

    Nobody listens to statements, so that they take the way they take in a real server.
    """
    make = Database.__init__

    def make_unlocked(self: Database, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        vars(self)["_writer"] = nullcontext(BUSY_SECONDS)
        unlock(self.engine, keep_the_log=keep_the_log, pause=PAUSE)
        self.engine = self.engine.execution_options(**options)

    Database.__init__ = make_unlocked  # type: ignore[method-assign]
    if not keep_the_log:
        # Each statement is a transaction of its own, also where the driver is spoken to directly.
        postgresql.Statements._begin = lambda self: None  # type: ignore[method-assign]


def begin_late() -> None:
    """Writers begin like readers: they take the write lock only where they first write."""
    make = Database.__init__

    def make_late(self: Database, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        begin_like_readers(self.engine)

    Database.__init__ = make_late  # type: ignore[method-assign]


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
