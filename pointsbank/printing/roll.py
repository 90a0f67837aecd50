"""Paper from a roll, 58 or 80 millimetres wide: one part below the other, torn off where they end."""

from collections.abc import Callable
from typing import BinaryIO, Protocol

from pointsbank.printing.fitting import size_in
from pointsbank.printing.fonts import FontSet
from pointsbank.printing.glyphs import BOLD, REGULAR
from pointsbank.printing.paper import INK, SMALLEST, Paper
from pointsbank.printing.passages import Passage
from pointsbank.printing.qr import QUIET

MODULE = 0.375
"""Of a code, in mm: three dots of a printer with 203 to the inch."""


class Slip(Protocol):
    """What a slip is made of, part by part: on paper as `Roll`, for a receipt printer as `Thermal`."""

    def middle(self, text: str, larger: float, weight: int = REGULAR) -> None:
        """Write a text in the middle, so much larger than the words."""

    def pair(self, label: str, value: str, larger: float = 1.0) -> None:
        """Write a word at the left, and what it says at the right."""

    def passage(self, text: str, weight: int = REGULAR) -> None:
        """Write words over as many lines as they need."""

    def space(self) -> None:
        """Leave a little space, so that what belongs together stands together."""

    def rule(self) -> None:
        """Draw a dashed line."""

    def code(self, drawn: tuple[int, str]) -> None:
        """Draw a QR code with its quiet zone in the middle."""


class Roll:
    """A slip as it runs out of the printer, part by part; `end` is where it ends so far, in mm."""

    EDGE = 4.0
    """Millimetres above the first line and below the last."""

    def __init__(self, paper: Paper) -> None:
        """Begin at the top of a page that is as wide as the roll."""
        self._paper = paper
        self._left = 3.0
        self._right = paper.width - 3.0
        self._space = paper.width - 6.0
        self._size = 9.0 if paper.width < 70 else 10.5
        self.end = self.EDGE

    def middle(self, text: str, larger: float, weight: int = REGULAR) -> None:
        """Write a line in the middle, so much larger than the words."""
        size = self._size * larger
        middle, y = self._paper.width / 2, self.end + size * 0.36
        if not self._fits(text, size, weight, self._space):
            self.passage(text, weight, centred=True)
            return
        self._paper.text(middle, y, text, size=size, weight=weight, align=0.5, fit=self._space)
        self.end += size * 0.55

    def pair(self, label: str, value: str, larger: float = 1.0) -> None:
        """Write a word at the left, and what it says at the right."""
        size = self._size * larger
        y = self.end + size * 0.36
        space = self._space - self._paper.text(self._left, y, label, size=self._size) - 2
        weight = BOLD if larger > 1 else REGULAR
        if not self._fits(value, size, weight, space):
            self.end += size * 0.53
            self.passage(value, weight)
            return
        self._paper.text(self._right, y, value, size=size, weight=weight, align=1, fit=space)
        self.end += size * 0.53

    def _fits(self, words: str, size: float, weight: int, space: float) -> bool:
        """Return whether words stand on one line, maybe a little smaller."""
        smallest = min(self._size, SMALLEST)
        case = self._paper.case
        return size_in(case, words, width=space, size=size, weight=weight, smallest=smallest) is not None

    def passage(self, text: str, weight: int = REGULAR, *, centred: bool = False) -> None:
        """Write words over as many lines as they need."""
        passage = Passage(
            self._paper.case,
            text,
            width=self._space,
            size=self._size,
            weight=weight,
            leading=1.3,
            centred=centred,
        )
        self.end = passage.draw(self._paper, self._left, self.end) + 0.6

    def space(self) -> None:
        """Leave a little space, so that what belongs together stands together."""
        self.end += 0.9

    def rule(self) -> None:
        """Draw a dashed line."""
        y = self.end + 1.6
        self._paper.canvas.setDash(1.5, 1.5)
        self._paper.line(self._left, y, self._right, y, ink=INK, thickness=0.2)
        self._paper.canvas.setDash()
        self.end += 3.6

    def code(self, drawn: tuple[int, str]) -> None:
        """Draw a QR code with its quiet zone in the middle, in modules that a printer draws sharply."""
        side = drawn[0] * MODULE
        self.end += QUIET * MODULE
        self._paper.code((self._paper.width - side) / 2, self.end, side, drawn)
        self.end += side + QUIET * MODULE


def draw_roll(put: Callable[[Slip], None], case: FontSet, out: BinaryIO, *, width: int, title: str) -> int:
    """Write what `put` puts on a slip on one page, as long as its parts; `width` in mm. Returns its pages."""
    paper = Paper(out, case, width=width, height=0, title=title, exact=True)
    roll = Roll(paper)
    put(roll)
    paper.tear_off(roll.end + Roll.EDGE)
    paper.turn()
    paper.finish()
    return 1
