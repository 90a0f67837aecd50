"""Keeps slow work (files, pictures, PDFs, passwords, waiting for others) out of transactions that write.

While one person writes, every till waits. A module that does such work says so by `before_slow_work`; the
database says by `writing_here` which threads write. Where both meet, tests fail, and a server writes the
place into its log and goes on: a sale that is late is better than one that is refused.
"""

import logging
import threading

log = logging.getLogger("pointsbank")

_here = threading.local()


class SlowWorkWhileWriting(AssertionError):
    """Slow work was begun inside `writing()`; do it before, and hand its result to the verb."""


class _Checking:
    """Whether slow work inside a transaction raises; set by the tests."""

    raises = False


checking = _Checking()


class _WritingHere:
    """Marks this thread as one that writes, for the length of the block."""

    def __enter__(self) -> None:
        """Mark it."""
        _here.depth = getattr(_here, "depth", 0) + 1

    def __exit__(self, *_: object) -> None:
        """Take the mark away."""
        _here.depth -= 1


writing_here = _WritingHere()
"""Used as `with writing_here:` around each transaction that writes."""


def is_writing() -> bool:
    """Return True while this thread is inside a transaction that writes."""
    return getattr(_here, "depth", 0) > 0


def before_slow_work(what: str) -> None:
    """Say that slow work begins here, which must not be while this thread writes.

    Args:
        what: the work, for the log: `hashing a password`.

    Raises:
        SlowWorkWhileWriting: this thread is inside `writing()`, and `checking.raises` is set.

    Example:
        >>> before_slow_work("reading a file")
    """
    if not is_writing():
        return
    if checking.raises:
        raise SlowWorkWhileWriting(f"{what} inside writing(): everybody else waits meanwhile")
    log.error("%s inside a transaction that writes", what, stack_info=True)
