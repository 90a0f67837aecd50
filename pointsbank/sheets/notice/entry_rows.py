"""A line for each entry of a notice: name, group, item, day, points, remark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reportlab.lib.colors import HexColor

from pointsbank.disclosure.households import marks_of, signed
from pointsbank.printing import (
    BOLD,
    CELL_LINE,
    GREY,
    HAIR,
    INK,
    RED,
    REGULAR,
    WHITE,
    FontSet,
    Paper,
    Passage,
    wrapped,
)
from pointsbank.publicity import PublicEntry
from pointsbank.sheets.notice.frame import MARGIN
from pointsbank.sheets.notice.values import Words

_ROW = 7.4
_HEAD_ROW = 9.0
_WIDTHS = (11.0, 32.0, 26.0, 54.0, 21.0, 15.0, 21.0)
_NAME, _POINTS = 1, 5
_SIZE = 10.5
_STRIPE = HexColor("#fafaf9")


@dataclass(frozen=True, slots=True)
class EntryRows:
    """The rows of a notice, numbered from 1; `heights` in mm, of each."""

    entries: Sequence[PublicEntry]
    heights: Sequence[float]
    head: float = _HEAD_ROW

    @property
    def heads(self) -> list[bool]:
        """None of them heads others."""
        return []

    def draw(self, paper: Paper, top: float, start: int, end: int) -> float:
        """Draw some of the lines below `top` and say where they end."""
        return _lines(paper, top, self.entries[start:end], self.heights[start:end], start + 1)


def entry_rows(case: FontSet, entries: Sequence[PublicEntry]) -> EntryRows:
    """Return a row for each entry, higher where a name or a title needs more than a line.

    Example:
        entry_rows(case, notice.entries).heights  # [7.4, 7.4, 11.2, …]
    """
    return EntryRows(entries, [_ROW + _further(case, cells_of(entry)) * CELL_LINE for entry in entries])


def _further(case: FontSet, cells: Sequence[str]) -> int:
    """Return how many lines a row has beyond its first."""
    return max((len(long.lines) - 1 for long in _wrapped(case, ["", *cells]) if long), default=0)


def _wrapped(case: FontSet, cells: Sequence[str]) -> Iterator[Passage | None]:
    """Yield for each cell its lines, None where one does: nothing of a name or a title is cut."""
    for place, (text, wide) in enumerate(zip(cells, _WIDTHS, strict=True)):
        weight = BOLD if place in (_NAME, _POINTS) else REGULAR
        yield wrapped(case, text, width=wide - 3, size=_SIZE, weight=weight) if text else None


def _lines(
    paper: Paper, top: float, entries: Sequence[PublicEntry], heights: Sequence[float], number: int
) -> float:
    paper.box(MARGIN, top, sum(_WIDTHS), _HEAD_ROW, RED)
    _row(paper, top + 6.1, Words.COLUMNS.split(), head=True)
    top += _HEAD_ROW
    if not entries and number == 1:
        paper.text(MARGIN + 4, top + 10, Words.EMPTY, size=12, ink=GREY)
        return top + 14
    tops = [*accumulate(heights, initial=top)]
    for place, entry in enumerate(entries):
        y = tops[place]
        if place % 2:
            paper.box(MARGIN, y, sum(_WIDTHS), heights[place], _STRIPE)
        _row(paper, y + 5.1, [str(number + place), *cells_of(entry)])
    paper.lines([(MARGIN, y, MARGIN + sum(_WIDTHS), y) for y in tops[1:]], ink=HAIR, thickness=0.12)
    return tops[-1]


def cells_of(entry: PublicEntry) -> list[str]:
    """Return what the columns say of an entry: name, group, item, day, points, remark."""
    day = f"{entry.occurred_on.month}月{entry.occurred_on.day}日"
    return [entry.name, entry.group, entry.item, day, signed(entry.points), marks_of(entry)]


def _row(paper: Paper, y: float, cells: Sequence[str], *, head: bool = False) -> None:
    x = MARGIN
    ink = WHITE if head else INK
    for place, (text, wide, long) in enumerate(zip(cells, _WIDTHS, _wrapped(paper.case, cells), strict=True)):
        weight = BOLD if head or place in (_NAME, _POINTS) else REGULAR
        edge, align = (x + wide - 2, 1) if place == _POINTS else (x + 2, 0)
        if long and not head:
            long.draw_on(paper, x + 2, y)
        else:
            paper.text(edge, y, text, size=_SIZE, weight=weight, ink=ink, align=align, fit=wide - 3)
        x += wide
