"""Ends a child that is late: at once while others wait for their turn, much later while nobody does."""

import subprocess
import threading
import time
from collections.abc import Callable

PAUSE_SECONDS = 0.1
"""Between two looks whether somebody waits for one that is late."""


class Deadline:
    """The time of one piece of work of a child; entered when it is begun, left when it has answered.

    Attributes:
        gave_way: the child was ended because others waited.
        has_ended: the child was ended, for whatever reason.
    """

    gave_way = has_ended = False

    def __init__(
        self,
        child: "subprocess.Popen[bytes]",
        *,
        seconds: float,
        seconds_alone: float,
        is_awaited: Callable[[], bool],
    ) -> None:
        """Count from now.

        Args:
            seconds: after which it is ended if somebody waits, or as soon as somebody does.
            seconds_alone: after which it is ended in any case.
        """
        self._child, self._is_awaited = child, is_awaited
        self._late, self._alone = seconds, seconds_alone
        self._lock, self._answered = threading.Lock(), threading.Event()

    def __enter__(self) -> "Deadline":
        """Begin to watch."""
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Watch no longer: from here on the child belongs to the next."""
        with self._lock:
            self._answered.set()

    def _watch(self) -> None:
        began, patience = time.monotonic(), self._late
        while not self._answered.wait(patience):
            patience = PAUSE_SECONDS
            is_awaited = self._is_awaited()
            if is_awaited or time.monotonic() - began > self._alone:
                with self._lock:
                    if not self._answered.is_set():
                        self.gave_way, self.has_ended = is_awaited, True
                        self._child.kill()
                return
