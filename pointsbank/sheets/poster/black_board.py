"""The black board: masked names, the rule and a neutral fact, and the day each entry comes down."""

from collections.abc import Sequence
from functools import partial

from reportlab.lib.colors import HexColor

from pointsbank.dates import day_in_words, month_in_words
from pointsbank.printing import BOLD, GREY, INK, Paper, Passage
from pointsbank.publicity import BlackPlace
from pointsbank.sheets.poster.flow import Line, Section
from pointsbank.sheets.poster.form import Form
from pointsbank.sheets.poster.name_line import NameLine
from pointsbank.sheets.poster.red_board import LONG_NAME
from pointsbank.sheets.poster.values import Words

HEADING = 11.5
_GAP = 4.0
_PAD = 5.0
_STONE = HexColor("#efebe3")
_EMPTY = 10.0


class BlackCell:
    """One entry, set but not yet drawn: name and group, the fact, then the rule and until when it hangs."""

    def __init__(self, paper: Paper, entry: BlackPlace, width: float) -> None:
        """Set the entry in a cell of this width (mm)."""
        self.width = width
        inner = width - 2 * _PAD
        case = paper.case
        self._fact = Passage(case, entry.fact, width=inner, size=13.5, lines=3)
        rule = f"{Words.BLACK_RULE}：{entry.rule}"
        if entry.first_month:
            rule = f"{Words.BLACK_SINCE.format(month=month_in_words(entry.first_month))}。{rule}"
        self._rule = Passage(case, rule, width=inner, size=11.5, lines=2, ink=GREY)
        self._until = Words.BLACK_UNTIL.format(day=day_in_words(entry.expires_on))
        space = inner - paper.width_of(self._until, size=12) - 4
        self._name = NameLine(paper, entry.name, entry.group, width=space, size=18, long=LONG_NAME, small=12)
        self.height = 4.7 + self._name.height + self._fact.height + 0.5 + self._rule.height + 2.5

    def draw(self, paper: Paper, x: float, top: float, height: float) -> None:
        """Draw the cell as tall as its row."""
        paper.box(x, top, self.width, height, _STONE, radius=1.5)
        paper.text(x + self.width - _PAD, top + 8, self._until, size=12, ink=GREY, align=1)
        self._name.draw(x + _PAD, top + 2.1)
        end = self._fact.draw(paper, x + _PAD, top + 3.7 + self._name.height)
        self._rule.draw(paper, x + _PAD, end + 0.5)


def section(paper: Paper, form: Form, entries: Sequence[BlackPlace]) -> Section:
    """Return the board as a section: its entries two beside each other on wide paper."""
    columns = 2 if len(entries) > 1 and form.is_large else 1
    wide = (form.wide - _GAP * (columns - 1)) / columns
    cells = [BlackCell(paper, entry, wide) for entry in entries]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    lines = [Line(max(cell.height for cell in row) + _GAP, partial(_row, paper, form, row)) for row in rows]
    if not lines:
        lines = [Line(_EMPTY, partial(_empty, paper, form))]
    return Section(HEADING, partial(_heading, paper, form), lines, gap=1.0)


def _heading(paper: Paper, form: Form, top: float, height: float) -> None:
    paper.box(form.margin, top + 1.4, 2.2, 7.6, INK)
    wide = paper.text(form.margin + 5, top + 8.4, Words.BLACK, size=21, weight=BOLD)
    paper.text(
        form.margin + 9 + wide, top + 8, Words.BLACK_NOTE, size=11, ink=GREY, fit=form.wide - wide - 10
    )


def _empty(paper: Paper, form: Form, top: float, height: float) -> None:
    paper.text(form.margin + 5, top + 5, Words.BLACK_EMPTY, size=14, ink=GREY)


def _row(paper: Paper, form: Form, cells: Sequence[BlackCell], top: float, height: float) -> None:
    for place, cell in enumerate(cells):
        cell.draw(paper, form.margin + place * (cell.width + _GAP), top, height - _GAP)
