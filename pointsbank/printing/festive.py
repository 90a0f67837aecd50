"""Red and gold: the ground of what hangs on walls, of a poster as of a certificate, and its inks."""

from itertools import pairwise

from reportlab.lib.colors import Color, HexColor

from pointsbank.printing.paper import RED, Paper

DEEP = HexColor("#991b1b")
GOLD = HexColor("#b45309")
"""As letters and lines on white: 5.0 to 1."""
BRIGHT = HexColor("#fcd34d")
"""As lines and letters on red: 5.3 to 1 in grey; on `DEEP` 5.7 to 1."""
CREAM = HexColor("#fef3c7")
PANEL = HexColor("#fffbf2")
RULE = HexColor("#e7d3a1")
"""Of thin lines on the panel; no word depends on it."""

EDGE = 11.0
"""How wide the red is beside the panel."""
_CORNER = 9.0


def draw_ground(paper: Paper, *, head: float = EDGE, inset: float = 0.0) -> None:
    """Draw the red sheet, the gold frame with its corners, and the light panel below a head.

    Args:
        head: how high the red is above the panel, in mm.
        inset: white from the paper's edge, in mm: office printers leave some.
    """
    wide, high = paper.width - 2 * inset, paper.height - 2 * inset
    paper.box(inset, inset, wide, high, RED)
    _line(paper, inset + 4.2, inset + 4.2, BRIGHT, 0.9)
    _line(paper, inset + 6.0, inset + 6.0, BRIGHT, 0.3)
    for right in (False, True):
        for low in (False, True):
            _corner(paper, inset, right=right, low=low)
    paper.box(inset + EDGE, inset + head, wide - 2 * EDGE, high - head - EDGE, PANEL)
    _line(paper, inset + EDGE + 1.4, inset + head + 1.4, RULE, 0.35)


def _line(paper: Paper, inset: float, top: float, ink: Color, thickness: float) -> None:
    """Draw a line around the sheet, so far from its edges, from `top` down."""
    wide, high = paper.width - 2 * inset, paper.height - inset - top
    paper.outline(inset, top, wide, high, ink=ink, thickness=thickness)


def _corner(paper: Paper, inset: float, *, right: bool, low: bool) -> None:
    """Draw a meander (回纹) in a corner: one line that turns inwards."""
    steps = [(0.0, _CORNER), (0.0, 0.0), (_CORNER, 0.0), (_CORNER, 5.6), (3.2, 5.6), (3.2, 3.0), (6.2, 3.0)]

    def at(x: float, y: float) -> tuple[float, float]:
        x, y = x + inset + 1.6, y + inset + 1.6
        return (paper.width - x if right else x, paper.height - y if low else y)

    points = [at(x, y) for x, y in steps]
    ends = [(*begin, *end) for begin, end in pairwise(points)]
    paper.lines(ends, ink=BRIGHT, thickness=0.7)
