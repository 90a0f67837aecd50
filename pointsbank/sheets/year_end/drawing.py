"""Draws the year's end to be signed: two columns of households a page, by group, each with space to sign.

A figure that says nothing of anybody has no column; where all five do, or one is long, households stand in
one column across the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pointsbank.printing import (
    BOLD,
    GREY,
    HAIR,
    INK,
    REGULAR,
    SMALLEST,
    FontSet,
    Paper,
    Passage,
    wrapped,
)
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.year_end.values import Line, Words, YearEndSheet

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN, _TOP, _BOTTOM, _GAP = 11.0, 13.0, 281.0, 6.0
_WIDE = _WIDTH - 2 * _MARGIN
_HEADINGS, _ROW, _GROUP, _LAST = 8.0, 6.8, 7.2, 42.0
_CODE, _NAME, _FIGURE = 12.5, 18.5, 11.8
_CODE_OF_ONE, _NAME_OF_ONE, _FIGURE_OF_ONE = 18.0, 46.0, 17.0
_NAME_LINES = 3
"""Lines of a name beside its figures."""
_MAXIMUM_BESIDE = 4
"""Figures that two columns beside each other have space for."""
_LONGEST_BESIDE = 6
"""Characters of a figure there, such as 1234.5: what is longer would be too small to read."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the columns of a page stand: how many, how wide in mm each part of one is, which figures."""

    columns: int
    wide: float
    code: float
    name: float
    figure: float
    shown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands below each other in a column: a household, or a group's name where there is none."""

    height: float
    group: str
    line: Line | None = None
    name: Passage | None = None
    above: bool = False
    """The long name stands above the row's figures, as wide as the column is."""


Column = list[Row]


def draw(value: YearEndSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages; the last one ends with the sums and three places to sign."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.title)
    layout = layout_of(value)
    rule = Passage(case, value.rule, width=_WIDE, size=10, leading=1.35)
    pages = arrange(_rows(value, case, layout), layout.columns, head=19 + rule.height)
    for page, columns in enumerate(pages, start=1):
        top = _head(paper, value, rule) if page == 1 else _TOP
        for place, column in enumerate(columns):
            _column(paper, column, layout, _MARGIN + place * (layout.wide + _GAP), top)
        if page == len(pages):
            _foot(paper, value, layout)
        number = CommonWords.PAGE.format(page=page, pages=len(pages))
        paper.text(_MARGIN, 290, Words.KEPT, size=9, ink=GREY, fit=140)
        paper.text(_WIDTH - _MARGIN, 290, number, size=9, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(pages)


def layout_of(value: YearEndSheet) -> Layout:
    """Return how the columns stand for the figures of a sheet."""
    shown = value.shown
    longest = max((len(one.figures[place]) for one in value.lines for place in shown), default=0)
    if len(shown) > _MAXIMUM_BESIDE or longest > _LONGEST_BESIDE:
        return Layout(1, _WIDE, _CODE_OF_ONE, _NAME_OF_ONE, _FIGURE_OF_ONE, shown)
    return Layout(2, (_WIDE - _GAP) / 2, _CODE, _NAME, _FIGURE, shown)


def _rows(value: YearEndSheet, case: FontSet, layout: Layout) -> list[Row]:
    """Return all rows, each group under its name."""
    rows, group = list[Row](), None
    for line in value.lines:
        if line.group != group:
            group = line.group
            rows.append(Row(_GROUP, group or Words.NO_GROUP))
        name = wrapped(case, line.name, width=layout.name - 2, size=10, weight=BOLD)
        height = max(_ROW, name.height + 2.6) if name else _ROW
        if above := name is not None and len(name.lines) > _NAME_LINES:
            name = Passage(case, line.name, width=layout.wide - 2, size=SMALLEST, weight=BOLD, leading=1.2)
            height = name.height + _ROW
        rows.append(Row(height, group or Words.NO_GROUP, line, name, above))
    return rows


def arrange(rows: Sequence[Row], columns: int, *, head: float) -> list[list[Column]]:
    """Return which rows stand in which column of which page; the last page keeps space for its foot.

    A group that goes on in another column is named there again; no group's name stands last in a column.

    Args:
        head: what stands above the columns of the first page, in mm.
    """
    pages, rest = list[list[Column]](), list(rows)
    while True:
        space = _BOTTOM - _TOP - _HEADINGS - (0 if pages else head)
        some, after = _filled(rest, columns, space)
        if not after:
            # All is placed: where the foot has no space below it, what is too much goes on to another page.
            some, after = _filled(rest, columns, space - _LAST)
            if not after:
                return [*pages, some]
        pages.append(some)
        rest = after


def _filled(rows: Sequence[Row], columns: int, space: float) -> tuple[list[Column], list[Row]]:
    """Return the columns of a page, each `space` mm high, and the rows that go on elsewhere."""
    page, rest = list[Column](), list(rows)
    for _ in range(columns):
        column, left = Column(), space
        if rest and rest[0].line is not None:
            column.append(Row(_GROUP, f"{rest[0].group}{CommonWords.CONTINUED}"))
            left -= _GROUP
        while rest and rest[0].height + (_ROW if rest[0].line is None else 0) <= left:
            left -= rest[0].height
            column.append(rest.pop(0))
        page.append(column)
    return page, rest


def _head(paper: Paper, value: YearEndSheet, rule: Passage) -> float:
    """Draw title, rule and state; return where the columns begin, in mm."""
    paper.text(_WIDTH / 2, _TOP + 5, value.title, size=18, weight=BOLD, align=0.5, fit=_WIDE)
    below = rule.draw(paper, _MARGIN, _TOP + 9)
    paper.text(_MARGIN, below + 4.5, value.state, size=10, ink=GREY, fit=_WIDE)
    return below + 10


def _column(paper: Paper, column: Column, layout: Layout, left: float, top: float) -> None:
    """Draw the names of what stands in a column, and its rows; nothing where it has none."""
    if not column:
        return
    figures = Words.FIGURES.split()
    heads = (Words.CODE, Words.NAME, *(figures[place] for place in layout.shown), Words.SIGNED)
    _cells(paper, top + 4, heads, layout, left, grey=True)
    right, y = left + layout.wide, top + 6.5
    paper.line(left, y, right, y, ink=INK, thickness=0.35)
    for row in column:
        low = y + row.height
        if row.line is None:
            paper.text(left + 1, low - 2.1, row.group, size=10, weight=BOLD, fit=layout.wide - 2)
        else:
            _household(paper, row, row.line, layout, left, y)
        paper.line(left, low, right, low, ink=INK if row.line is None else HAIR, thickness=0.15)
        y = low


def _household(paper: Paper, row: Row, line: Line, layout: Layout, left: float, top: float) -> None:
    """Draw one household, its name on several lines where one is too short, and where it signs."""
    name = "" if row.name else line.name
    figures = (line.figures[place] for place in layout.shown)
    below = top + row.height - _ROW if row.above else top
    _cells(paper, below + 4.8, (line.code, name, *figures, ""), layout, left)
    if row.name:
        row.name.draw(paper, left + 1 + (0 if row.above else layout.code), top + 1.2)
    signs = left + layout.code + layout.name + len(layout.shown) * layout.figure + 1.5
    paper.line(signs, below + 1, signs, top + row.height - 1, ink=HAIR, thickness=0.15)


def _cells(
    paper: Paper, y: float, cells: Sequence[str], layout: Layout, left: float, *, grey: bool = False
) -> None:
    """Draw the cells of a row, figures on the right."""
    count, ink, size = len(layout.shown), GREY if grey else INK, 9 if grey else 10
    wides = (layout.code, layout.name, *[layout.figure] * count, 0.0)
    for place, (text, wide) in enumerate(zip(cells, wides, strict=True)):
        is_figure = 2 <= place < 2 + count
        x = left + wide - 0.5 if is_figure else left + (1 if place < 2 else 2.5)
        weight = BOLD if place == 1 and not grey else REGULAR
        fit = wide - (1.2 if is_figure else 2) if wide else 20
        paper.text(x, y, text, size=size, weight=weight, ink=ink, align=float(is_figure), fit=fit)
        left += wide


def _foot(paper: Paper, value: YearEndSheet, layout: Layout) -> None:
    """Draw what all come to, and three places to sign, each with its day."""
    names, top = Words.FIGURES.split(), _BOTTOM - _LAST + 9
    sums = "，".join(f"{names[place]}{value.sums[place]}{CommonWords.POINT}" for place in layout.shown)
    words = f"{Words.SUM.format(count=len(value.lines))}{sums}"
    paper.line(_MARGIN, top - 6, _WIDTH - _MARGIN, top - 6, ink=INK, thickness=0.35)
    paper.text(_MARGIN + 1, top, words, size=11, weight=BOLD, fit=_WIDE - 2)
    third = _WIDE / 3
    for place, label in enumerate((Words.FIRST, Words.SECOND, Words.SUPERVISOR)):
        left = _MARGIN + place * third
        for signed, y in ((label, top + 15.0), (Words.DAY, top + 28.0)):
            wide = paper.text(left, y, signed, size=11, ink=GREY)
            paper.line(left + wide + 2, y + 1.2, left + third - 6, y + 1.2, ink=INK, thickness=0.3)
