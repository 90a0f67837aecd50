"""Lets tills go first between two imports: one table at a time, and after a long write a long pause.

While a table is written everybody who sells waits. One table is written in one transaction, all rows or none,
so the write cannot be cut to pieces; what can be seen to is that not every twentieth scan meets one. So a
write is bounded by its rows, and whoever comes after it waits, without the turn to read files, until twenty
times as long has gone by. One waits; the next are told at once.

A look at a file is a write that is taken back, and keeps tills waiting as long. Look and take-over of one
file count as one: the take-over may follow at once, and the pause that both are worth comes after it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from pointsbank.failures import Busy
from pointsbank.slow_work import before_slow_work

PAUSE_TIMES = 20
"""How many times as long as the last write lasted nobody writes another table: fewer than one scan in twenty,
of which p95 is made, meets one."""

SHORT_SECONDS = 0.05
"""A write as short as that is followed by no pause."""

PATIENCE_SECONDS = 10.0
"""Longer than that nobody is kept waiting; who would be hears `busy`."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What the tills are owed.

    Attributes:
        until: seconds of the clock; before then no other table is written.
        unpaid: seconds of the look that `ahead` may follow and that were too short for a pause by themselves.
        ahead: the kept file whose take-over need not wait; nobody's if empty.
    """

    until: float = 0.0
    unpaid: float = 0.0
    ahead: str = ""

    def wait(self, file: str, now: float) -> float:
        """Return for how many seconds the take-over of a kept file, or a look (no file), has to wait.

        Example:
            >>> owed = Owed(until=104.0, ahead="f1")
            >>> owed.wait("", 100.0), owed.wait("f2", 100.0), owed.wait("f1", 100.0), owed.wait("f2", 105.0)
            (4.0, 4.0, 0.0, 0.0)
        """
        return 0.0 if file and file == self.ahead else max(0.0, self.until - now)

    def after(self, began: float, ended: float, *, file: str = "", looked_at: str = "") -> "Owed":
        """Return what is owed after a write, which begins as soon as `wait` allows.

        Nobody goes ahead twice: only a look that went ahead of nobody lets its file go ahead, once, and a
        take-over uses that up whatever becomes of it. So two writes at most follow one another, and the pause
        after them is worth both.

        Args:
            began, ended: seconds of the clock.
            file: the kept file that was to be taken over, if any.
            looked_at: the kept file that was looked at, if any.

        Example:
            >>> looked = Owed().after(100.0, 100.2, looked_at="f1")
            >>> looked
            Owed(until=104.2, unpaid=0.0, ahead='f1')
            >>> looked.after(100.2, 100.3, file="f1")  # 20 times 0.3 seconds
            Owed(until=106.3, unpaid=0.0, ahead='')
            >>> looked.after(104.2, 104.4, looked_at="f1").ahead  # it has waited
            'f1'
        """
        went_ahead = bool(file) and file == self.ahead
        lasted = ended - began + (self.unpaid if went_ahead else 0.0)
        still = max(0.0, self.until - began)
        is_long = lasted > SHORT_SECONDS
        until = round(ended + still + (PAUSE_TIMES * lasted if is_long else 0.0), 6)
        ahead = "" if file else looked_at
        return Owed(until, lasted if ahead and not is_long else 0.0, ahead)


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
        self._owed = Owed()
        self._began: float | None = None
        self._file = self._looked_at = ""

    def enter(self, file: str = "") -> None:
        """Come in to import one table; `leave` must follow.

        Args:
            file: the kept file that is to be taken over; empty for a look.

        Raises:
            Busy: another is being imported, or one was a moment ago that took long.
        """
        if not self._here.acquire(blocking=False):
            raise Busy()
        self._began, self._file, self._looked_at = None, file, ""
        if self._owed.wait(file, self._clock()) > PATIENCE_SECONDS:
            self.leave()
            raise Busy()

    def wait(self) -> None:
        """Wait until the table may be written: from here to `leave` counts as its write.

        Again in the same request it waits for nothing, and all of it counts as one.
        """
        if self._began is not None:
            return
        before_slow_work("waiting until a table may be written")
        self._sleep(self._owed.wait(self._file, self._clock()))
        self._began = self._clock()

    def looked(self, file: str) -> None:
        """Note which kept file was looked at: its take-over may follow at once."""
        self._looked_at = file

    def leave(self) -> None:
        """Let the next in, once the pause is over that this write is worth."""
        if self._began is not None:
            written = {"file": self._file, "looked_at": self._looked_at}
            self._owed = self._owed.after(self._began, self._clock(), **written)
        self._here.release()
