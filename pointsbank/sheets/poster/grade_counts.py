"""Grades of a period on its poster: how many in each band with its colour, names of the highest alone."""

from collections.abc import Sequence
from functools import partial

from reportlab.lib.colors import Color, HexColor

from pointsbank.printing import BOLD, GREY, INK, RED, WHITE, Paper, Passage
from pointsbank.sheets.poster.flow import Line, Section
from pointsbank.sheets.poster.form import Form
from pointsbank.sheets.poster.red_board import LONG_NAME
from pointsbank.sheets.poster.values import GradeCounts, Words

_SIZE, _ROW, _PAD, _GAP = 15.0, 9.6, 4.0, 4.0
_LETTERS, _PAPER = HexColor("#3b2204"), HexColor("#e7e5e4")
# The box of a colour and the ink of its words, at 4.5 to 1 and more in grey.
_SIGNS: dict[str, tuple[Color, Color]] = {
    "red": (HexColor("#b91c1c"), WHITE),
    "yellow": (HexColor("#fde68a"), _LETTERS),
    "blue": (HexColor("#1d4ed8"), WHITE),
    "green": (HexColor("#166534"), WHITE),
    "grey": (HexColor("#57534e"), WHITE),
    "gold": (HexColor("#e3b130"), _LETTERS),
    "silver": (HexColor("#d6d9dd"), INK),
    "bronze": (HexColor("#8f4a1c"), WHITE),
}


def section(paper: Paper, form: Form, found: GradeCounts) -> Section:
    """Return a table's bands as a section, some beside each other, then the names of the highest."""
    rows: list[list[tuple[str, str]]] = [[]]
    space = form.wide
    for band in found.bands:
        words = f"{band.name} {Words.GRADE_COUNT.format(count=band.count)}"
        wide = min(paper.width_of(words, size=_SIZE, weight=BOLD) + 2 * _PAD, form.wide)
        if wide > space and rows[-1]:
            rows.append([])
            space = form.wide
        rows[-1].append((words, band.sign))
        space -= wide + _GAP
    lines = [_band_line(paper, form, row) for row in rows]
    if found.highest:
        named = f"{found.bands[0].name}：{'、'.join(found.highest)}"
        lines += _name_lines(paper, form, named)
    title = Passage(paper.case, found.title, width=form.wide - 5, size=21, weight=BOLD, ink=RED, leading=1.15)
    note = Passage(paper.case, Words.GRADES_NOTE, width=form.wide - 5, size=11, ink=GREY)
    beside = title.wide + 4 + paper.width_of(Words.GRADES_NOTE, size=11) <= form.wide - 5
    below = 0.0 if beside else note.height
    heading = partial(_heading, paper, form, title, note, beside)
    return Section(title.height + below + 2.5, heading, lines)


def _heading(
    paper: Paper, form: Form, title: Passage, note: Passage, beside: bool, top: float, height: float
) -> None:
    """Draw what the grades are called, and what is said of whom beside it where there is space."""
    paper.box(form.margin, top + 1.0, 2.2, title.height, RED)
    y = title.draw(paper, form.margin + 5, top + 0.5)
    if beside:
        paper.text(form.margin + 9 + title.wide, top + 7.6, Words.GRADES_NOTE, size=11, ink=GREY)
    else:
        note.draw(paper, form.margin + 5, y)


def _band_line(paper: Paper, form: Form, row: Sequence[tuple[str, str]]) -> Line:
    """Set bands beside each other; one that is as wide as the sheet takes several lines."""
    cells = []
    for words, sign in row:
        ground, ink = _SIGNS.get(sign, (_PAPER, INK))
        long = paper.width_of(words, size=_SIZE, weight=BOLD) + 2 * _PAD > form.wide
        wide = form.wide - 2 * _PAD if long else form.wide
        passage = Passage(paper.case, words, width=wide, size=_SIZE, weight=BOLD, ink=ink, leading=1.2)
        cells.append((passage, ground))
    tall = max(max(passage.height for passage, _ in cells) + 4.2, _ROW)
    return Line(tall, partial(_draw_bands, paper, form, cells))


def _draw_bands(
    paper: Paper, form: Form, cells: Sequence[tuple[Passage, Color]], top: float, height: float
) -> None:
    x = form.margin
    for passage, ground in cells:
        wide = passage.wide + 2 * _PAD
        paper.box(x, top + 0.6, wide, height - 2.0, ground, radius=1.5)
        passage.draw(paper, x + _PAD, top + 0.6 + (height - 2.0 - passage.height) / 2)
        x += wide + _GAP


def _name_lines(paper: Paper, form: Form, words: str) -> list[Line]:
    """Set the names, each line of them one of the section, so that they may go on overleaf."""
    left: Passage | None = Passage(paper.case, words, width=form.wide, size=LONG_NAME, leading=1.3)
    lines = []
    while left is not None:
        first, left = left.split(0.1)
        lines.append(Line(first.height, partial(_draw_names, paper, form, first)))
    return lines


def _draw_names(paper: Paper, form: Form, passage: Passage, top: float, height: float) -> None:
    passage.draw(paper, form.margin, top)
