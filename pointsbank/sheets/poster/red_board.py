"""The red board: who stands on it, in rows as large as their number allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor

from pointsbank.points import show
from pointsbank.printing import BOLD, GREY, HAIR, INK, RED, WHITE, Paper, Passage
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.poster.values import RedEntry, Words

HEADING = 14.5
_POINTS = 30.0

_ROSE = HexColor("#fef2f2")
_MEDALS = {1: HexColor("#d97706"), 2: HexColor("#78716c"), 3: HexColor("#9a3412")}


@dataclass(frozen=True, slots=True)
class _Style:
    """How large a row is: its least and greatest height in millimetres and its letters in points."""

    minimum: float
    maximum: float
    name: float
    small: float


_STYLES = (
    _Style(minimum=26, maximum=44, name=28, small=16),
    _Style(minimum=15.5, maximum=22, name=20, small=13),
    _Style(minimum=12.6, maximum=15.5, name=16.5, small=11.5),
    _Style(minimum=11.2, maximum=12.6, name=15, small=10.5),
)
_CLOSE = _STYLES[-1]


def rows_that_fit(height: float) -> int:
    """Return how many entries a column of this height (mm, heading included) holds at the smallest size."""
    return max(int((height - HEADING) / _CLOSE.minimum), 0)


def height_of(rows: int) -> float:
    """Return the least height (mm) in which so many rows fit with their heading."""
    return HEADING + rows * _CLOSE.minimum if rows else 0


def draw_heading(paper: Paper, left: float, top: float) -> None:
    """Draw the heading of the board."""
    paper.box(left, top, 2.6, 9.6, RED)
    wide = paper.text(left + 6, top + 8.3, Words.RED, size=27, weight=BOLD, ink=RED)
    paper.text(left + 10 + wide, top + 8, Words.RED_NOTE, size=13, ink=GREY)


def draw_empty(paper: Paper, left: float, top: float, width: float, height: float) -> None:
    """Draw the sentence that the board is empty this month."""
    top, tall = top + HEADING, min(height - HEADING, 110)
    paper.box(left, top, width, tall, _ROSE, radius=2)
    note = Passage(
        paper.case, Words.RED_EMPTY, width=width - 30, size=20, ink=GREY, leading=1.5, centred=True
    )
    note.draw(paper, left + 15, top + (tall - note.height) / 2)


def draw_rows(
    paper: Paper,
    left: float,
    top: float,
    width: float,
    height: float,
    entries: Sequence[RedEntry],
    *,
    largest: bool,
) -> None:
    """Draw these entries below the heading's place, as large as they fit; the largest rows only if asked."""
    top, height = top + HEADING, height - HEADING
    styles = _STYLES if largest else _STYLES[1:]
    style = next((style for style in styles if style.minimum * len(entries) <= height), _CLOSE)
    tall = min(height / len(entries), style.maximum)
    for place, entry in enumerate(entries):
        _row(paper, left, top + place * tall, width, tall, entry, style)
    for place in range(len(entries)):
        y = top + (place + 1) * tall
        paper.line(left, y, left + width, y, ink=HAIR, thickness=0.25)


def _row(
    paper: Paper, left: float, top: float, width: float, tall: float, entry: RedEntry, style: _Style
) -> None:
    middle = top + tall / 2
    if entry.rank <= 3:
        paper.box(left, top, width, tall, _ROSE)
    _badge(paper, left + 9, middle, entry.rank, style)
    _points(paper, left + width - 3, middle, _POINTS, entry, style)
    _words(paper, left + 19, middle, width - 19 - _POINTS - 6, tall, entry, style)


def _badge(paper: Paper, x: float, middle: float, rank: int, style: _Style) -> None:
    radius = style.name * 0.235
    ink = _MEDALS.get(rank)
    if ink:
        paper.box(x - radius, middle - radius, 2 * radius, 2 * radius, ink, radius=radius)
    baseline = middle + style.name * 0.105
    number = WHITE if ink else GREY
    paper.text(x, baseline, str(rank), size=style.name * 0.82, weight=BOLD, ink=number, align=0.5, fit=10)


def _points(paper: Paper, right: float, middle: float, space: float, entry: RedEntry, style: _Style) -> None:
    baseline = middle + style.name * 0.13
    unit = paper.text(right, baseline, CommonWords.POINT, size=style.small, ink=GREY, align=1)
    end = right - unit - 1
    fit = space - unit - 1
    paper.text(end, baseline, show(entry.points), size=style.name, weight=BOLD, ink=RED, align=1, fit=fit)


def _words(
    paper: Paper, x: float, middle: float, space: float, tall: float, entry: RedEntry, style: _Style
) -> None:
    """The name with its group on one line, the reason below it on as many lines as there is room for."""
    lines = max(int((tall - style.name * 0.36 - 3) / (style.small * 0.5)), 1)
    reason = None
    if entry.reason:
        reason = Passage(paper.case, entry.reason, width=space, size=style.small, lines=lines)
    gap = style.small * 0.06
    block = style.name * 0.36 + (reason.height + gap if reason else 0)
    baseline = middle - block / 2 + style.name * 0.31 + style.small * 0.03
    _name(paper, x, baseline, space, entry, style)
    if reason:
        reason.draw(paper, x, baseline + style.name * 0.05 + gap)


def _name(paper: Paper, x: float, baseline: float, space: float, entry: RedEntry, style: _Style) -> None:
    group = paper.case.width(entry.group, BOLD, style.small) * 25.4 / 72 + 3 if entry.group else 0
    group = min(group, space * 0.45)
    wide = paper.text(x, baseline, entry.name, size=style.name, weight=BOLD, ink=INK, fit=space - group)
    if entry.group:
        paper.text(x + wide + 3, baseline, entry.group, size=style.small, ink=GREY, fit=group - 3)
