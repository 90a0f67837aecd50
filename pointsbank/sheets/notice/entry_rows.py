"""A line for each entry of a notice: name, group, item, day, points, remark."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor

from pointsbank.disclosure.households import marks_of, signed
from pointsbank.printing import BOLD, GREY, HAIR, INK, RED, REGULAR, WHITE, Paper
from pointsbank.publicity import PublicEntry
from pointsbank.sheets.notice.frame import MARGIN
from pointsbank.sheets.notice.values import Words

_ROW = 7.4
_HEAD_ROW = 9.0
_WIDTHS = (11.0, 32.0, 26.0, 54.0, 21.0, 15.0, 21.0)
_NAME, _POINTS, _REMARK = 1, 5, 6
_STRIPE = HexColor("#fafaf9")


@dataclass(frozen=True, slots=True)
class EntryRows:
    """The lines of a notice, numbered from 1."""

    entries: Sequence[PublicEntry]
    head: float = _HEAD_ROW

    @property
    def heights(self) -> list[float]:
        """Of each line, in mm."""
        return [_ROW] * len(self.entries)

    @property
    def heads(self) -> list[bool]:
        """None of them heads others."""
        return []

    def draw(self, paper: Paper, top: float, start: int, end: int) -> float:
        """Draw some of the lines below `top` and say where they end."""
        return _lines(paper, top, self.entries[start:end], start + 1)


def _lines(paper: Paper, top: float, entries: Sequence[PublicEntry], number: int) -> float:
    paper.box(MARGIN, top, sum(_WIDTHS), _HEAD_ROW, RED)
    _row(paper, top + 6.1, Words.COLUMNS.split(), head=True)
    top += _HEAD_ROW
    if not entries and number == 1:
        paper.text(MARGIN + 4, top + 10, Words.EMPTY, size=12, ink=GREY)
        return top + 14
    for place, entry in enumerate(entries):
        y = top + place * _ROW
        if place % 2:
            paper.box(MARGIN, y, sum(_WIDTHS), _ROW, _STRIPE)
        _row(paper, y + 5.1, [str(number + place), *cells_of(entry)])
    ends = [top + row * _ROW for row in range(1, len(entries) + 1)]
    paper.lines([(MARGIN, y, MARGIN + sum(_WIDTHS), y) for y in ends], ink=HAIR, thickness=0.12)
    return top + len(entries) * _ROW


def cells_of(entry: PublicEntry) -> list[str]:
    """Return what the columns say of an entry: name, group, item, day, points, remark."""
    day = f"{entry.occurred_on.month}月{entry.occurred_on.day}日"
    return [entry.name, entry.group, entry.item, day, signed(entry.points), marks_of(entry)]


def _row(paper: Paper, y: float, cells: Sequence[str], *, head: bool = False) -> None:
    x = MARGIN
    ink = WHITE if head else INK
    for place, (text, wide) in enumerate(zip(cells, _WIDTHS, strict=True)):
        is_main, fit = place in (_NAME, _POINTS), wide - 3
        # A name is made smaller, never cut: half a name is somebody else's. Nor is a remark.
        words = text if is_main or place == _REMARK else paper.shortened(text, size=10.5, fit=fit)
        weight = BOLD if head or is_main else REGULAR
        edge, align = (x + wide - 2, 1) if place == _POINTS else (x + 2, 0)
        paper.text(edge, y, words, size=10.5, weight=weight, ink=ink, align=align, fit=fit)
        x += wide
