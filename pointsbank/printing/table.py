"""Tables on paper: heads again on each page, nothing in a cell left out, numbers at the right."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pointsbank.printing.fonts import FontSet
from pointsbank.printing.glyphs import BOLD, REGULAR
from pointsbank.printing.paper import GREY, HAIR, INK, Paper
from pointsbank.printing.passages import Passage

_SIZE, _TITLE_SIZE = 10.5, 14.0
_AFTER_NUMBERS = 5.0
"""Millimetres before a column of words that stands behind one of numbers: these end where those begin."""
_GAP, _PAD, _TITLE, _ABOUT, _BELOW = 3.0, 1.6, 7.0, 2.2, 7.0
_ALONG = 3
"""Rows that stand below a table's head at least, before it goes on overleaf."""
_LAST = 2
"""Rows that go overleaf with what closes the last table."""
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
    paper: Paper,
    tables: Iterable[PrintedTable],
    field: Field,
    y: float,
    turn: Callable[[], None],
    *,
    close: float = 0.0,
) -> float:
    """Draw tables below each other from y on and return where the last ends.

    Args:
        turn: ends a page and begins the next.
        close: what stands below the last table, in mm: its last rows go overleaf with it, for a page with
            nothing but signatures could be put behind anything.
    """
    every = list(tables)
    for place, table in enumerate(every, start=1):
        y = _draw_table(paper, table, field, y, turn, close if place == len(every) else 0.0)
    return y


def _draw_table(
    paper: Paper, table: PrintedTable, field: Field, y: float, turn: Callable[[], None], close: float
) -> float:
    about = Passage(paper.case, table.about, width=field.wide, size=_SIZE, ink=GREY)
    places = _places(table, field)
    heads = _cells(paper.case, places, table.columns, weight=BOLD)
    rows = [_cells(paper.case, places, row) for row in table.rows]
    heights = [_height(row) for row in rows]
    if table.title:
        above = _TITLE + about.height + 2 * _ABOUT
        below = _height(heads) + sum(heights[:_ALONG]) if heights else 0
        if y + above + below + (_BELOW + close if close and len(heights) <= _ALONG else 0) > field.bottom:
            turn()
            y = field.top
        paper.text(field.left, y + 6, table.title, size=_TITLE_SIZE, weight=BOLD, fit=field.wide)
        y += _TITLE
    y = about.draw(paper, field.left, y + _ABOUT) + _ABOUT
    if rows:
        y = _draw_head(paper, table, field, places, heads, y)
    for place, (row, height) in enumerate(zip(rows, heights, strict=True)):
        last = sum(heights[place:]) + _BELOW + close if place == len(rows) - _LAST else 0
        if y + (last if close and len(rows) > _ALONG else height) > field.bottom:
            turn()
            y = _draw_head(paper, table, field, places, heads, field.top)
        _draw_row(paper, table, places, row, y)
        y += height
        paper.line(field.left, y, field.left + field.wide, y, ink=HAIR, thickness=0.15)
    return y + _BELOW


def _places(table: PrintedTable, field: Field) -> list[tuple[float, float]]:
    """Return for each column where its words begin and how wide they may be, in mm."""
    places, x = [], field.left
    for place, share in enumerate(table.wides):
        wide = field.wide * share / sum(table.wides)
        behind = place not in table.numbers and place - 1 in table.numbers
        shift = _AFTER_NUMBERS if behind else 0.0
        places.append((x + shift, wide - shift - _GAP))
        x += wide
    return places


def _height(cells: Sequence[Passage]) -> float:
    """Return how high a row is, in mm."""
    return max(one.height for one in cells) + 2 * _PAD


def _cells(
    case: FontSet, places: Sequence[tuple[float, float]], row: Sequence[str], *, weight: int = REGULAR
) -> list[Passage]:
    return [
        Passage(case, words, width=wide, size=_SIZE, leading=1.25, lines=_LINES, weight=weight)
        for words, (_, wide) in zip(row, places, strict=True)
    ]


def _draw_head(
    paper: Paper,
    table: PrintedTable,
    field: Field,
    places: Sequence[tuple[float, float]],
    heads: Sequence[Passage],
    y: float,
) -> float:
    """Draw the columns' heads, a long one over several lines; a smaller letter would be read by nobody."""
    _draw_row(paper, table, places, heads, y)
    y += _height(heads)
    paper.line(field.left, y, field.left + field.wide, y, ink=INK, thickness=0.3)
    return y


def _draw_row(
    paper: Paper,
    table: PrintedTable,
    places: Sequence[tuple[float, float]],
    row: Sequence[Passage],
    y: float,
) -> None:
    for place, (one, (x, wide)) in enumerate(zip(row, places, strict=True)):
        shift = wide - one.wide if place in table.numbers else 0
        one.draw(paper, x + max(shift, 0), y + _PAD)
