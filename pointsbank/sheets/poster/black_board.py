"""The black board: masked names, the rule and a neutral fact, and the day each entry comes down."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor

from pointsbank.dates import day_in_words, month_in_words
from pointsbank.printing import BOLD, GREY, INK, Paper, Passage
from pointsbank.publicity import BlackPlace
from pointsbank.sheets.poster.words import Words

HEADING = 15.0
_GAP = 5.0
_PAD = 5.0
_STONE = HexColor("#f5f5f4")
_EMPTY = 11.0


def rows_height(paper: Paper, entries: Sequence[BlackPlace], width: float) -> list[float]:
    """Return the heights in mm, gap included, of the rows that these entries fill, two entries to a row."""
    cells = [_Cell(paper, entry, _cell_width(width, entries)).height for entry in entries]
    return [max(cells[start : start + 2]) + _GAP for start in range(0, len(cells), 2)]


def black_height(paper: Paper, entries: Sequence[BlackPlace], width: float) -> float:
    """Return the height in mm of the whole section with its heading."""
    return HEADING + (sum(rows_height(paper, entries, width)) - _GAP if entries else _EMPTY)


def draw_black(paper: Paper, left: float, top: float, width: float, entries: Sequence[BlackPlace]) -> None:
    """Draw the heading and these entries, two to a row."""
    paper.box(left, top, 2.6, 9.6, INK)
    wide = paper.text(left + 6, top + 8.3, Words.BLACK, size=27, weight=BOLD)
    paper.text(left + 10 + wide, top + 8, Words.BLACK_NOTE, size=13, ink=GREY)
    top += HEADING
    if not entries:
        paper.text(left + 6, top + 5, Words.BLACK_EMPTY, size=15, ink=GREY)
    tall = rows_height(paper, entries, width)
    cell = _cell_width(width, entries)
    for place, entry in enumerate(entries):
        row, column = divmod(place, 2)
        x = left + column * (cell + _GAP)
        _Cell(paper, entry, cell).draw(paper, x, top + sum(tall[:row]), tall[row] - _GAP)


def _cell_width(width: float, entries: Sequence[BlackPlace]) -> float:
    return (width - _GAP) / 2 if len(entries) > 1 else width


class _Cell:
    """One entry: name and group, then the fact, then the rule and until when it hangs."""

    def __init__(self, paper: Paper, entry: BlackPlace, width: float) -> None:
        self._entry = entry
        self._width = width
        inner = width - 2 * _PAD
        case = paper.case
        self._fact = Passage.cut(case, entry.fact, width=inner, size=13.5, lines=3)
        rule = f"{Words.BLACK_RULE}：{entry.rule}"
        if entry.first_month:
            rule = f"{Words.BLACK_SINCE.format(month=month_in_words(entry.first_month))}。{rule}"
        self._rule = Passage.cut(case, rule, width=inner, size=11.5, lines=2, ink=GREY)
        self.height = 13.5 + self._fact.height + 1 + self._rule.height + 3.5

    def draw(self, paper: Paper, x: float, top: float, height: float) -> None:
        """Draw the cell as tall as its row."""
        paper.box(x, top, self._width, height, _STONE, radius=1.5)
        inner = self._width - 2 * _PAD
        day = Words.BLACK_UNTIL.format(day=day_in_words(self._entry.expires_on))
        until = paper.text(x + self._width - _PAD, top + 9, day, size=12, ink=GREY, align=1, fit=inner * 0.5)
        space = inner - until - 4
        name = paper.text(x + _PAD, top + 9.5, self._entry.name, size=18, weight=BOLD, fit=space * 0.6)
        rest = space - name - 3
        paper.text(x + _PAD + name + 3, top + 9.3, self._entry.group, size=12, ink=GREY, fit=rest)
        end = self._fact.draw(paper, x + _PAD, top + 12.5)
        self._rule.draw(paper, x + _PAD, end + 1)
