"""Python's collector of reference cycles waits while thousands of rows are made.

It looks through all there is whenever some more objects were made, and rows stay until the end of the work
and hold no cycles: an import spent a third of its time there and found nothing. Pieces of work may overlap;
when the last one ends, collecting goes on.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_waiting = 0
_was_on = False


@contextmanager
def collecting_later() -> Iterator[None]:
    """Let the collector wait while a block makes rows by the thousand; only for work that is bounded.

    Example:
        with collecting_later():
            rows = [ScoreRow(**values) for values in parsed.rows]
    """
    global _waiting, _was_on
    with _lock:
        if not _waiting:
            _was_on = gc.isenabled()
            gc.disable()
        _waiting += 1
    try:
        yield
    finally:
        with _lock:
            _waiting -= 1
            if not _waiting and _was_on:
                gc.enable()
