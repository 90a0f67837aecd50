"""The black board: masked names, the rule and a neutral fact, and the day each entry comes down."""

from collections.abc import Sequence
from itertools import accumulate

from reportlab.lib.colors import HexColor

from pointsbank.dates import day_in_words, month_in_words
from pointsbank.printing import BOLD, GREY, INK, Paper, Passage
from pointsbank.publicity import BlackPlace
from pointsbank.sheets.poster.values import Words

_HEADING = 15.0
_GAP = 5.0
_PAD = 5.0
_STONE = HexColor("#f5f5f4")
_EMPTY = 11.0


class BlackCell:
    """One entry, set but not yet drawn: name and group, the fact, then the rule and until when it hangs."""

    def __init__(self, paper: Paper, entry: BlackPlace, width: float) -> None:
        """Set the entry in a cell of this width (mm)."""
        self._entry = entry
        self.width = width
        inner = width - 2 * _PAD
        case = paper.case
        self._fact = Passage(case, entry.fact, width=inner, size=13.5, lines=3)
        rule = f"{Words.BLACK_RULE}：{entry.rule}"
        if entry.first_month:
            rule = f"{Words.BLACK_SINCE.format(month=month_in_words(entry.first_month))}。{rule}"
        self._rule = Passage(case, rule, width=inner, size=11.5, lines=2, ink=GREY)
        self.height = 13.5 + self._fact.height + 1 + self._rule.height + 3.5

    def draw(self, paper: Paper, x: float, top: float, height: float) -> None:
        """Draw the cell as tall as its row."""
        paper.box(x, top, self.width, height, _STONE, radius=1.5)
        inner = self.width - 2 * _PAD
        day = Words.BLACK_UNTIL.format(day=day_in_words(self._entry.expires_on))
        until = paper.text(x + self.width - _PAD, top + 9, day, size=12, ink=GREY, align=1, fit=inner * 0.5)
        space = inner - until - 4
        name = paper.text(x + _PAD, top + 9.5, self._entry.name, size=18, weight=BOLD, fit=space * 0.6)
        rest = space - name - 3
        paper.text(x + _PAD + name + 3, top + 9.3, self._entry.group, size=12, ink=GREY, fit=rest)
        end = self._fact.draw(paper, x + _PAD, top + 12.5)
        self._rule.draw(paper, x + _PAD, end + 1)


def cells_that_fit(
    paper: Paper, entries: Sequence[BlackPlace], width: float, height: float
) -> list[BlackCell]:
    """Return the cells of the first entries, two to a row, that a section of this size (mm) can hold."""
    wide = (width - _GAP) / 2 if len(entries) > 1 else width
    cells = [BlackCell(paper, entry, wide) for entry in entries]
    ends = accumulate(tall + _GAP for tall in _rows(cells))
    return cells[: 2 * sum(_HEADING + end <= height for end in ends)]


def black_height(cells: Sequence[BlackCell]) -> float:
    """Return the height in mm of the whole section with its heading."""
    rows = _rows(cells)
    return _HEADING + (sum(rows) + _GAP * (len(rows) - 1) if rows else _EMPTY)


def draw_black(paper: Paper, left: float, top: float, cells: Sequence[BlackCell]) -> None:
    """Draw the heading and these cells, two to a row."""
    paper.box(left, top, 2.6, 9.6, INK)
    wide = paper.text(left + 6, top + 8.3, Words.BLACK, size=27, weight=BOLD)
    paper.text(left + 10 + wide, top + 8, Words.BLACK_NOTE, size=13, ink=GREY)
    top += _HEADING
    if not cells:
        paper.text(left + 6, top + 5, Words.BLACK_EMPTY, size=15, ink=GREY)
    for row, tall in enumerate(_rows(cells)):
        for column, cell in enumerate(cells[2 * row : 2 * row + 2]):
            cell.draw(paper, left + column * (cell.width + _GAP), top, tall)
        top += tall + _GAP


def _rows(cells: Sequence[BlackCell]) -> list[float]:
    return [max(cell.height for cell in cells[start : start + 2]) for start in range(0, len(cells), 2)]
