"""A file that counts the pages of a PDF as they go through, so that a long print says how far it is."""

from collections.abc import Callable
from typing import Any, BinaryIO


class Watched:
    """Passes on what is written, and says after each page how many there were.

    A PDF of ours goes out page by page (`printing.streaming`): each page's record is one write.
    """

    def __init__(self, out: BinaryIO, notified: Callable[[int], None]) -> None:
        """Write into `out`; `notified(page)` is called at each page, and what it raises ends the print."""
        self._out, self._notified, self._page = out, notified, 0

    def write(self, content: bytes) -> int:
        """Write, and count a page where one begins."""
        if b"/Type /Page\n" in content or b"/Type /Page " in content:
            self._page += 1
            self._notified(self._page)
        return self._out.write(content)

    def __getattr__(self, name: str) -> Any:
        """Return whatever else the file can do."""
        return getattr(self._out, name)
