"""The red board: the first ten in letters that are read from two metres, all others in smaller ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from pointsbank.points import show
from pointsbank.printing import BOLD, GREY, RED, RULE, WHITE, Paper, Passage
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.poster.flow import Line, Section
from pointsbank.sheets.poster.form import Form
from pointsbank.sheets.poster.name_line import NameLine
from pointsbank.sheets.poster.values import RedEntry, Words

HEADING = 11.5
FIRST = 10
"""Entries in the large letters."""
NAME, REASON = 32.5, 18.0
"""Points: a name's letters are 8.4 mm high, which is read from two metres (4 mm a metre)."""
SCALES = (1.8, 1.5, 1.35, 1.2, 1.1, 1.0)

_POINTS = 0.85
"""Of a name's size: what somebody did and who it was is read first."""

LONG_NAME = 17.5
"""Points: a name that takes several lines is read from 1.1 metres."""

_FURTHER_NAME, _FURTHER_REASON, _FURTHER_ROW = 20.0, 13.0, 15.0
_GUTTER = 9.0
_ROSE = HexColor("#fdf0e6")
# Gold, silver, bronze: each with the ink of its number, at 4.5 to 1 and more in grey.
_MEDALS = {
    1: (HexColor("#e3b130"), HexColor("#3b2204")),
    2: (HexColor("#bfc3c9"), HexColor("#292524")),
    3: (HexColor("#8f4a1c"), WHITE),
}
_KIND, _KIND_WIDE = 19.0, 50.0
_RIBBON = HexColor("#b91c1c")


@dataclass(frozen=True, slots=True)
class _Column:
    """The measures of the first rows in mm: where names, reasons and points stand; letters by `scale`.

    Args:
        name: how wide names are that have their reason beside them; 0 where none has.
        free: how wide a name may be that has its reason below it.
    """

    left: float
    width: float
    rank: float
    name: float
    free: float
    scale: float

    @property
    def words(self) -> float:
        """Where names begin."""
        return self.left + self.rank


def sections(
    paper: Paper, form: Form, entries: Sequence[RedEntry], scale: float, empty: str = Words.RED_EMPTY
) -> list[Section]:
    """Return the board as sections: the ranking, then who is praised for a deed, where there is any."""
    ranked = [entry for entry in entries if not entry.kind]
    deeds = [entry for entry in entries if entry.kind]
    if not deeds:
        return [_ranking(paper, form, ranked, scale, empty)]
    column = _column(paper, form, deeds, 1.0)
    lines = [_first_row(paper, column, entry) for entry in deeds]
    praise = Section(HEADING, partial(_heading, paper, form, Words.DEEDS), lines, gap=3.5)
    return [_ranking(paper, form, ranked, scale, empty), praise] if ranked else [praise]


def _ranking(paper: Paper, form: Form, entries: Sequence[RedEntry], scale: float, empty: str) -> Section:
    """Return the ranking, the first ten by `scale` times their least size."""
    heading = partial(_heading, paper, form, Words.RED)
    if not entries:
        return Section(HEADING, heading, [Line(60.0 * form.scale, partial(_empty, paper, form, empty))])
    first, others = entries[:FIRST], entries[FIRST:]
    column = _column(paper, form, first, scale)
    lines = [_first_row(paper, column, entry) for entry in first]
    return Section(HEADING, heading, [*lines, *_further(paper, form, others)], gap=3.5, stretches=not others)


def _heading(paper: Paper, form: Form, title: str, top: float, height: float) -> None:
    """Draw the heading of the board, with a gold rule to either side."""
    middle, y = form.width / 2, top + 8.8
    words = f"· {title} ·"
    wide = paper.text(middle, y, words, size=28, weight=BOLD, ink=RED, align=0.5)
    paper.text(form.width - form.margin, y, Words.RED_NOTE, size=13, ink=GREY, align=1)
    for side in (-1, 1):
        inner = middle + side * (wide / 2 + 5)
        paper.line(inner, y - 3.4, inner + side * 32 * form.scale, y - 3.4, ink=RULE, thickness=0.6)


def _empty(paper: Paper, form: Form, words: str, top: float, height: float) -> None:
    """Draw the sentence that the board is empty."""
    paper.box(form.margin, top, form.wide, height - 4, _ROSE, radius=2)
    note = Passage(
        paper.case,
        words,
        width=form.wide - 30,
        size=22 * form.scale,
        ink=GREY,
        leading=1.5,
        centred=True,
    )
    note.draw(paper, form.margin + 15, top + (height - 4 - note.height) / 2)


def _column(paper: Paper, form: Form, entries: Sequence[RedEntry], scale: float) -> _Column:
    """Return the measures: reasons beside the names on wide paper, but for names that leave them no room."""
    rank = 17.0 * scale if form.is_large else 14.0
    free = form.wide - rank - max(_right_width(paper, entry, scale) for entry in entries) - 10
    maximum = 0.55 * free if form.is_large else 0.0
    names = [_name_width(paper, entry, scale) for entry in entries]
    reasons = [paper.width_of(entry.reason, size=REASON * scale) for entry in entries]
    name = max(
        {0.0, *(one for one in names if one <= maximum)},
        key=lambda width: (-_tall(names, reasons, width, free, scale), width),
    )
    # Where few names have much room, their reasons stand all alike: beside them, or all on a line below.
    if scale > 1 and (
        any(one > maximum for one in names) or any(reason > free - name - 6 for reason in reasons)
    ):
        name = 0.0
    return _Column(form.margin, form.wide, rank, name, free, scale)


def _tall(names: list[float], reasons: list[float], column: float, free: float, scale: float) -> float:
    """Return about how high the rows are, in mm, if names up to `column` have their reasons beside them."""
    name, reason = NAME * scale * 1.08 / mm, REASON * scale * 1.25 / mm
    tall = 0.0
    for wide, words in zip(names, reasons, strict=True):
        beside = column and wide <= column
        lines = min(-(-words // (free - column - 6 if beside else free)), 2) * reason
        tall += max(name, lines) if beside else name + lines + (1.5 if lines else 0)
    return tall


def _right_width(paper: Paper, entry: RedEntry, scale: float) -> float:
    """Return how wide what stands at the right is: the points, or what a deed is praised as."""
    if entry.kind:
        return min(paper.width_of(entry.kind, size=_KIND * scale, weight=BOLD), _KIND_WIDE)
    unit = paper.width_of(CommonWords.POINT, size=14 * scale, weight=BOLD)
    return paper.width_of(show(entry.points), size=_POINTS * NAME * scale, weight=BOLD) + unit + 1


def _name_width(paper: Paper, entry: RedEntry, scale: float) -> float:
    """Return how wide name and group are on one line."""
    group = paper.width_of(entry.group, size=15 * scale, weight=BOLD) + 4 if entry.group else 0.0
    return paper.width_of(entry.name, size=NAME * scale, weight=BOLD) + group


def _first_row(paper: Paper, column: _Column, entry: RedEntry) -> Line:
    """Set one of the first ten: as high as its name and its reason need."""
    scale, wide = column.scale, _name_width(paper, entry, column.scale)
    beside = wide <= column.name + 0.01
    behind = wide <= column.free
    name = Passage(paper.case, entry.name, width=column.free, size=NAME * scale, weight=BOLD, leading=1.08)
    # The group stands behind a name on one line; where there is no room it leads the reason.
    words = entry.reason if behind else " ".join(filter(None, (entry.group, entry.reason)))
    space = column.free - column.name - 6 if beside else column.width - column.rank - 2
    reason = None
    if words:
        reason = Passage(paper.case, words, width=space, size=REASON * scale, lines=2, leading=1.25)
    tall = reason.height if reason else 0.0
    height = max(name.height, tall) + 0.9 if beside else name.height + tall + 2.4
    row = _Row(entry, name, reason, beside=beside, behind=behind)
    return Line(max(height, 13.2 * scale), partial(_draw_first, paper, column, row))


@dataclass(frozen=True, slots=True)
class _Row:
    """One of the first ten, set: its reason beside the name or below, its group behind the name or not."""

    entry: RedEntry
    name: Passage
    reason: Passage | None
    beside: bool
    behind: bool


def _draw_first(paper: Paper, column: _Column, row: _Row, top: float, height: float) -> None:
    """Draw one row in the height it is given."""
    entry, scale, middle, end = row.entry, column.scale, top + height / 2, column.left + column.width
    size = NAME * scale
    if entry.rank <= 3 and not entry.kind:
        paper.box(column.left, top + 0.3, column.width, height - 0.6, _ROSE)
    if entry.kind:
        _star(paper, column.left + column.rank / 2 - 1, middle)
    else:
        _medal(
            paper, column.left + column.rank / 2 - 1, middle, entry.rank, scale if column.rank > 14 else 0.85
        )
    below = row.reason.height if row.reason and not row.beside else 0.0
    name_top = middle - (row.name.height + below) / 2
    # The middle of Chinese letters stands 0.36 of their size above the baseline.
    baseline = name_top + row.name.height / 2 + size * 0.128
    if row.name.height > 1.5 * size / mm:
        row.name.draw(paper, column.words, name_top)
    else:
        wide = paper.text(column.words, baseline, entry.name, size=size, weight=BOLD)
        if row.behind:
            paper.text(column.words + wide + 4, baseline, entry.group, size=15 * scale, ink=GREY)
    if row.reason and row.beside:
        row.reason.draw(paper, column.words + column.name + 6, middle - row.reason.height / 2)
    elif row.reason:
        row.reason.draw(paper, column.words, name_top + row.name.height)
    if entry.kind:
        paper.text(
            end - 2, baseline, entry.kind, size=_KIND * scale, weight=BOLD, ink=RED, align=1, fit=_KIND_WIDE
        )
        paper.line(column.left, top + height, end, top + height, ink=RULE, thickness=0.3)
        return
    unit = paper.text(end - 2, baseline, CommonWords.POINT, size=14 * scale, ink=GREY, align=1)
    points, of_points = show(entry.points), _POINTS * size
    paper.text(end - unit - 3, baseline, points, size=of_points, weight=BOLD, ink=RED, align=1)
    paper.line(column.left, top + height, end, top + height, ink=RULE, thickness=0.3)


def _medal(paper: Paper, x: float, middle: float, rank: int, scale: float) -> None:
    """Draw a medal for the first three places, a number for the others."""
    ink, number = _MEDALS.get(rank, (None, GREY))
    size = 24.0 * scale
    if ink is not None:
        radius, middle = 5.0 * scale, middle - 1.0 * scale
        for side in (-1, 1):
            # The ends of the ribbon, below the medal as a rosette has them.
            ribbon = (x + side * 1.2 * scale, middle, x + side * 3.0 * scale, middle + 6.9 * scale)
            paper.lines([ribbon], ink=_RIBBON, thickness=2.2 * scale)
        paper.box(x - radius, middle - radius, 2 * radius, 2 * radius, WHITE, radius=radius)
        inner = radius - 0.5
        paper.box(x - inner, middle - inner, 2 * inner, 2 * inner, ink, radius=inner)
        size = 17.5 * scale
    fit = 8.6 * scale
    paper.text(x, middle + size * 0.128, str(rank), size=size, weight=BOLD, ink=number, align=0.5, fit=fit)


def _star(paper: Paper, x: float, middle: float) -> None:
    """Draw a red seal with a gold ring where a medal would stand: a deed has no place."""
    for radius, ink in ((4.4, _MEDALS[1][0]), (3.7, _RIBBON), (1.5, _MEDALS[1][0])):
        paper.box(x - radius, middle - radius, 2 * radius, 2 * radius, ink, radius=radius)


def _further(paper: Paper, form: Form, entries: Sequence[RedEntry]) -> list[Line]:
    """Return the rows of all others, two beside each other on wide paper."""
    columns = 2 if form.is_large else 1
    wide = (form.wide - _GUTTER * (columns - 1)) / columns
    cells = [_FurtherCell(paper, entry, wide) for entry in entries]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    return [
        Line(max(cell.height for cell in row), partial(_draw_further, paper, form, row, wide)) for row in rows
    ]


class _FurtherCell:
    """One of the others, set but not yet drawn."""

    def __init__(self, paper: Paper, entry: RedEntry, wide: float) -> None:
        """Set the entry in a cell of this width (mm)."""
        self.entry = entry
        points = paper.width_of(show(entry.points), size=_FURTHER_NAME, weight=BOLD)
        space = wide - 13 - points - paper.width_of(CommonWords.POINT, size=11) - 7
        self.name = NameLine(
            paper, entry.name, entry.group, width=space, size=_FURTHER_NAME, long=LONG_NAME, small=12
        )
        self.reason = Passage(paper.case, entry.reason, width=wide - 15, size=_FURTHER_REASON, lines=1)
        self.height = max(self.name.height + self.reason.height + 1.0, _FURTHER_ROW)


def _draw_further(
    paper: Paper, form: Form, cells: Sequence[_FurtherCell], wide: float, top: float, height: float
) -> None:
    for place, cell in enumerate(cells):
        entry, left, base = cell.entry, form.margin + place * (wide + _GUTTER), top + 7.2
        paper.text(left + 6, base, str(entry.rank), size=16, weight=BOLD, ink=GREY, align=0.5)
        right = left + wide - 2
        unit = paper.text(right, base, CommonWords.POINT, size=11, ink=GREY, align=1)
        points = show(entry.points)
        paper.text(right - unit - 1, base, points, size=_FURTHER_NAME, weight=BOLD, ink=RED, align=1)
        cell.name.draw(left + 13, top + 0.2)
        cell.reason.draw(paper, left + 13, top + 0.2 + cell.name.height)
        paper.line(left, top + height, left + wide, top + height, ink=RULE, thickness=0.25)
