"""Tables on paper: heads again on each page, nothing in a cell left out, numbers at the right."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pointsbank.printing.fonts import FontSet
from pointsbank.printing.glyphs import BOLD, REGULAR
from pointsbank.printing.paper import GREY, HAIR, INK, Paper
from pointsbank.printing.passages import Passage

_SIZE, _TITLE_SIZE = 10.5, 14.0
_GAP, _PAD, _TITLE, _ABOUT, _BELOW = 3.0, 1.6, 7.0, 2.2, 7.0
_LINES = 40
"""Of one cell: all that anybody writes; what is beyond would fill a page alone."""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: `wides` are shares of the width, `numbers` the columns (from 0) that stand right.

    One without a title stands below something that names it.
    """

    title: str
    about: str
    columns: tuple[str, ...]
    wides: tuple[int, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """Where on a page tables may stand, in mm."""

    left: float
    wide: float
    top: float
    bottom: float


def draw_tables(
    paper: Paper, tables: Iterable[PrintedTable], field: Field, y: float, turn: Callable[[], None]
) -> float:
    """Draw tables below each other from y on and return where the last ends.

    Args:
        turn: ends a page and begins the next.
    """
    for table in tables:
        y = _draw_table(paper, table, field, y, turn)
    return y


def _draw_table(paper: Paper, table: PrintedTable, field: Field, y: float, turn: Callable[[], None]) -> float:
    wides = [field.wide * one / sum(table.wides) for one in table.wides]
    about = Passage(paper.case, table.about, width=field.wide, size=_SIZE, ink=GREY)
    heads = _cells(paper.case, wides, table.columns, weight=BOLD)
    rows = [_cells(paper.case, wides, row) for row in table.rows]
    heights = [_height(row) for row in rows]
    if table.title:
        above = _TITLE + about.height + 2 * _ABOUT
        if y + above + (_height(heads) + heights[0] if heights else 0) > field.bottom:
            turn()
            y = field.top
        paper.text(field.left, y + 6, table.title, size=_TITLE_SIZE, weight=BOLD, fit=field.wide)
        y += _TITLE
    y = about.draw(paper, field.left, y + _ABOUT) + _ABOUT
    if rows:
        y = _draw_head(paper, table, field, wides, heads, y)
    for row, height in zip(rows, heights, strict=True):
        if y + height > field.bottom:
            turn()
            y = _draw_head(paper, table, field, wides, heads, field.top)
        _draw_row(paper, table, field, wides, row, y)
        y += height
        paper.line(field.left, y, field.left + field.wide, y, ink=HAIR, thickness=0.15)
    return y + _BELOW


def _height(cells: Sequence[Passage]) -> float:
    """Return how high a row is, in mm."""
    return max(one.height for one in cells) + 2 * _PAD


def _cells(
    case: FontSet, wides: Sequence[float], row: Sequence[str], *, weight: int = REGULAR
) -> list[Passage]:
    return [
        Passage(case, words, width=wide - _GAP, size=_SIZE, leading=1.25, lines=_LINES, weight=weight)
        for words, wide in zip(row, wides, strict=True)
    ]


def _draw_head(
    paper: Paper,
    table: PrintedTable,
    field: Field,
    wides: Sequence[float],
    heads: Sequence[Passage],
    y: float,
) -> float:
    """Draw the columns' heads, a long one over several lines; a smaller letter would be read by nobody."""
    _draw_row(paper, table, field, wides, heads, y)
    y += _height(heads)
    paper.line(field.left, y, field.left + field.wide, y, ink=INK, thickness=0.3)
    return y


def _draw_row(
    paper: Paper, table: PrintedTable, field: Field, wides: Sequence[float], row: Sequence[Passage], y: float
) -> None:
    x = field.left
    for place, (one, wide) in enumerate(zip(row, wides, strict=True)):
        shift = wide - _GAP - one.wide if place in table.numbers else 0
        one.draw(paper, x + max(shift, 0), y + _PAD)
        x += wide
