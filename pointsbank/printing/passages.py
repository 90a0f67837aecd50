"""Sentences set in a column: broken by our own rule, measured first, then drawn; tags in them are letters."""

from collections.abc import Sequence
from copy import copy

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from pointsbank.printing.breaking import Line, lines_of, shortened
from pointsbank.printing.fonts import FontSet, printable
from pointsbank.printing.glyphs import REGULAR
from pointsbank.printing.paper import INK, Paper

_WIDEST_GAP = 0.09
"""Of the size: what a gap between two characters may grow by; from 0.1 on readers of a PDF see a space."""


class Passage:
    """Some sentences set in a column of lines; `height` in mm is known before they are drawn."""

    def __init__(
        self,
        case: FontSet,
        words: str,
        *,
        width: float,
        size: float,
        weight: int = REGULAR,
        ink: Color = INK,
        leading: float = 1.32,
        centred: bool = False,
        justified: bool = False,
        lines: int | None = None,
    ) -> None:
        """Set the words in a column of `width` millimetres at `size` points, `leading` times that a line.

        With `lines` they take at most so many, and end in … where more would be needed; a figure is left out
        whole. `justified`: lines but the last end at the right edge where a little space does it.
        """
        self._case, self._width, self._size, self._weight = case, width, size, weight
        self._ink, self._leading, self._centred, self._justified = ink, leading, centred, justified
        self._lines: Sequence[Line] = lines_of(printable(words), width=width * mm, measure=self._measure)
        self.is_shortened = lines is not None and len(self._lines) > lines
        if lines is not None and self.is_shortened:
            self._lines = shortened(self._lines, lines, width=width * mm, measure=self._measure)

    @property
    def lines(self) -> list[str]:
        """Return what stands on each line."""
        return [line.text for line in self._lines]

    @property
    def height(self) -> float:
        """Return how high the lines are together, in mm."""
        return float(len(self._lines) * self._size * self._leading / mm)

    def split(self, height: float) -> tuple["Passage", "Passage | None"]:
        """Return what fits into a height (mm) and what goes on elsewhere; at least one line in the first."""
        count = max(int((height + 0.01) * mm / (self._size * self._leading)), 1)
        if count >= len(self._lines):
            return self, None
        return self._of(self._lines[:count]), self._of(self._lines[count:])

    @property
    def wide(self) -> float:
        """How wide the widest line is, in mm."""
        return float(max((self._measure(line.text) for line in self._lines), default=0.0) / mm)

    def draw_on(self, paper: Paper, x: float, base: float) -> float:
        """Draw with the first baseline at `base`, beside words of one line, and return where it ends."""
        return self.draw(paper, x, base - self._size / mm)

    def draw(self, paper: Paper, x: float, y: float) -> float:
        """Draw with the top left corner at (x, y) and return where it ends."""
        for place, line in enumerate(self._lines):
            # The first baseline stands one size below the top.
            base = y + self._size * (1 + place * self._leading) / mm
            gap = self._gap(line) if self._justified and place + 1 < len(self._lines) else 0
            if gap:
                self._draw_spread(paper, x, base, line, gap)
                continue
            left, align = (x + self._width / 2, 0.5) if self._centred else (x, 0)
            self._write(paper, left, base, line.text, align)
        return y + self.height

    def _gap(self, line: Line) -> float:
        """Return by how many points the parts of a line stand further apart to fill it; 0 for as they are."""
        spare = self._width * mm - self._measure(line.text)
        gap = spare / max(len(line.parts) - 1, 1)
        return gap if 0 < gap <= _WIDEST_GAP * self._size else 0

    def _draw_spread(self, paper: Paper, x: float, base: float, line: Line, gap: float) -> None:
        for part in line.parts:
            self._write(paper, x, base, part, 0)
            x += (self._measure(part) + gap) / mm

    def _write(self, paper: Paper, x: float, base: float, words: str, align: float) -> None:
        paper.text(x, base, words, size=self._size, weight=self._weight, ink=self._ink, align=align)

    def _measure(self, text: str) -> float:
        return self._size * self._case.advance(text, self._weight)

    def _of(self, lines: Sequence[Line]) -> "Passage":
        part = copy(self)
        part._lines, part.is_shortened = lines, False
        return part
