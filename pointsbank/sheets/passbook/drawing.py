"""A household's statement drawn: its head and sums, a line for each entry, what is carried, the close."""

from collections.abc import Sequence
from typing import BinaryIO

from pointsbank.printing import (
    BOLD,
    GREY,
    HAIR,
    INK,
    REGULAR,
    FontSet,
    Paper,
    Passage,
    starts,
)
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.passbook.close import Close
from pointsbank.sheets.passbook.form import LARGE, SMALL, Form, Line
from pointsbank.sheets.passbook.head import Head
from pointsbank.sheets.passbook.lines import carried, line_of, total
from pointsbank.sheets.passbook.values import Passbook, Words

_GAP, _PAD, _FOOT = 2.0, 1.2, 5.0
_LEADING = 1.3


def draw(value: Passbook, case: FontSet, out: BinaryIO) -> int:
    """Write the statement, on as many pages as its entries need."""
    form = SMALL if value.is_small else LARGE
    paper = Paper(out, case, width=form.wide, height=form.high, title=f"{Words.TITLE} {value.code}")
    table = _Table(paper, form)
    head, close = Head(paper, form, value), Close(paper, form, value)
    lines = [line_of(row) for row in value.rows]
    pages = _pages(value, form, [table.height(line) for line in lines], table, head, close)
    for page, (start, end) in enumerate(pages, start=1):
        y = head.draw() if page == 1 else _draw_again(paper, form, value)
        y = table.draw_head(y)
        if page > 1:
            y = table.draw(carried(value.rows[:start], value, Words.BROUGHT), y)
        for line in lines[start:end]:
            y = table.draw(line, y)
        if page < len(pages):
            table.draw(carried(value.rows[:end], value, Words.OVERLEAF), y)
        else:
            y = y if lines else _draw_nothing(paper, form, y)
            close.draw(table.draw(total(value), y))
        foot = CommonWords.PAGE.format(page=page, pages=len(pages))
        low = form.high - form.margin
        paper.text(form.wide - form.margin, low, foot, size=9, ink=GREY, align=1)
        paper.text(form.margin, low, Words.ORDER, size=9, ink=GREY, fit=form.space - 30)
        paper.turn()
    paper.finish()
    return len(pages)


def _pages(
    value: Passbook, form: Form, heights: Sequence[float], table: "_Table", head: Head, close: Close
) -> list[tuple[int, int]]:
    """Return the first line of each page and the one behind its last.

    Each page but the last ends with what is carried overleaf; there the sum stands in its place.
    """
    over = table.height(carried(value.rows, value, Words.OVERLEAF))
    space = form.high - form.margin - _FOOT - table.head_height
    first = space - head.height - over
    if not heights:
        return [(0, 0)] if close.height + form.size <= first else [(0, 0), (0, 0)]
    other = space - form.margin - form.size - 2 * over
    return starts(heights, first=first, other=other, close=close.height, along=1)


class _Table:
    """Draws lines below each other."""

    def __init__(self, paper: Paper, form: Form) -> None:
        self._paper, self._form = paper, form
        lines = max(1 + column.title.count("、") for column in form.columns)
        self.head_height = lines * form.size * _LEADING * 0.3528 + 2 * _PAD

    def draw_head(self, y: float) -> float:
        """Draw the heads of the columns; return where the lines begin."""
        form, x = self._form, self._form.margin
        for column in form.columns:
            parts = [self._passage(each, column.wide, INK, BOLD) for each in column.title.split("、")]
            self._stack(parts, x, y, column.wide, is_number=column.is_number)
            x += column.wide
        y += self.head_height
        self._paper.line(form.margin, y, form.wide - form.margin, y, ink=INK, thickness=0.35)
        return y

    def height(self, line: Line) -> float:
        """Return how high a line is, in mm."""
        return max(sum(one.height for one in cell) for cell in self._cells(line)) + 2 * _PAD

    def draw(self, line: Line, y: float) -> float:
        """Draw a line; return where the next begins."""
        form, x = self._form, self._form.margin
        for column, cell in zip(form.columns, self._cells(line), strict=True):
            self._stack(cell, x, y, column.wide, is_number=column.is_number)
            x += column.wide
        y += self.height(line)
        self._paper.line(form.margin, y, form.wide - form.margin, y, ink=HAIR, thickness=0.15)
        return y

    def _cells(self, line: Line) -> list[list[Passage]]:
        weight = BOLD if line.is_sum else REGULAR
        cells = []
        for column in self._form.columns:
            parts = enumerate(each for each in column.parts(line) if each)
            cells.append(
                [
                    self._passage(each, column.wide, GREY if place and not line.is_sum else INK, weight)
                    for place, each in parts
                ]
            )
        return cells

    def _passage(self, words: str, wide: float, ink: object, weight: int) -> Passage:
        form = self._form
        return Passage(
            self._paper.case,
            words,
            width=wide - _GAP,
            size=form.size,
            weight=weight,
            ink=ink,
            leading=_LEADING,
            lines=form.lines,
        )

    def _stack(self, parts: Sequence[Passage], x: float, y: float, wide: float, *, is_number: bool) -> None:
        y += _PAD
        for one in parts:
            shift = max(wide - _GAP - one.wide, 0) if is_number else 0
            y = one.draw(self._paper, x + shift, y)


def _draw_again(paper: Paper, form: Form, value: Passbook) -> float:
    """Draw a further page's head: whose statement it goes on with."""
    y = form.margin + form.size * 0.4
    wide = paper.text(form.margin, y, f"{Words.TITLE}{CommonWords.CONTINUED}", size=form.size, weight=BOLD)
    whose = f"{Words.NUMBER}{value.code} {value.span}"
    paper.text(form.wide - form.margin, y, whose, size=form.size, align=1, fit=form.space - wide - 4)
    return form.margin + form.size


def _draw_nothing(paper: Paper, form: Form, y: float) -> float:
    paper.text(form.margin, y + form.size * 0.6, Words.NOTHING, size=form.size, ink=GREY)
    return y + form.size
