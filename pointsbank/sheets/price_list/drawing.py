"""Draws the price list: categories flow over pages, hours and code on the first."""

from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from pointsbank.printing import (
    BOLD,
    BRIGHT,
    CREAM,
    DEEP,
    GREY,
    INK,
    QUIET,
    RED,
    RULE,
    FontSet,
    Paper,
    Passage,
    draw_ground,
    path,
)
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.poster.flow import Line, Placed, Section, placed
from pointsbank.sheets.poster.name_line import NameLine
from pointsbank.sheets.price_list.values import WallOffer, WallPrices, Words

_A4, _A3 = (210.0, 297.0), (297.0, 420.0)
_SCALES = (1.4, 1.3, 1.2, 1.1, 1.0)
"""Of the letters of A4: on A3 the largest with which the goods take fewest pages."""
_HEAD, _SLIM, _MARGIN, _FOOT, _LAST = 50.0, 24.0, 18.0, 50.0, 17.5
_NAME, _POINTS, _WORDS, _HEADING = 19.0, 24.0, 16.0, 20.0
"""Points on A4: words of 16 have capitals of 4 mm, which is read from a metre."""
_HIGH, _LINE, _PAD, _ADDED, _CODE = 8.6, 7.6, 1.2, 3.0, 34.0


def draw(value: WallPrices, case: FontSet, out: BinaryIO) -> int:
    """Write the list; goods that find no space on the first page go on further ones."""
    width, height = _A3 if value.on_a3 else _A4
    paper = Paper(out, case, width=width, height=height, title=Words.TITLE)
    bottom = height - _LAST
    tried = {scale: _pages(paper, value, scale, bottom) for scale in (_SCALES if value.on_a3 else (1.0,))}
    scale = min(tried, key=lambda one: (len(tried[one]), -one))
    pages = tried[scale]
    for number, page in enumerate(pages, start=1):
        draw_ground(paper, head=(_HEAD if number == 1 else _SLIM) * scale)
        _draw_head(paper, value, scale, first=number == 1)
        for one in page:
            one.draw(one.top, one.height)
        if number == 1:
            _draw_foot(paper, value, scale, bottom - _FOOT * scale)
        day = f"{value.village}{Words.DAY.format(day=value.day)}"
        paper.text(_MARGIN, height - 13.6, day, size=9, ink=GREY, fit=width - 2 * _MARGIN - 40)
        count = CommonWords.PAGE.format(page=number, pages=len(pages))
        paper.text(width - _MARGIN, height - 13.6, count, size=9, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(pages)


def _pages(paper: Paper, value: WallPrices, scale: float, bottom: float) -> list[list[Placed]]:
    """Return what stands on each page in letters of this size."""
    return placed(
        _sections(paper, value, scale),
        first=(_HEAD * scale + 4, bottom - _FOOT * scale - 2),
        other=(_SLIM * scale + 4, bottom),
        added_at_most=_ADDED * scale,
    )


def _draw_head(paper: Paper, value: WallPrices, scale: float, *, first: bool) -> None:
    """Draw village, title and day in gold on the red."""
    middle, fit = paper.width / 2, paper.width - 2 * _MARGIN - 12
    if not first:
        words = f"{value.village}{Words.TITLE}{CommonWords.CONTINUED}"
        size = 20 * scale
        paper.text(middle, 17 * scale, words, size=size, weight=BOLD, ink=BRIGHT, align=0.5, fit=fit)
        return
    paper.text(middle, 16 * scale, value.village, size=18 * scale, weight=BOLD, ink=CREAM, align=0.5, fit=fit)
    paper.text(middle, 33 * scale, Words.TITLE, size=46 * scale, weight=BOLD, ink=BRIGHT, align=0.5, fit=fit)
    day = Words.DAY.format(day=value.day)
    paper.text(middle, 44 * scale, day, size=_WORDS * scale, ink=CREAM, align=0.5, fit=fit)


def _sections(paper: Paper, value: WallPrices, scale: float) -> Sequence[Section]:
    """Return a section for each category."""
    wide = paper.width - 2 * _MARGIN
    found = []
    for each in value.categories:
        lines = [_line(paper, one, wide, scale) for one in each.offers]
        title = Passage(
            paper.case, each.title, width=wide - 6, size=_HEADING * scale, weight=BOLD, ink=RED, leading=1.2
        )
        tall = title.height + 4.5 * scale if each.title else 0.0
        heading = partial(_draw_heading, paper, title, scale)
        found.append(Section(tall, heading, lines, gap=3.0 * scale, stretches=True))
    if not found:
        found.append(Section(0.0, _nothing, [Line(20.0, partial(_draw_empty, paper, scale))]))
    return found


def _draw_heading(paper: Paper, title: Passage, scale: float, top: float, height: float) -> None:
    if height:
        paper.box(_MARGIN, top + 3 * scale, 2.2, title.height, RED)
        title.draw(paper, _MARGIN + 6, top + 2.5 * scale)


def _nothing(_: float, __: float) -> None:
    """Draw no heading."""


def _draw_empty(paper: Paper, scale: float, top: float, height: float) -> None:
    paper.text(_MARGIN, top + 12, Words.EMPTY, size=_WORDS * scale)


def _line(paper: Paper, one: WallOffer, wide: float, scale: float) -> Line:
    """Set one kind of goods: name, spec, limit and price, below it what it will cost."""
    size = _POINTS * scale
    unit = paper.width_of(CommonWords.POINT, size=_WORDS * scale, weight=BOLD)
    right = paper.width_of(one.price, size=size, weight=BOLD) + unit + 2
    name = NameLine(
        paper,
        one.name,
        " · ".join(filter(None, (one.spec, one.limit))),
        width=wide - right - 8,
        size=_NAME * scale,
        long=_WORDS * scale,
        small=_WORDS * scale,
    )
    tall = max(name.height, _HIGH * scale) + (len(one.coming) * _LINE + 2 * _PAD) * scale
    return Line(tall, partial(_draw_line, paper, one, name, scale))


def _draw_line(paper: Paper, one: WallOffer, name: NameLine, scale: float, top: float, height: float) -> None:
    """Draw one kind of goods in the height it is given."""
    right, size = paper.width - _MARGIN, _WORDS * scale
    high = max(name.height, _HIGH * scale)
    start = top + (height - high - len(one.coming) * _LINE * scale) / 2
    name.draw(_MARGIN + 2, start + (high - name.height) / 2)
    base = start + 7.3 * scale
    unit = paper.text(right, base, CommonWords.POINT, size=size, ink=INK, align=1)
    paper.text(right - unit - 1, base, one.price, size=_POINTS * scale, weight=BOLD, ink=RED, align=1)
    base = start + high + 5.4 * scale
    for place, words in enumerate(one.coming):
        paper.text(right, base + place * _LINE * scale, words, size=size, weight=BOLD, ink=DEEP, align=1)
    paper.line(_MARGIN, top + height, right, top + height, ink=RULE, thickness=0.3)


def _draw_foot(paper: Paper, value: WallPrices, scale: float, top: float) -> None:
    """Draw the hours and the code of the list that is always of today."""
    right, size = paper.width - _MARGIN, _WORDS * scale
    paper.line(_MARGIN, top, right, top, ink=RULE, thickness=0.6)
    space = right - _MARGIN
    if value.code:
        drawn = path(value.code)
        side = _CODE * scale
        quiet = QUIET * side / drawn[0]
        left = right - side - quiet
        paper.code(left, top + quiet, side, drawn)
        middle = left + side / 2
        paper.text(middle, top + side + quiet + 5, Words.SCAN, size=11 * scale, ink=GREY, align=0.5)
        space = left - quiet - _MARGIN - 4
    paper.text(_MARGIN, top + 9 * scale, Words.HOURS, size=size, weight=BOLD, ink=RED)
    y = _hours(paper, value.hours, space, scale).draw(paper, _MARGIN, top + 11.5 * scale)
    card = Passage(paper.case, Words.CARD, width=space, size=12 * scale, ink=GREY, leading=1.2)
    card.draw(paper, _MARGIN, y + 1.5 * scale)


def _hours(paper: Paper, words: str, width: float, scale: float) -> Passage:
    """Set the hours as large as they find space, never under nine points."""
    for size in (16.0, 14.0, 12.0, 10.5, 9.0):
        hours = Passage(paper.case, words, width=width, size=size * scale, leading=1.2)
        if hours.height <= 24 * scale:
            break
    return hours
