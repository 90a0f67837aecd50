"""The two papers of a poster, and the ground that is drawn on each: red, a gold frame, a light panel."""

from dataclasses import dataclass
from itertools import pairwise

from reportlab.lib.colors import Color, HexColor

from pointsbank.printing import RED, Paper

GOLD = HexColor("#fcd34d")
"""Of lines and letters on red: 5.3 to 1 in grey."""
CREAM = HexColor("#fef3c7")
PANEL = HexColor("#fffbf2")
RULE = HexColor("#e7d3a1")
"""Of thin lines on the panel; no word depends on it."""

_EDGE = 11.0
_CORNER = 9.0


@dataclass(frozen=True, slots=True)
class Form:
    """One size of paper: lengths in mm; letters of the head are those of A3 times `scale`.

    Args:
        head, further_head: heights of the red head of the first page, and of each other one.
        margin: from the paper's edge to the words.
        foot: how high the foot is; the public key takes two lines on small paper.
        foot_first: the foot stands on the first page; on the last one otherwise.
    """

    width: float
    height: float
    scale: float
    head: float
    further_head: float
    margin: float
    foot: float
    foot_first: bool

    @property
    def is_large(self) -> bool:
        """Whether there is room for two columns, and for what small paper takes a line more for."""
        return self.scale == 1

    @property
    def wide(self) -> float:
        """How wide a line of words may be."""
        return self.width - 2 * self.margin

    @property
    def bottom(self) -> float:
        """Where the words of a page end: its last line stands below."""
        return self.height - _EDGE - 6.5


A3 = Form(297.0, 420.0, 1.0, 55.0, 25.0, 18.0, 74.5, foot_first=True)
A4 = Form(210.0, 297.0, 0.7, 43.0, 21.0, 17.0, 86.0, foot_first=False)


def draw_ground(paper: Paper, form: Form, head: float) -> None:
    """Draw the red sheet, the gold frame with its corners, and the panel below a head of this height."""
    paper.box(0, 0, form.width, form.height, RED)
    _inset(paper, form, 4.2, 4.2, GOLD, 0.9)
    _inset(paper, form, 6.0, 6.0, GOLD, 0.3)
    for right in (False, True):
        for low in (False, True):
            _corner(paper, form, right=right, low=low)
    paper.box(_EDGE, head, form.width - 2 * _EDGE, form.height - head - _EDGE, PANEL)
    _inset(paper, form, _EDGE + 1.4, head + 1.4, RULE, 0.35)


def _inset(paper: Paper, form: Form, inset: float, top: float, ink: Color, thickness: float) -> None:
    """Draw a line around the sheet, so far from its edges, from `top` down."""
    wide, high = form.width - 2 * inset, form.height - inset - top
    paper.outline(inset, top, wide, high, ink=ink, thickness=thickness)


def _corner(paper: Paper, form: Form, *, right: bool, low: bool) -> None:
    """Draw a meander (回纹) in a corner: one line that turns inwards."""
    steps = [(0.0, _CORNER), (0.0, 0.0), (_CORNER, 0.0), (_CORNER, 5.6), (3.2, 5.6), (3.2, 3.0), (6.2, 3.0)]

    def at(x: float, y: float) -> tuple[float, float]:
        x, y = x + 1.6, y + 1.6
        return (form.width - x if right else x, form.height - y if low else y)

    points = [at(x, y) for x, y in steps]
    ends = [(*begin, *end) for begin, end in pairwise(points)]
    paper.lines(ends, ink=GOLD, thickness=0.7)
