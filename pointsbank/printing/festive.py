"""Red and gold: the frame of what a household puts on its wall, and the inks that go with it."""

from reportlab.lib.colors import HexColor

from pointsbank.printing.paper import Paper

DEEP = HexColor("#991b1b")
GOLD = HexColor("#b45309")
"""As letters and lines on white: 5.0 to 1."""
BRIGHT = HexColor("#fcd34d")
"""As letters on `DEEP`: 5.7 to 1."""
CREAM = HexColor("#fffbeb")


def draw_frame(paper: Paper, *, inset: float = 8.0) -> None:
    """Draw a red frame with a gold line within, on cream, `inset` millimetres from the paper's edge."""
    wide, high = paper.width - 2 * inset, paper.height - 2 * inset
    paper.box(inset, inset, wide, high, DEEP)
    paper.box(inset + 4, inset + 4, wide - 8, high - 8, CREAM)
    left, top, right, bottom = inset + 6.5, inset + 6.5, paper.width - inset - 6.5, paper.height - inset - 6.5
    paper.lines(
        [
            (left, top, right, top),
            (right, top, right, bottom),
            (right, bottom, left, bottom),
            (left, bottom, left, top),
        ],
        ink=GOLD,
        thickness=0.6,
    )
    size = 6.0
    for x in (left - 0.3, right - size + 0.3):
        for y in (top - 0.3, bottom - size + 0.3):
            paper.box(x, y, size, size, GOLD)
            paper.box(x + 1.2, y + 1.2, size - 2.4, size - 2.4, CREAM)
