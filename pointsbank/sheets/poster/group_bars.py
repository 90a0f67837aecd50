"""The ranking of the groups as bars, one line a group."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor

from pointsbank.points import show
from pointsbank.printing import BOLD, GREY, RED, Paper
from pointsbank.publicity import GroupPlace
from pointsbank.sheets.poster.values import Words

HEADING = 14.5
_MINIMUM = 5.4
_MAXIMUM = 15.0
_TRACK = HexColor("#f5f5f4")
_OTHERS = HexColor("#f0a5a0")


def rows_that_fit(height: float) -> int:
    """Return how many groups a column of this height (mm, heading included) can hold."""
    return max(int((height - HEADING) / _MINIMUM), 0)


def draw_groups(
    paper: Paper, left: float, top: float, width: float, height: float, groups: Sequence[GroupPlace]
) -> None:
    """Draw the heading, what is measured, and a bar for each group, longest for the most."""
    paper.box(left, top, 2.6, 9.6, RED)
    wide = paper.text(left + 6, top + 8.3, Words.GROUPS, size=27, weight=BOLD, ink=RED, fit=width * 0.6)
    paper.text(left + 10 + wide, top + 8, Words.GROUPS_MEASURE, size=13, ink=GREY, fit=width - wide - 11)
    top += HEADING
    tall = min((height - HEADING) / len(groups), _MAXIMUM)
    size = min(tall * 1.75, 15.5)
    names = _widest(paper, [group.name for group in groups], size, width * 0.36)
    marks = _widest(paper, [show(group.average) for group in groups], size, width * 0.24)
    bar_left, bar_width = left + 9 + names + 2.5, width - 9 - names - 2.5 - marks - 2
    maximum = max(1, *(group.average for group in groups))
    thick = min(tall * 0.52, 6.0)
    for place, group in enumerate(groups):
        middle, is_first = top + (place + 0.5) * tall, group.place <= 3
        bar_top, y = middle - thick / 2, middle + size * 0.125
        paper.box(bar_left, bar_top, bar_width, thick, _TRACK)
        # A group below nothing gets no bar: its mark says so, and a bar to the left would read as a length.
        if group.average > 0:
            long = bar_width * group.average / maximum
            paper.box(bar_left, bar_top, long, thick, RED if is_first else _OTHERS)
        ink = RED if is_first else GREY
        paper.text(left + 4, y, str(group.place), size=size, weight=BOLD, ink=ink, align=0.5, fit=8)
        paper.text(left + 9, y, group.name, size=size, fit=names)
        paper.text(left + width, y, show(group.average), size=size, weight=BOLD, align=1, fit=marks)


def _widest(paper: Paper, texts: Sequence[str], size: float, maximum: float) -> float:
    return min(max(paper.case.width(text, BOLD, size) * 25.4 / 72 for text in texts), maximum)
