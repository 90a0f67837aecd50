"""Draws the pay sheet of keepers: a table across A4, and who made, agreed and paid."""

from typing import BinaryIO

from pointsbank.printing import BOLD, GREY, HAIR, INK, REGULAR, FontSet, Paper, fitted
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.keeper_pay.values import Line, PaySheet, Words

_WIDTH, _HEIGHT = 297.0, 210.0
_MARGIN, _TOP = 15.0, 18.0
_RIGHT = _WIDTH - _MARGIN
_ROW = 17.0
_ROWS = 7
_COLUMNS = (15.0, 26.0, 74.0, 130.0, 142.0, 160.0, 180.0, 231.0, 252.0, _RIGHT)
"""Where the columns begin, in mm, and where the last one ends."""


def draw(value: PaySheet, case: FontSet, out: BinaryIO) -> int:
    """Write the sheet; each page has its head, the last one who made, agreed and paid."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.title)
    starts = range(0, max(1, len(value.lines)), _ROWS)
    for page, start in enumerate(starts, start=1):
        _draw_head(paper, value)
        y = _TOP + 30
        for line in value.lines[start : start + _ROWS]:
            _draw_line(paper, line, y)
            y += _ROW
        _draw_rules(paper, _TOP + 22, y)
        if page == len(starts):
            _draw_foot(paper)
        foot = CommonWords.PAGE.format(page=page, pages=len(starts))
        paper.text(_RIGHT, 203, foot, size=9.5, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(starts)


def _draw_head(paper: Paper, value: PaySheet) -> None:
    paper.text(_WIDTH / 2, _TOP + 5, value.title, size=20, weight=BOLD, align=0.5, fit=_RIGHT - _MARGIN)
    paper.text(_MARGIN, _TOP + 13, value.how, size=10.5, ink=GREY, fit=_RIGHT - _MARGIN)
    if value.open:
        paper.text(_MARGIN, _TOP + 19, value.open, size=11.5, weight=BOLD, fit=_RIGHT - _MARGIN)
    heads = (
        *(Words.NUMBER, Words.KEEPER, Words.MONTHS, Words.CHECKS),
        *(Words.SCORE, Words.GRADE, Words.STEP, Words.PAID_OUT, Words.SIGNED),
    )
    for left, right, words in zip(_COLUMNS, _COLUMNS[1:], heads, strict=False):
        paper.text(left + 1.5, _TOP + 27.5, words, size=10.5, ink=GREY, fit=right - left - 2)


def _draw_line(paper: Paper, line: Line, top: float) -> None:
    """Draw one keeper: name over code, the months over what is said of failed checks."""
    middle = top + 10.2
    cells = (
        *((line.number, 12, False), (line.keeper, 12.5, True), (line.months, 11, False)),
        *((line.checks, 12, False), (line.score, 14, True), (line.grade, 12.5, True)),
    )
    lines = 1 + bool(line.later) + bool(line.warned)
    lifted = {1: 2.4, 2: 2.3 * (lines - 1)}
    for place, ((words, size, bold), left, right) in enumerate(
        zip(cells, _COLUMNS, _COLUMNS[1:], strict=False)
    ):
        weight = BOLD if bold else REGULAR
        # Two lines of a name: the code below them says whose it is.
        y = middle - lifted.get(place, 0.0)
        paper.text(left + 1.5, y, words, size=size, fit=right - left - 3, lines=2, weight=weight)
    wide = _COLUMNS[7] - _COLUMNS[6] - 3
    step = fitted(paper.case, line.step, width=wide, height=_ROW - 0.2, size=12, smallest=9, leading=1.05)
    step.draw(paper, _COLUMNS[6] + 1.5, top + (_ROW - step.height) / 2)
    paper.text(_COLUMNS[1] + 1.5, top + 13, line.code, size=9.5, ink=GREY, fit=44)
    below = middle - lifted[2] + 4.9
    if line.later:
        paper.text(_COLUMNS[2] + 1.5, below, line.later, size=11, fit=_COLUMNS[3] - _COLUMNS[2] - 3)
        below += 4.9
    if line.warned:
        paper.text(_COLUMNS[2] + 1.5, below, line.warned, size=9.5, fit=_COLUMNS[3] - _COLUMNS[2] - 3)


def _draw_rules(paper: Paper, top: float, bottom: float) -> None:
    """Draw the frame of the table, a line under each row, one between columns."""
    rows = [top, top + 8]
    while rows[-1] + _ROW <= bottom + 0.01:
        rows.append(rows[-1] + _ROW)
    paper.lines([(_MARGIN, y, _RIGHT, y) for y in rows], ink=HAIR, thickness=0.25)
    paper.lines([(x, top, x, bottom) for x in _COLUMNS], ink=HAIR, thickness=0.25)
    edges = [(_MARGIN, top, _RIGHT, top), (_MARGIN, bottom, _RIGHT, bottom)]
    edges += [(_MARGIN, top, _MARGIN, bottom), (_RIGHT, top, _RIGHT, bottom)]
    paper.lines(edges, ink=INK, thickness=0.5)


def _draw_foot(paper: Paper) -> None:
    """Draw the sum to be written, and who made, agreed and paid."""
    wide = paper.text(_MARGIN, 180, Words.SUM, size=12, ink=GREY)
    paper.line(_MARGIN + wide + 2, 181, _MARGIN + 150, 181, ink=INK, thickness=0.3)
    third = (_RIGHT - _MARGIN) / 3
    for place, words in enumerate((Words.MADE, Words.AGREED, Words.PAID)):
        left = _MARGIN + place * third
        wide = paper.text(left, 194, words, size=12, ink=GREY)
        paper.line(left + wide + 2, 195, left + third - 8, 195, ink=INK, thickness=0.3)
