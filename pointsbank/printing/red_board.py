"""The red board: who stands on it, in rows as large as their number allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor

from pointsbank.points import show
from pointsbank.printing import words
from pointsbank.printing.fonts import BOLD
from pointsbank.printing.paper import GREY, HAIR, INK, RED, WHITE, Paper, Passage
from pointsbank.printing.values import RedEntry

HEADING = 14.5

_ROSE = HexColor("#fef2f2")
_MEDALS = {1: HexColor("#d97706"), 2: HexColor("#78716c"), 3: HexColor("#9a3412")}


@dataclass(frozen=True, slots=True)
class _Style:
    """How large a row is: its least and greatest height in millimetres and its letters in points."""

    least: float
    most: float
    name: float
    small: float
    stacked: bool


_STYLES = (
    _Style(least=26, most=36, name=28, small=16, stacked=True),
    _Style(least=15.5, most=22, name=20, small=13, stacked=True),
    _Style(least=12.6, most=15.5, name=17.5, small=12.5, stacked=True),
    _Style(least=9.8, most=12, name=15.5, small=11.5, stacked=False),
)
_CLOSE = _STYLES[-1]


def room_for(height: float) -> int:
    """How many entries a column of this height (with its heading) can hold at the smallest size."""
    return max(int((height - HEADING) / _CLOSE.least), 0)


def draw_red(
    paper: Paper, left: float, top: float, width: float, height: float, entries: Sequence[RedEntry]
) -> None:
    """Draw the heading and these entries into a column, as large as they fit."""
    paper.box(left, top, 2.6, 9.6, RED)
    wide = paper.text(left + 6, top + 8.3, words.RED, size=27, weight=BOLD, ink=RED)
    paper.text(left + 10 + wide, top + 8, words.RED_NOTE, size=13, ink=GREY)
    top, height = top + HEADING, height - HEADING
    if not entries:
        note = Passage(paper.case, words.RED_EMPTY, width=width - 24, size=17, ink=GREY)
        paper.box(left, top, width, 42, _ROSE, radius=2)
        note.draw(paper, left + 12, top + 21 - note.height / 2)
        return
    style = next((style for style in _STYLES if style.least * len(entries) <= height), _CLOSE)
    tall = min(height / len(entries), style.most)
    for place, entry in enumerate(entries):
        _row(paper, left, top + place * tall, width, tall, entry, style)
    for place in range(len(entries)):
        y = top + (place + 1) * tall
        paper.line(left, y, left + width, y, ink=HAIR, line=0.25)


def _row(
    paper: Paper, left: float, top: float, width: float, tall: float, entry: RedEntry, style: _Style
) -> None:
    middle = top + tall / 2
    if entry.rank <= 3:
        paper.box(left, top, width, tall, _ROSE)
    _badge(paper, left + 9, middle, entry.rank, style)
    points = 30.0 if style.stacked else 22.0
    _points(paper, left + width - 3, middle, points, entry, style)
    x, room = left + 19, width - 19 - points - 6
    if style.stacked:
        _stacked(paper, x, middle, room, tall, entry, style)
    else:
        _in_line(paper, x, middle, room, entry, style)


def _badge(paper: Paper, x: float, middle: float, rank: int, style: _Style) -> None:
    radius = style.name * 0.235
    ink = _MEDALS.get(rank)
    if ink:
        paper.box(x - radius, middle - radius, 2 * radius, 2 * radius, ink, radius=radius)
    baseline = middle + style.name * 0.105
    number = WHITE if ink else GREY
    paper.text(x, baseline, str(rank), size=style.name * 0.82, weight=BOLD, ink=number, align=0.5, fit=10)


def _points(paper: Paper, right: float, middle: float, room: float, entry: RedEntry, style: _Style) -> None:
    baseline = middle + style.name * 0.13
    unit = paper.text(right, baseline, words.POINT, size=style.small, ink=GREY, align=1)
    end = right - unit - 1
    fit = room - unit - 1
    paper.text(end, baseline, show(entry.points), size=style.name, weight=BOLD, ink=RED, align=1, fit=fit)


def _stacked(
    paper: Paper, x: float, middle: float, room: float, tall: float, entry: RedEntry, style: _Style
) -> None:
    """The name with its group on one line, the reason below it on as many lines as there is room for."""
    lines = max(int((tall - style.name * 0.36 - 3) / (style.small * 0.5)), 1)
    reason = _reason(paper, entry.reason, room, style, lines)
    block = style.name * 0.36 + (reason.height + 1.6 if reason else 0)
    baseline = middle - block / 2 + style.name * 0.32
    _name(paper, x, baseline, room, entry, style)
    if reason:
        reason.draw(paper, x, baseline + style.name * 0.04 + 1.6)


def _reason(paper: Paper, reason: str, room: float, style: _Style, lines: int) -> Passage | None:
    return Passage.cut(paper.case, reason, width=room, size=style.small, lines=lines) if reason else None


def _in_line(paper: Paper, x: float, middle: float, room: float, entry: RedEntry, style: _Style) -> None:
    baseline = middle + style.name * 0.125
    share = room * 0.44 if entry.reason else room
    _name(paper, x, baseline, share - 3, entry, style)
    if entry.reason:
        line = Passage.cut(paper.case, entry.reason, width=room - share, size=style.small, lines=1)
        line.draw(paper, x + share, middle - line.height / 2)


def _name(paper: Paper, x: float, baseline: float, room: float, entry: RedEntry, style: _Style) -> None:
    group = paper.case.width(entry.group, BOLD, style.small) * 25.4 / 72 + 3 if entry.group else 0
    group = min(group, room * 0.45)
    wide = paper.text(x, baseline, entry.name, size=style.name, weight=BOLD, ink=INK, fit=room - group)
    if entry.group:
        paper.text(x + wide + 3, baseline, entry.group, size=style.small, ink=GREY, fit=group - 3)
