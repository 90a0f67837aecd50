"""The ranking of the groups as bars, one line a group."""

from collections.abc import Sequence

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from pointsbank.points import show
from pointsbank.printing import BOLD, GREY, INK, RED, REGULAR, Paper
from pointsbank.sheets.poster.values import GroupBar
from pointsbank.sheets.poster.words import Words

HEADING = 14.5
_MINIMUM = 5.4
_MAXIMUM = 15.0
_TRACK = HexColor("#f5f5f4")
_FIRST = HexColor("#b91c1c")
_OTHERS = HexColor("#f0a5a0")


def rows_that_fit(height: float) -> int:
    """Return how many groups a column of this height (mm, heading included) can hold."""
    return max(int((height - HEADING) / _MINIMUM), 0)


def draw_groups(
    paper: Paper, left: float, top: float, width: float, height: float, bars: Sequence[GroupBar], measure: str
) -> None:
    """Draw the heading, what is measured, and a bar for each group, longest for the most."""
    paper.box(left, top, 2.6, 9.6, RED)
    wide = paper.text(left + 6, top + 8.3, Words.GROUPS, size=27, weight=BOLD, ink=RED, fit=width * 0.6)
    paper.text(left + 10 + wide, top + 8, measure, size=13, ink=GREY, fit=width - wide - 11)
    top, height = top + HEADING, height - HEADING
    if not bars:
        paper.text(left + 6, top + 8, Words.GROUPS_EMPTY, size=14, ink=GREY, fit=width - 6)
        return
    tall = min(height / len(bars), _MAXIMUM)
    size = min(tall * 1.75, 15.5)
    names = _widest(paper, [bar.name for bar in bars], size, width * 0.36)
    values = _widest(paper, [show(bar.points) for bar in bars], size, width * 0.24)
    chart = (left + 9 + names + 2.5, width - 9 - names - 2.5 - values - 2)
    _bars(paper, chart[0], top, chart[1], tall, [bar.points for bar in bars], [bar.rank for bar in bars])
    for place, bar in enumerate(bars):
        y = top + (place + 0.5) * tall + size * 0.125
        ink = RED if bar.rank <= 3 else GREY
        paper.text(left + 4, y, str(bar.rank), size=size, weight=BOLD, ink=ink, align=0.5, fit=8)
        paper.text(left + 9, y, bar.name, size=size, ink=INK, fit=names)
        paper.text(left + width, y, show(bar.points), size=size, weight=BOLD, align=1, fit=values)


def _widest(paper: Paper, texts: Sequence[str], size: float, maximum: float) -> float:
    return min(max(paper.case.width(text, BOLD, size) * 25.4 / 72 for text in texts), maximum)


def _bars(
    paper: Paper,
    left: float,
    top: float,
    width: float,
    tall: float,
    points: Sequence[int],
    ranks: Sequence[int],
) -> None:
    # A group below nothing gets no bar: its number says so, and a bar to the left would read as a length.
    maximum = max(*points, 1)
    drawing = Drawing(width * mm, len(points) * tall * mm)
    # A drawing otherwise begins in Times, which would then be named in the print and not embedded.
    drawing.initialFontName = paper.case.face(REGULAR)
    thick = min(tall * 0.52, 6.0)
    for place, (value, rank) in enumerate(zip(points, ranks, strict=True)):
        y = (len(points) - place - 0.5) * tall - thick / 2
        long = width * max(value, 0) / maximum
        ink = _FIRST if rank <= 3 else _OTHERS
        drawing.add(_rect(y, width, thick, _TRACK))
        if long:
            drawing.add(_rect(y, long, thick, ink))
    renderPDF.draw(drawing, paper.canvas, left * mm, (paper.height - top - len(points) * tall) * mm)


def _rect(y: float, long: float, thick: float, ink: object) -> Rect:
    return Rect(0, y * mm, long * mm, thick * mm, fillColor=ink, strokeColor=None)
