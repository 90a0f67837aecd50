"""A line for each household of a notice, under the name of its group: what was for it, what against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from pointsbank.disclosure.households import Household, by_household, signed, usual_month
from pointsbank.printing import (
    BOLD,
    CELL_LINE,
    GREY,
    HAIR,
    INK,
    RED,
    REGULAR,
    WHITE,
    FontSet,
    Paper,
    Passage,
    wrapped,
)
from pointsbank.publicity import PublicEntry
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.notice.frame import MARGIN, WIDE
from pointsbank.sheets.notice.values import Words

_WIDTHS = (17.0, 25.0, 123.0, 15.0)
_CODE, _NAME, _WORDS, _TOTAL = range(4)
_INNER = 1.5
_NAME_WIDTH, _NAME_SIZE = _WIDTHS[_NAME] - 2 * _INNER, 10.5
_NAME_LINES = 2
_ABOVE = _WIDTHS[_NAME] + _WIDTHS[_WORDS] - 2 * _INNER
"""How wide a name is that would take more than two lines of its column."""
_SIZE, _LINE = 9.0, 4.3
_ABOVE_AND_BELOW = 2.6
_GROUP, _COLUMNS = 8.2, 8.0
_FULL = 20
"""Lines of words in one row; what a household has beyond them stands in a row of its own."""
_BETWEEN = "；"
_BAND = HexColor("#f3efe8")


@dataclass(frozen=True, slots=True)
class _Row:
    """What is drawn across the page: a group's name, or a household with its words as they are broken."""

    group: str
    household: Household | None = None
    plus: Sequence[str] = ()
    minus: Sequence[str] = ()
    count: int = 0
    again: bool = False
    name: Passage | None = None
    above: bool = False
    """Its long name stands above its words, as wide as both columns are."""

    @property
    def height(self) -> float:
        """In mm."""
        if self.household is None:
            return _GROUP
        words = (len(self.plus) + len(self.minus)) * _LINE
        return (self.of_name + words if self.above else max(words, self.of_name)) + _ABOVE_AND_BELOW

    @property
    def of_name(self) -> float:
        """How high the name is, in mm."""
        return _LINE + (len(self.name.lines) - 1) * CELL_LINE if self.name else _LINE


@dataclass(frozen=True, slots=True)
class HouseholdRows:
    """The rows of a notice by household; `grouped`: under the names of their groups."""

    rows: Sequence[_Row]
    grouped: bool
    month: int

    @property
    def head(self) -> float:
        """Room for what stands above the first row of a page, in mm."""
        return _COLUMNS + (_GROUP if self.grouped else 0)

    @property
    def heights(self) -> list[float]:
        """Of each row, in mm."""
        return [row.height for row in self.rows]

    @property
    def heads(self) -> list[bool]:
        """Whether a row is a group's name."""
        return [row.household is None for row in self.rows]

    def draw(self, paper: Paper, top: float, start: int, end: int) -> float:
        """Draw some of the rows below `top` and say where they end."""
        y = _columns(paper, top, self.month)
        if not self.rows:
            paper.text(MARGIN + 4, y + 10, Words.EMPTY, size=12, ink=GREY)
            return y + 14
        first = self.rows[start]
        if self.grouped and first.household is not None:
            y = _group(paper, y, f"{first.group}{CommonWords.CONTINUED}", "")
        for row in self.rows[start:end]:
            if row.household is None:
                y = _group(paper, y, row.group, Words.HOUSEHOLDS.format(count=row.count))
            else:
                _household(paper, y, row, row.household)
                y += row.height
        return y


def household_rows(case: FontSet, entries: Sequence[PublicEntry], *, grouped: bool) -> HouseholdRows:
    """Return the rows of some entries, broken to the columns; groups in the order of their first household.

    Example:
        household_rows(case, notice.entries, grouped=True).heights  # [8.2, 11.6, 7.1, …]
    """
    month = usual_month(entries)
    ordered: dict[str, list[Household]] = {}
    for one in by_household(entries, month):
        ordered.setdefault(one.group, []).append(one)
    rows: list[_Row] = []
    for group, households in ordered.items():
        if grouped:
            rows.append(_Row(group, count=len(households)))
        for one in households:
            rows += _rows_of(case, one)
    return HouseholdRows(rows, grouped, month)


def _rows_of(case: FontSet, one: Household) -> list[_Row]:
    """Return a household's row, or several where its words would fill a page."""
    wide = _WIDTHS[_WORDS] - 2 * _INNER
    label = f"{Words.MINUS}：" if one.minus else ""
    # A name is made smaller or goes on below, and is never cut: half a name is somebody else's.
    names = {
        again: wrapped(case, _name(one, again=again), width=_NAME_WIDTH, size=_NAME_SIZE, weight=BOLD)
        for again in (False, True)
    }
    above = any(name and len(name.lines) > _NAME_LINES for name in names.values())
    if above:
        names = {
            again: wrapped(case, _name(one, again=again), width=_ABOVE, size=_NAME_SIZE, weight=BOLD)
            for again in (False, True)
        }
    plus = break_up(case, one.plus, wide)
    minus = break_up(case, one.minus, wide, label=label, weight=BOLD)
    count = len(plus)
    return [
        _Row(
            one.group,
            one,
            plus[at : at + _FULL],
            minus[max(at - count, 0) : max(at + _FULL - count, 0)],
            again=at > 0,
            name=names[at > 0],
            above=above,
        )
        for at in range(0, count + len(minus), _FULL)
    ]


def _name(one: Household, *, again: bool) -> str:
    return f"{one.name}{CommonWords.CONTINUED}" if again else one.name


def break_up(
    case: FontSet, parts: Sequence[str], width: float, *, label: str = "", weight: int = REGULAR
) -> list[str]:
    """Return parts as lines no wider than `width` mm, `label` before the first.

    A part goes over to the next line whole; one that is wider than a line is broken as any passage is.

    Example:
        break_up(case, ["参加清扫 3日 +3", "照料老人 9日 +8"], 40)  # ["参加清扫 3日 +3", "照料老人 9日 +8"]
    """
    wide = partial(case.width, weight=weight, size=_SIZE)
    space, gap = width * mm, wide(_BETWEEN)
    lines, line, used = list[str](), "", 0.0
    for part in [label + parts[0], *parts[1:]] if parts else []:
        words, need = part, wide(part)
        if line and used + gap + need <= space:
            line, used = line + _BETWEEN + words, used + gap + need
            continue
        if line:
            lines.append(line)
        if need > space:
            *full, words = Passage(case, words, width=width, size=_SIZE, weight=weight).lines
            lines += full
            need = wide(words)
        line, used = words, need
    return [*lines, line] if line else lines


def _columns(paper: Paper, top: float, month: int) -> float:
    paper.box(MARGIN, top, WIDE, _COLUMNS, RED)
    x, days = MARGIN, Words.MONTH.format(month=month) if month else ""
    columns = Words.HOUSEHOLD_COLUMNS.format(month=days).split()
    for column, (words, wide) in enumerate(zip(columns, _WIDTHS, strict=True)):
        edge, align = (x + wide - 2, 1) if column == _TOTAL else (x + _INNER, 0)
        paper.text(edge, top + 5.5, words, size=10.5, weight=BOLD, ink=WHITE, align=align, fit=wide - 3)
        x += wide
    return top + _COLUMNS


def _group(paper: Paper, top: float, name: str, count: str) -> float:
    paper.box(MARGIN, top, WIDE, _GROUP, _BAND)
    paper.text(MARGIN + _INNER, top + 5.6, name, size=11, weight=BOLD, fit=WIDE - 40)
    paper.text(MARGIN + WIDE - 2, top + 5.6, count, size=9.5, ink=GREY, align=1)
    return top + _GROUP


def _household(paper: Paper, top: float, row: _Row, one: Household) -> None:
    y, edges = top + 4.9, [MARGIN + sum(_WIDTHS[:column]) + _INNER for column in range(4)]
    paper.text(edges[_CODE], y, one.code, size=_SIZE, ink=GREY, fit=_WIDTHS[_CODE] - 2 * _INNER)
    if row.name:
        row.name.draw_on(paper, edges[_NAME], y)
    else:
        name = _name(one, again=row.again)
        fit = _ABOVE if row.above else _NAME_WIDTH
        paper.text(edges[_NAME], y, name, size=_NAME_SIZE, weight=BOLD, fit=fit)
    wide, first = _WIDTHS[_WORDS] - 2 * _INNER, y + row.of_name if row.above else y
    for place, words in enumerate([*row.plus, *row.minus]):
        weight = REGULAR if place < len(row.plus) else BOLD
        paper.text(edges[_WORDS], first + place * _LINE, words, size=_SIZE, ink=INK, weight=weight, fit=wide)
    if not row.again:
        right = MARGIN + WIDE - 2
        paper.text(right, y, signed(one.total), size=10.5, weight=BOLD, align=1, fit=_WIDTHS[_TOTAL] - 3)
    bottom = top + row.height
    paper.line(MARGIN, bottom, MARGIN + WIDE, bottom, ink=HAIR, thickness=0.12)
