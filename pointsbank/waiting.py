"""Who waits for whom in this process, where SQLite itself would only sleep and try again.

SQLite's busy timeout sleeps up to 100 ms between tries, lets in whoever tries at the right moment, and knows
nothing of how long somebody has waited already. So writers queue here; and where a file has no write-ahead
log, so that nobody may look while a write is made durable, lookers and who commits wait for each other here.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import TimeoutError as WaitedTooLong


class Queue:
    """The writers of this process, one after another; who has waited too long is refused."""

    def __init__(self, seconds: float) -> None:
        """Nobody is writing yet."""
        self._seconds = seconds
        self._lock = threading.RLock()

    def __enter__(self) -> float:
        """Wait for one's turn; answers how many seconds are left to wait for somebody outside."""
        began = time.monotonic()
        if not self._lock.acquire(timeout=self._seconds):
            raise WaitedTooLong("other writers of this process took too long")
        return max(0.0, self._seconds - (time.monotonic() - began))

    def __exit__(self, *_: object) -> None:
        """Let the next one write."""
        self._lock.release()


class Gate:
    """Lets any number look together, and nobody while a write is committed."""

    def __init__(self, seconds: float) -> None:
        """The gate is open."""
        self._seconds = seconds
        self._changed = threading.Condition()
        self._lookers: dict[int, int] = {}
        self._committing = False

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look; who looks already may look at a second thing, even where somebody waits to commit."""
        me = threading.get_ident()
        with self._changed:
            if me not in self._lookers:
                self._wait(lambda: not self._committing)
            self._lookers[me] = self._lookers.get(me, 0) + 1
        try:
            yield
        finally:
            with self._changed:
                self._lookers[me] -= 1
                if not self._lookers[me]:
                    del self._lookers[me]
                    self._changed.notify_all()

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Commit, once those who look now have looked; only one writer at a time comes here."""
        with self._changed:
            self._committing = True
            try:
                self._wait(lambda: not self._lookers)
            except WaitedTooLong:
                self._open()
                raise
        try:
            yield
        finally:
            with self._changed:
                self._open()

    def _wait(self, until: Callable[[], bool]) -> None:
        if not self._changed.wait_for(until, self._seconds):
            raise WaitedTooLong("others of this process look at the database for too long")

    def _open(self) -> None:
        self._committing = False
        self._changed.notify_all()
