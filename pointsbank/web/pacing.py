"""Lets tills go first between two imports: one table at a time, and after a long write a long pause.

While a table is written everybody who sells waits. One table is written in one transaction, all rows or none,
so the write cannot be cut to pieces; what can be seen to is that not every twentieth scan meets one. So a
write is bounded by its rows, and whoever comes after it waits, without the turn to read files, until twenty
times as long has gone by. One waits; the next are told at once.
"""

import threading
import time
from collections.abc import Callable

from pointsbank.failures import Busy
from pointsbank.slow_work import before_slow_work

PAUSE_TIMES = 20
"""How many times as long as the last write lasted nobody writes another table: fewer than one scan in twenty,
of which p95 is made, meets one."""

SHORT_SECONDS = 0.05
"""A write as short as that is followed by no pause."""

PATIENCE_SECONDS = 10.0
"""Longer than that nobody is kept waiting; who would be hears `busy`."""


class Pace:
    """Says when the next table may be written; one for each application."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin free."""
        self._clock, self._sleep = clock, sleep
        self._here = threading.Lock()
        self._free_from = self._began = 0.0

    def enter(self) -> None:
        """Come in to import one table; `leave` must follow.

        Raises:
            Busy: another is being imported, or one was a moment ago that took long.
        """
        if not self._here.acquire(blocking=False):
            raise Busy()
        self._began = 0.0
        if self._free_from - self._clock() > PATIENCE_SECONDS:
            self.leave()
            raise Busy()

    def wait(self) -> None:
        """Wait until the table may be written: from here to `leave` counts as its write."""
        before_slow_work("waiting until a table may be written")
        self._sleep(max(0.0, self._free_from - self._clock()))
        self._began = self._clock()

    def leave(self) -> None:
        """Let the next in, once the pause is over that this write is worth."""
        if self._began:
            now = self._clock()
            lasted = now - self._began
            self._free_from = now + (PAUSE_TIMES * lasted if lasted > SHORT_SECONDS else 0)
        self._here.release()
