"""Draws the oversight of some months: five tables, each below a sentence of what it comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import accumulate
from typing import Any, BinaryIO

from pointsbank.printing import BOLD, CELL_LINE, GREY, HAIR, INK, FontSet, Paper, Passage, wrapped
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.oversight.values import OversightSheet, Words

_SHEET = (210.0, 297.0)
_MARGIN, _TOP, _BOTTOM = 15.0, 20.0, 280.0
_WIDE = _SHEET[0] - 2 * _MARGIN
_HEAD, _ROW, _GAP = 20.0, 6.4, 8.0
_SIZE = 9.5
_AFTER_NUMBERS = 3.0


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: its columns' names, widths in mm, those that hold numbers, and its rows."""

    title: str
    about: str
    columns: Sequence[str]
    widths: Sequence[float]
    numbers: frozenset[int]
    rows: Sequence[Sequence[str]]

    def shift(self, place: int) -> float:
        """Return how far words stand from the column's left: numbers before them end where it begins."""
        return _AFTER_NUMBERS if place - 1 in self.numbers and place not in self.numbers else 0.0


def draw(value: OversightSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages; a table that goes on has its columns' names on each page."""
    title = Words.TITLE.format(village=value.village)
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=f"{title} {value.period}")
    pages = _pages(case, _tables(value))
    for number, parts in enumerate(pages, start=1):
        if number == 1:
            paper.text(_SHEET[0] / 2, _TOP + 4, title, size=19, weight=BOLD, align=0.5, fit=_WIDE)
            paper.text(_SHEET[0] / 2, _TOP + 12, value.period, size=11.5, ink=GREY, align=0.5, fit=_WIDE)
        for top, table, start, end in parts:
            _draw_part(paper, top, table, start, end)
        foot = CommonWords.PAGE.format(page=number, pages=len(pages))
        paper.text(_SHEET[0] - _MARGIN, 289, foot, size=9, ink=GREY, align=1)
        paper.text(_MARGIN, 289, Words.KEPT, size=9, ink=GREY, fit=140)
        paper.turn()
    paper.finish()
    return len(pages)


def _tables(value: OversightSheet) -> Iterator[_Table]:
    yield _table(
        Words.KIN,
        value.kin_about,
        Words.KIN_COLUMNS,
        (20, 20, 19, 33, 16, 11, 13, 13, 13, 22),
        range(5, 9),
        value.kin,
    )
    yield _table(
        Words.ITEMS,
        value.items_about,
        Words.ITEMS_COLUMNS,
        (17, 68, 15, 15, 21, 13, 13, 18),
        range(2, 7),
        value.items,
    )
    yield _table(
        Words.PACE,
        value.pace_about,
        Words.PACE_COLUMNS,
        (34, 20, 20, 20, 32, 32, 22),
        range(1, 7),
        value.pace,
    )
    yield _table(
        Words.MARKS,
        value.marks_about,
        Words.MARKS_COLUMNS,
        (17, 68, 15, 20, 38, 22),
        range(2, 6),
        value.marks,
    )
    yield _table(
        Words.COUNTER,
        value.counter_about,
        Words.COUNTER_COLUMNS,
        (60, 22, 22, 26, 24, 26),
        range(1, 6),
        value.counter,
    )


def _table(
    title: str, about: str, columns: str, widths: Sequence[float], numbers: range, lines: Sequence[Any]
) -> _Table:
    rows = [tuple(map(str, astuple(one))) for one in lines]
    return _Table(str(title), about, columns.split(), widths, frozenset(numbers), rows)


def _pages(case: FontSet, tables: Iterator[_Table]) -> list[list[tuple[float, _Table, int, int]]]:
    """Return for each page which rows of which table stand where, in mm from the top."""
    pages: list[list[tuple[float, _Table, int, int]]] = [[]]
    top = _TOP + 18
    for table in tables:
        start, ends = 0, [*accumulate((_height(case, table, row) for row in table.rows), initial=0.0)]
        while True:
            high = _BOTTOM - top - _HEAD
            space = (
                sum(end - ends[start] <= high for end in ends[start + 1 :]) if table.rows else high // _ROW
            )
            # A head with less than three rows below it says nothing.
            if space < min(3, max(len(table.rows) - start, 1)) and pages[-1]:
                pages.append([])
                top = _TOP
                continue
            end = min(len(table.rows), start + max(int(space), 1))
            pages[-1].append((top, table, start, end))
            top += _HEAD + max(ends[end] - ends[start], _ROW) + _GAP
            start = end
            if start >= len(table.rows):
                break
    return pages


def _draw_part(paper: Paper, top: float, table: _Table, start: int, end: int) -> None:
    """Draw some rows of a table below its head."""
    paper.text(_MARGIN, top + 4, table.title, size=12.5, weight=BOLD, fit=_WIDE)
    paper.text(_MARGIN, top + 10, table.about, size=10, ink=GREY, fit=_WIDE)
    _draw_row(paper, top + 16.5, table, table.columns, ink=GREY, size=9)
    paper.line(_MARGIN, top + 18.2, _SHEET[0] - _MARGIN, top + 18.2, ink=INK, thickness=0.3)
    y = top + _HEAD
    for words in table.rows[start:end] or [(Words.NOTHING,)]:
        _draw_row(paper, y + 3.4, table, words, ink=INK, size=_SIZE)
        y += _height(paper.case, table, words)
        paper.line(_MARGIN, y - 1.4, _SHEET[0] - _MARGIN, y - 1.4, ink=HAIR, thickness=0.15)


def _cells(
    case: FontSet, table: _Table, words: Sequence[str], size: float
) -> Iterator[tuple[str, float, bool, Passage | None]]:
    """Yield the words of a row, in how many mm, whether they are a number, and their lines if several."""
    for place, (word, wide) in enumerate(zip(words, table.widths, strict=False)):
        is_number = place in table.numbers
        wide -= table.shift(place)
        yield word, wide, is_number, None if is_number else wrapped(case, word, width=wide - 2, size=size)


def _height(case: FontSet, table: _Table, words: Sequence[str]) -> float:
    """Return how high a row is, in mm."""
    lines = [len(long.lines) for _, _, _, long in _cells(case, table, words, _SIZE) if long]
    return _ROW + (max(lines, default=1) - 1) * CELL_LINE


def _draw_row(paper: Paper, y: float, table: _Table, words: Sequence[str], *, ink: Any, size: float) -> None:
    x = _MARGIN
    for place, (word, wide, is_number, long) in enumerate(_cells(paper.case, table, words, size)):
        x += table.shift(place)
        if is_number:
            paper.text(x + wide - 2, y, word, size=size, ink=ink, align=1, fit=wide - 2)
        elif long:
            long.draw_on(paper, x, y)
        else:
            paper.text(x, y, word, size=size, ink=ink, fit=wide - 2)
        x += wide
