"""Draws score sheets by `omr.layout`: frames in black, everything else where it disturbs no box."""

from typing import BinaryIO

from reportlab.lib.colors import HexColor, black

from pointsbank.omr.layout import (
    BAR_HEIGHT,
    BOX,
    CODE_SIDE,
    FRAME,
    LABELS_LEFT,
    LABELS_RIGHT,
    PAGE,
    REMARKS_LEFT,
    REMARKS_RIGHT,
    ROW_PITCH,
    bar_middles,
    box_middle,
    code_corners,
)
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper, path
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.sheet.values import ItemHead, Page, ScoreSheet, Words

RULE = 100.0
"""Millimetres of the rule at the foot."""

SMALLEST_ON_SHEET = 7.0
"""Points, of the numbers beside rows of 6 mm that a machine reads; names are 7.2 points at least."""

_STRIPE = HexColor("#f3f2f0")
_HEAD_LEFT, _HEAD_WIDTH = 28.0, 31.0
_COLUMNS = (LABELS_LEFT, LABELS_LEFT + 7, LABELS_LEFT + 23)
"""Where a row's place, 户号 and name begin."""
_FOOT_LEFT, _FOOT_WIDTH = 29.0, 152.0
_ITEMS_FROM = 34.8
"""The lower end of the items' titles, which run upwards."""


def draw(value: ScoreSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages of each group, each a sheet of its own."""
    paper = Paper(
        out, case, width=PAGE[0], height=PAGE[1], title=Words.TITLE, exact=True, smallest=SMALLEST_ON_SHEET
    )
    for page in value.pages:
        which = CommonWords.PAGE.format(page=page.place, pages=page.pages)
        _corners(paper, page)
        _head(paper, value, page, which)
        for column, head in enumerate(value.heads):
            _item(paper, column, head)
        _rows(paper, page, len(value.heads))
        _foot(paper, page, which)
        paper.turn()
    paper.finish()
    return len(value.pages)


def _corners(paper: Paper, page: Page) -> None:
    for corner, text in enumerate(page.corners):
        x, y = code_corners(corner)[0]
        paper.code(x, y, CODE_SIDE, path(text))


def _head(paper: Paper, value: ScoreSheet, page: Page, which: str) -> None:
    """Village, meeting, group and page, in the space beside the first code."""
    x, width = _HEAD_LEFT, _HEAD_WIDTH
    paper.text(x, 12.5, value.village, size=9, ink=GREY, fit=width)
    paper.text(x, 18.6, Words.TITLE, size=15, weight=BOLD)
    paper.text(x, 23.4, page.group, size=10, weight=BOLD, fit=width)
    paper.text(x, 27.6, value.meeting, size=8.5, fit=width)
    paper.text(x, 31.6, value.day, size=8.5, fit=width)
    for name, left in zip(Words.COLUMNS.split(), _COLUMNS, strict=True):
        paper.text(left, 36.8, name, size=7.5, ink=GREY)
    paper.text(REMARKS_LEFT + 4, 36.8, Words.REMARKS, size=7.5, ink=GREY)
    paper.text(LABELS_LEFT, 31.6, which, size=8.5, weight=BOLD, fit=17)


def _item(paper: Paper, column: int, head: ItemHead) -> None:
    """The item's number, and its title beside it, running upwards."""
    middle = box_middle(0, column).x
    size, canvas = 8.0, paper.canvas
    lines = (head.code, *head.lines)
    for number, text in enumerate(lines):
        x = middle + (number - (len(lines) - 1) / 2) * 3.1 + 1.0
        canvas.saveState()
        paper.turn_up(x, _ITEMS_FROM)
        weight = BOLD if number == 0 else 400
        paper.text(0, 0, text, size=size, weight=weight, fit=26.5)
        canvas.restoreState()


def _rows(paper: Paper, page: Page, columns: int) -> None:
    """Names beside the rows, the frames, and the bars above and below each column."""
    for row, line in enumerate(page.lines):
        middle = box_middle(row, 0).y
        if row % 2:
            left, right = LABELS_LEFT - 1, LABELS_RIGHT
            paper.box(left, middle - ROW_PITCH / 2, right - left, ROW_PITCH, _STRIPE)
        paper.text(_COLUMNS[0], middle + 0.95, str(row + 1), size=7, ink=GREY)
        paper.text(_COLUMNS[1], middle + 1.1, line.code, size=8.5, fit=_COLUMNS[2] - _COLUMNS[1] - 1, lines=1)
        # Rows are read by a machine and cannot grow: a long name is cut, the code beside it says whose it is.
        wide = LABELS_RIGHT - _COLUMNS[2]
        name = paper.shortened(line.name, size=9, fit=wide, weight=BOLD)
        paper.text(_COLUMNS[2], middle + 1.15, name, size=9, weight=BOLD, fit=wide)
        paper.text(REMARKS_LEFT, middle + 0.95, str(row + 1), size=SMALLEST_ON_SHEET, ink=GREY)
    paper.lines(
        [
            (REMARKS_LEFT + 4, y, REMARKS_RIGHT, y)
            for row in range(len(page.lines))
            if (y := box_middle(row, 0).y + ROW_PITCH / 2)
        ],
        ink=HAIR,
        thickness=0.1,
    )
    _boxes(paper, len(page.lines), columns)


def _boxes(paper: Paper, rows: int, columns: int) -> None:
    ends = []
    for column in range(columns):
        for row in range(rows):
            x, y = box_middle(row, column)
            half, out = BOX / 2, (BOX + FRAME) / 2
            ends += [(x - out, y + side, x + out, y + side) for side in (-half, half)]
            ends += [(x + side, y - out, x + side, y + out) for side in (-half, half)]
        for x, y in bar_middles(rows, column) if rows else ():
            paper.box(x - BOX / 2, y - BAR_HEIGHT / 2, BOX, BAR_HEIGHT, black)
    paper.lines(ends, ink=black, thickness=FRAME)


def _foot(paper: Paper, page: Page, which: str) -> None:
    """How to fill it in, between the lower codes."""
    for number, text in enumerate((Words.PEN, Words.VOID)):
        paper.text(_FOOT_LEFT, 275.6 + 3.9 * number, text, size=8.5, weight=BOLD)
    paper.text(_FOOT_LEFT, 287.2, Words.INSIDE, size=7.5, ink=GREY)
    right = _FOOT_LEFT + _FOOT_WIDTH
    paper.text(right, 275.6, which, size=8.5, align=1)
    spaced = f"{Words.NUMBER} {page.number[:5]} {page.number[5:]}"
    paper.text(right, 279.5, spaced, size=8.5, align=1)
    left, y = _FOOT_LEFT, 290.8
    marks = [(x, y - 1.0, x, y + 1.0) for x in (left, left + RULE)]
    paper.lines([(left, y, left + RULE, y), *marks], ink=INK, thickness=0.2)
    paper.text(left + RULE + 3, y + 0.9, Words.RULE, size=7, ink=GREY)
