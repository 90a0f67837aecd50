"""The groups by how far each stands from the village's average: equal bars from zero would say nothing."""

from collections.abc import Iterable, Sequence
from functools import partial

from reportlab.lib.colors import HexColor

from pointsbank.points import Points, show
from pointsbank.printing import BOLD, GREY, INK, RED, RULE, Paper
from pointsbank.publicity import GroupPlace
from pointsbank.sheets.poster.flow import Line, Section
from pointsbank.sheets.poster.form import Form
from pointsbank.sheets.poster.values import Words

HEADING = 11.5
_ROW = 5.0
_SIZE = 11.0
_GUTTER = 6.0
_MINIMUM_BAR = 18.0
_BELOW = HexColor("#8a817a")


def average(groups: Sequence[GroupPlace]) -> Points:
    """Return what each household of all these groups has on average, in hundredths.

    Example:
        >>> one = GroupPlace(1, "一组", 10, Points(1000), Points(100))
        >>> average([one, GroupPlace(2, "二组", 30, Points(1000), Points(33))])
        50
    """
    households = sum(group.households for group in groups)
    return Points(round(sum(group.honour for group in groups) / households)) if households else Points(0)


def section(paper: Paper, form: Form, groups: Sequence[GroupPlace]) -> Section:
    """Return the groups as a section, read down each column, the first columns filled first."""
    names = _widest(paper, (group.name for group in groups))
    marks = _widest(paper, (show(group.average) for group in groups))
    # As wide as a name may be, 40 characters, it is set in 9 points at least beside the shortest bar.
    names = min(names, form.wide - 9 - marks - 4 - _MINIMUM_BAR)
    taken = 9 + names + 2 + marks + 2
    columns = max(1, int((form.wide + _GUTTER) / (taken + _MINIMUM_BAR + _GUTTER)))
    columns = min(columns, 4, max(1, -(-len(groups) // 3)))
    rows = -(-len(groups) // columns)
    wide = (form.wide - _GUTTER * (columns - 1)) / columns
    mean = average(groups)
    maximum = max((abs(group.average - mean) for group in groups), default=0) or 1
    draw = partial(_row, paper, form, wide=wide, names=names, marks=marks, mean=mean, maximum=maximum)
    lines = [Line(_ROW, partial(draw, groups[row::rows])) for row in range(rows)]
    return Section(HEADING, partial(_heading, paper, form, mean), lines, together=True)


def _widest(paper: Paper, texts: Iterable[str]) -> float:
    """Return how wide the widest of these is in a line of the chart, in mm."""
    return max((paper.width_of(text, size=_SIZE, weight=BOLD) for text in texts), default=0.0)


def _heading(paper: Paper, form: Form, mean: Points, top: float, height: float) -> None:
    paper.box(form.margin, top + 1.4, 2.2, 7.6, RED)
    wide = paper.text(form.margin + 5, top + 8.4, Words.GROUPS, size=21, weight=BOLD, ink=RED)
    note = Words.GROUPS_MEASURE.format(average=show(mean))
    paper.text(form.margin + 9 + wide, top + 8, note, size=11, ink=GREY, fit=form.wide - wide - 10)


def _row(
    paper: Paper,
    form: Form,
    groups: Sequence[GroupPlace],
    top: float,
    height: float,
    *,
    wide: float,
    names: float,
    marks: float,
    mean: Points,
    maximum: int,
) -> None:
    """Draw the groups that stand beside each other: place, name, bar to either side of the mean, average."""
    middle = top + height / 2
    y = middle + _SIZE * 0.128
    for place, group in enumerate(groups):
        left = form.margin + place * (wide + _GUTTER)
        ahead = group.place <= 3 and group.average > mean
        ink = RED if ahead else INK
        paper.text(left + 4, y, str(group.place), size=_SIZE, weight=BOLD, ink=ink, align=0.5, fit=8)
        paper.text(left + 9, y, group.name, size=_SIZE, fit=names)
        begin = left + 9 + names + 2
        bar = wide - 9 - names - 2 - marks - 2
        centre = begin + bar / 2
        paper.line(centre, top + 0.4, centre, top + height - 0.4, ink=RULE, thickness=0.35)
        away = group.average - mean
        long = bar / 2 * abs(away) / maximum
        if away:
            start = centre if away > 0 else centre - long
            paper.box(start, middle - 1.5, long, 3.0, RED if away > 0 else _BELOW)
        paper.text(left + wide, y, show(group.average), size=_SIZE, weight=BOLD, ink=ink, align=1, fit=marks)
