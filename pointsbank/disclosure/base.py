"""What a section of the public board is: its place, its title, and how to find out what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One section of the board.

    Args:
        name: lower-case ASCII, as its template `open/sections/NAME.html` and its place on the page are named.
        title: Chinese, a few characters.
        position: where it stands: the smallest first.
        gather: `gather(session, *, village, at)` returns frozen values, masked and worded; None where the
            section is not shown.
        by_day: of `at` only the day counts, and no sale changes what stands in it. It is then kept for the
            day until anything but a sale is written in the village.
    """

    name: str
    title: str
    position: int
    gather: Callable[..., object | None]
    by_day: bool = False
