"""What one process keeps of one database: answers, each under the version of what it was made of."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

KEEPER = "what is kept"
"""Of `Database.info`, and so of every `session.info`."""

PLACES = 40_000
"""Rows that are kept at most, of all villages together; a sum counts as one."""


class Keeper:
    """What one process keeps of one database."""

    def __init__(self, places: int = PLACES) -> None:
        """Begin with nothing."""
        self._places, self._taken = places, 0
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any, int]] = OrderedDict()

    def find(self, about: Hashable, now: Hashable) -> tuple[Any] | None:
        """Return what was kept under this version, or None."""
        with self._lock:
            found = self._kept.get(about)
            if found is None or found[0] != now:
                return None
            self._kept.move_to_end(about)
            return (found[1],)

    def keep(self, about: Hashable, now: Hashable, answer: Any, size: int) -> None:
        """Keep an answer in place of an older one; let go of those not asked for longest."""
        with self._lock:
            self._forget(about)
            self._kept[about] = (now, answer, size)
            self._taken += size
            while self._taken > self._places:
                self._forget(next(iter(self._kept)))

    def _forget(self, about: Hashable) -> None:
        """Let go of an answer."""
        if about in self._kept:
            self._taken -= self._kept.pop(about)[2]
