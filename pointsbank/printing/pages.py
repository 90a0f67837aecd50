"""Which lines of a print stand on which page, or in which column."""

from collections.abc import Sequence
from itertools import accumulate

_ALONG = 6
"""Lines that go along to the seal's page at least, where there are so many."""


def starts(
    heights: Sequence[float],
    *,
    first: float,
    other: float,
    close: float,
    heads: Sequence[bool] = (),
    along: int = _ALONG,
) -> list[tuple[int, int]]:
    """Return the first line of each page and the one behind its last; the last page keeps room at its end.

    Args:
        heights: of the lines, in mm, each no more than fits above the seal.
        first, other: room for lines on the first page and on each other one, in mm.
        close: room that the last page keeps, in mm.
        heads: for each line whether it heads those below it, and so ends no page; none does by default.
        along: lines that go along to the last page at least, where there are so many.

    Example:
        >>> starts([10.0] * 30, first=100, other=150, close=40)
        [(0, 10), (10, 24), (24, 30)]
    """
    count, ends = len(heights), [0.0, *accumulate(heights)]
    pages: list[tuple[int, int]] = []
    start = 0
    while True:
        space = other if pages else first
        if ends[count] - ends[start] <= space - close:
            return [*pages, (start, count)]
        end = start + 1
        while end < count and ends[end + 1] - ends[start] <= space:
            end += 1
        # Where the rest would fill this page but for the seal, some lines go along to the seal's page.
        fitting, kept = end, min(along, (count - start) // 2)
        end = min(end, max(count - kept, start + 1))
        while end > start + 1 and heads and heads[end - 1]:
            end -= 1
        # A head that would stand alone keeps its lines here rather than at the seal.
        while heads and heads[end - 1] and end < fitting:
            end += 1
        pages.append((start, end))
        start = end
