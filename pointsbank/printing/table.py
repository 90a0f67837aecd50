"""Tables on paper: heads again on each page, cells of up to four lines, numbers at the right."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pointsbank.printing.fonts import FontSet
from pointsbank.printing.glyphs import BOLD
from pointsbank.printing.paper import GREY, HAIR, INK, Paper
from pointsbank.printing.passages import Passage

_SIZE, _HEAD_SIZE, _TITLE_SIZE = 10.5, 10.0, 14.0
_GAP, _PAD, _HEAD, _BELOW = 2.0, 1.6, 17.0, 7.0
_LINES = 4


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: `wides` are shares of the width, `numbers` the columns (from 0) that stand right."""

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
    rows = [_cells(paper.case, wides, row) for row in table.rows]
    heights = [max(one.height for one in row) + 2 * _PAD for row in rows]
    if y + _HEAD + 8 + (heights[0] if heights else 0) > field.bottom:
        turn()
        y = field.top
    paper.text(field.left, y + 6, table.title, size=_TITLE_SIZE, weight=BOLD, fit=field.wide)
    paper.text(field.left, y + 13, table.about, size=_SIZE, ink=GREY, fit=field.wide)
    y += _HEAD
    if rows:
        y = _draw_head(paper, table, field, wides, y)
    for row, height in zip(rows, heights, strict=True):
        if y + height > field.bottom:
            turn()
            y = _draw_head(paper, table, field, wides, field.top)
        _draw_row(paper, table, field, wides, row, y)
        y += height
        paper.line(field.left, y, field.left + field.wide, y, ink=HAIR, thickness=0.15)
    return y + _BELOW


def _cells(case: FontSet, wides: Sequence[float], row: Sequence[str]) -> list[Passage]:
    return [
        Passage(case, words, width=wide - _GAP, size=_SIZE, leading=1.25, lines=_LINES)
        for words, wide in zip(row, wides, strict=True)
    ]


def _draw_head(paper: Paper, table: PrintedTable, field: Field, wides: Sequence[float], y: float) -> float:
    x = field.left
    for place, (words, wide) in enumerate(zip(table.columns, wides, strict=True)):
        at_right = place in table.numbers
        edge = x + wide - _GAP if at_right else x
        align = 1 if at_right else 0
        paper.text(edge, y + 4.2, words, size=_HEAD_SIZE, weight=BOLD, align=align, fit=wide - _GAP)
        x += wide
    paper.line(field.left, y + 6, field.left + field.wide, y + 6, ink=INK, thickness=0.3)
    return y + 6


def _draw_row(
    paper: Paper, table: PrintedTable, field: Field, wides: Sequence[float], row: Sequence[Passage], y: float
) -> None:
    x = field.left
    for place, (one, wide) in enumerate(zip(row, wides, strict=True)):
        shift = wide - _GAP - one.wide if place in table.numbers else 0
        one.draw(paper, x + max(shift, 0), y + _PAD)
        x += wide
