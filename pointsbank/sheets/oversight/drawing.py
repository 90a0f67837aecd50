"""Draws the oversight of some months: five tables, each below a sentence of what it comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import Any, BinaryIO

from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.oversight.values import OversightSheet, Words

_SHEET = (210.0, 297.0)
_MARGIN, _TOP, _BOTTOM = 15.0, 20.0, 280.0
_WIDE = _SHEET[0] - 2 * _MARGIN
_HEAD, _ROW, _GAP = 20.0, 6.4, 8.0


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: its columns' names, widths in mm, those that hold numbers, and its rows."""

    title: str
    about: str
    columns: Sequence[str]
    widths: Sequence[float]
    numbers: frozenset[int]
    rows: Sequence[Sequence[str]]


def draw(value: OversightSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages; a table that goes on has its columns' names on each page."""
    title = Words.TITLE.format(village=value.village)
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=f"{title} {value.period}")
    pages = _pages(_tables(value))
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
        (21, 20, 31, 20, 16, 11, 13, 13, 13, 22),
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


def _pages(tables: Iterator[_Table]) -> list[list[tuple[float, _Table, int, int]]]:
    """Return for each page which rows of which table stand where, in mm from the top."""
    pages: list[list[tuple[float, _Table, int, int]]] = [[]]
    top = _TOP + 18
    for table in tables:
        start = 0
        while True:
            space = int((_BOTTOM - top - _HEAD) // _ROW)
            # A head with less than three rows below it says nothing.
            if space < min(3, max(len(table.rows) - start, 1)):
                pages.append([])
                top = _TOP
                continue
            end = min(len(table.rows), start + space)
            pages[-1].append((top, table, start, end))
            top += _HEAD + max(end - start, 1) * _ROW + _GAP
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
    for row, words in enumerate(table.rows[start:end] or [(Words.NOTHING,)]):
        y = top + _HEAD + row * _ROW
        _draw_row(paper, y + 3.4, table, words, ink=INK, size=9.5)
        paper.line(_MARGIN, y + 5, _SHEET[0] - _MARGIN, y + 5, ink=HAIR, thickness=0.15)


def _draw_row(paper: Paper, y: float, table: _Table, words: Sequence[str], *, ink: Any, size: float) -> None:
    x = _MARGIN
    for place, (word, wide) in enumerate(zip(words, table.widths, strict=False)):
        if place in table.numbers:
            paper.text(x + wide - 2, y, word, size=size, ink=ink, align=1, fit=wide - 2)
        else:
            paper.text(x, y, word, size=size, ink=ink, fit=wide - 2)
        x += wide
