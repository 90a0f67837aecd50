"""Locks between the threads of this process, where SQLite itself would only sleep and try again.

SQLite's busy timeout sleeps up to 100 ms between tries, lets in whoever tries at the right moment, and does
not know how long anybody has waited. So writers queue in `WriterLock`. Where a file has no write-ahead
log, nobody may read while a write is made durable: `ReadWriteLock` makes readers and commits take turns.
"""

import math
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from sqlalchemy.exc import TimeoutError as WaitedTooLong

Answer = TypeVar("Answer")

HASHING = threading.BoundedSemaphore(2)
"""Passwords and PINs that are hashed or judged at once: each takes 19 MiB and a processor."""
_patience: ContextVar[float] = ContextVar("seconds that a writer waits at most", default=math.inf)


@contextmanager
def impatiently(seconds: float) -> Iterator[None]:
    """Let writes in the block wait for other writers no longer than this: for what may be left out."""
    before = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(before)


class WriterLock:
    """Lets the writers of this process in one after another, each for at most `seconds` of waiting."""

    def __init__(self, seconds: float) -> None:
        """Start unlocked."""
        self._seconds = seconds
        self._lock = threading.RLock()

    def __enter__(self) -> float:
        """Wait for the lock and return how many seconds are left to wait for writers of other processes.

        Raises:
            WaitedTooLong: other threads held the lock for all of `seconds`, or as long as `impatiently` says.
        """
        began, seconds = time.monotonic(), min(self._seconds, _patience.get())
        if not self._lock.acquire(timeout=seconds):
            raise WaitedTooLong("other writers of this process took too long")
        return max(0.0, seconds - (time.monotonic() - began))

    def __exit__(self, *_: object) -> None:
        """Release the lock."""
        self._lock.release()


class ReadWriteLock:
    """Lets any number of threads read together, and nobody while a write is committed."""

    def __init__(self, seconds: float) -> None:
        """Start with no reader and no writer; each waits at most `seconds`."""
        self._seconds = seconds
        self._changed = threading.Condition()
        self._readers: dict[int, int] = {}
        self._writing = False

    @contextmanager
    def read(self) -> Iterator[None]:
        """Hold the lock for reading; a thread that reads already may read again while a writer waits.

        Raises:
            WaitedTooLong: a writer held the lock for all of the time.
        """
        me = threading.get_ident()
        with self._changed:
            if me not in self._readers:
                self._wait(lambda: not self._writing)
            self._readers[me] = self._readers.get(me, 0) + 1
        try:
            yield
        finally:
            with self._changed:
                self._readers[me] -= 1
                if not self._readers[me]:
                    del self._readers[me]
                    self._changed.notify_all()

    @contextmanager
    def write(self) -> Iterator[None]:
        """Hold the lock for a commit, once present readers are done; only one writer at a time comes here.

        Raises:
            WaitedTooLong: readers held the lock for all of the time.
        """
        with self._changed:
            self._writing = True
            try:
                self._wait(lambda: not self._readers)
            except WaitedTooLong:
                self._end_write()
                raise
        try:
            yield
        finally:
            with self._changed:
                self._end_write()

    def _wait(self, until: Callable[[], bool]) -> None:
        if not self._changed.wait_for(until, self._seconds):
            raise WaitedTooLong("others of this process read the database for too long")

    def _end_write(self) -> None:
        self._writing = False
        self._changed.notify_all()


class OneForAll(Generic[Answer]):
    """What one thread finds out answers all who ask the same within some seconds; they wait while it does.

    So an answer is never older than that: its age counts from the moment at which finding it began.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with no answer."""
        self._seconds, self._clock = seconds, clock
        self._guard = threading.Lock()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._found: dict[Hashable, tuple[Hashable, float, Answer]] = {}

    def answer(self, about: Hashable, version: Hashable, find: Callable[[], Answer]) -> Answer:
        """Return what `find` finds, or what it found for somebody else a moment ago.

        Args:
            about: what is asked: one answer is kept for each, and one thread finds it at a time.
            version: an answer under another one is none.

        Raises what `find` raises; then whoever waits asks anew.
        """
        with self._guard:
            lock = self._locks.setdefault(about, threading.Lock())
        with lock:
            kept = self._found.get(about)
            if kept is not None and kept[0] == version and self._clock() - kept[1] < self._seconds:
                return kept[2]
            began = self._clock()
            found = find()
            self._found[about] = (version, began, found)
            return found
