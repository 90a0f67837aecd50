"""The sheet a print is drawn on: text in our faces, fitted into its place, and codes, in millimetres."""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import BinaryIO

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.rl_accel import fp_str
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from pointsbank.printing.breaking import lines_of, shortened
from pointsbank.printing.fonts import FontSet, printable
from pointsbank.printing.glyphs import BOLD, REGULAR
from pointsbank.printing.streaming import streamed_canvas

INK = HexColor("#1c1917")
GREY = HexColor("#57534e")
PALE = HexColor("#a8a29e")
HAIR = HexColor("#d6d3d1")
RED = HexColor("#b91c1c")
WHITE = white
SMALLEST = 9.0
"""Points: no words of a sheet are smaller, however long they are; what is smaller by design says so."""

_SHARES, _SPACE = (0.6, 0.55, 0.5, 0.45, 0.4, 0.0), 1.3
"""Sizes tried for lines that stand in the place of one, and how high they may be together, by its size."""

_LEADING, _MIDDLE = 1.15, 0.38
"""Of lines set in the place of one; and how far above its baseline the middle of a line lies, in sizes."""

_MARK_EVERY = 42.0, 27.0
"""Millimetres between two marks, across and down: half a card."""
_MARK_SIZE, _MARK_ALPHA = 26, 0.22


@lru_cache(maxsize=64)
def _fill(ink: Color) -> str:
    """Return what sets an opaque ink: a notice has thousands of lines, and writes its numbers once."""
    return f"{fp_str(ink.red, ink.green, ink.blue)} rg"


class Paper:
    """A sheet to draw on; x runs right and y runs down from the top left corner, both in millimetres."""

    def __init__(
        self,
        out: BinaryIO,
        case: FontSet,
        *,
        width: float,
        height: float,
        title: str,
        exact: bool = False,
        smallest: float = SMALLEST,
    ) -> None:
        """Take the size of the sheet in millimetres and the faces to write with.

        `exact`: viewers are asked to print it at 100 %, not fitted to the paper. `smallest`: points, below
        which `text` shrinks nothing.
        """
        self._smallest = smallest
        self.case = case
        self.width = width
        self.height = height
        self._stamps: dict[Hashable, str] = {}
        self.canvas = streamed_canvas(
            out, size=(width * mm, height * mm), face=case.face(REGULAR), title=title
        )
        if exact:
            # PDF 1.6, section 8.1; what does not know it leaves it alone.
            self.canvas.setViewerPreference("PrintScaling", "None")

    def stamp(self, what: Hashable, x: float, y: float, draw: Callable[[], None]) -> None:
        """Put at (x, y) what `draw` draws at the top left corner; drawn once, however often it is put."""
        name = self._stamps.get(what)
        if name is None:
            name = self._stamps[what] = f"stamp{len(self._stamps)}"
            self.canvas.beginForm(name)
            draw()
            self.canvas.endForm()
        self.canvas._code.append(f"q 1 0 0 1 {x * mm:.3f} {-y * mm:.3f} cm")
        self.canvas.doForm(name)
        self.canvas._code.append("Q")

    def tear_off(self, height: float) -> None:
        """Make this page so many millimetres high after all: it came from a roll, with a height of 0."""
        self.canvas.setPageSize((self.width * mm, height * mm))
        # Drawn downwards from the bottom edge; everything moves up by what is now above that edge.
        self.canvas._code.insert(0, f"1 0 0 1 0 {height * mm:.6f} cm")

    def turn(self) -> None:
        """End this page and begin the next."""
        if self.case.mark:
            self._mark_all_over()
        self.canvas.showPage()

    def _mark_all_over(self) -> None:
        """Write the mark across the page again and again: every card that is cut from it has one."""
        across, down = (length / mm for length in self.canvas._pagesize)
        self.canvas.saveState()
        # So thin that a code under it is read all the same.
        self.canvas.setFillAlpha(_MARK_ALPHA)
        y = self.height - down + _MARK_EVERY[1] / 2
        while y < self.height + _MARK_EVERY[1] / 2:
            x = _MARK_EVERY[0] / 2
            while x < across + _MARK_EVERY[0] / 2:
                self.text(x, y, self.case.mark, size=_MARK_SIZE, weight=BOLD, ink=RED, align=0.5)
                x += _MARK_EVERY[0]
            y += _MARK_EVERY[1]
        self.canvas.restoreState()

    def turn_up(self, x: float, y: float) -> None:
        """Let what is drawn at (0, 0) stand at (x, y) and run upwards, until the canvas is restored."""
        self.canvas.translate(x * mm, (self.height - y) * mm)
        self.canvas.rotate(90)
        self.canvas.translate(0, -self.height * mm)

    def finish(self) -> None:
        """Write what is left; the last page must have been ended."""
        self.canvas.save()

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float,
        weight: int = REGULAR,
        ink: Color = INK,
        align: float = 0,
        fit: float | None = None,
        spread: float = 0,
        lines: int | None = None,
        upward: bool = False,
    ) -> float:
        """Write one line on the baseline y: size in points, shrunk to `fit` mm; gives back its width in mm.

        What is too long for that at the smallest size goes on in lines of that size around the same middle,
        `lines` at most; `upward`: the last of them stands on the baseline. `align` 0 begins at x, 0.5 centres
        on x, 1 ends at x; `spread` adds points between characters.
        """
        if not words:
            return 0.0
        runs = self.case.runs(words, weight)
        wide = sum(stringWidth(part, face, size) for face, part in runs) + spread * (len(words) - 1)
        if fit is not None and wide > fit * mm:
            if size * fit * mm < wide * min(size, self._smallest):
                return self._stacked(x, y, words, (size, weight, ink, align), fit, lines, upward)
            size, spread = size * fit * mm / wide, spread * fit * mm / wide
            wide = fit * mm
        pen = self.canvas.beginText(x * mm - align * wide, (self.height - y) * mm)
        pen._code.append(_fill(ink))
        if spread:
            pen.setCharSpace(spread)
        for face, part in runs:
            pen.setFont(face, size)
            pen.textOut(part)
        if spread:
            pen.setCharSpace(0)
        self.canvas.drawText(pen)
        return float(wide / mm)

    def _stacked(
        self,
        x: float,
        y: float,
        words: str,
        manner: tuple[float, int, Color, float],
        fit: float,
        at_most: int | None,
        upward: bool,
    ) -> float:
        """Write on several lines what stands on one line where it is short: as large as its place allows."""
        full, weight, ink, align = manner
        size = smallest = min(full, self._smallest)
        shown = printable(words)

        def measure(text: str) -> float:
            return size * self.case.advance(text, weight)

        for tried in (full * share for share in _SHARES):
            size = max(tried, smallest)
            lines = lines_of(shown, width=fit * mm, measure=measure)
            if size == smallest or len(lines) * _LEADING * size <= _SPACE * full:
                break
        if at_most is not None:
            lines = shortened(lines, at_most, width=fit * mm, measure=measure)
        high = _LEADING * size * (len(lines) - 1)
        first = y - (high if upward else _MIDDLE * (full - size) + high / 2) / mm
        return max(
            self.text(
                x,
                first + place * _LEADING * size / mm,
                line.text,
                size=size,
                weight=weight,
                ink=ink,
                align=align,
            )
            for place, line in enumerate(lines)
        )

    def shortened(self, words: str, *, size: float, fit: float, weight: int = REGULAR) -> str:
        """Return the words, cut with … at the end where they would not even fit a little smaller."""
        space, minimum = fit * mm, min(size, max(size * 0.8, self._smallest))
        if self.case.width(words, weight, minimum) <= space:
            return words
        while words and self.case.width(words + "…", weight, minimum) > space:
            words = words[:-1]
        return words + "…"

    def width_of(self, words: str, *, size: float, weight: int = REGULAR) -> float:
        """Return how wide words are on one line, in mm; size in points."""
        return float(self.case.width(words, weight, size) / mm)

    def outline(
        self, x: float, y: float, width: float, height: float, *, ink: Color, thickness: float
    ) -> None:
        """Draw the four sides of a rectangle whose top left corner is (x, y); `thickness` in mm."""
        right, low = x + width, y + height
        sides = [(x, y, right, y), (right, y, right, low), (right, low, x, low), (x, low, x, y)]
        self.lines(sides, ink=ink, thickness=thickness)

    def box(self, x: float, y: float, width: float, height: float, ink: Color, radius: float = 0) -> None:
        """Fill a rectangle whose top left corner is (x, y)."""
        self.canvas.setFillColor(ink)
        bottom = (self.height - y - height) * mm
        if radius:
            self.canvas.roundRect(x * mm, bottom, width * mm, height * mm, radius * mm, stroke=0, fill=1)
        else:
            self.canvas.rect(x * mm, bottom, width * mm, height * mm, stroke=0, fill=1)

    def ring(self, middle: float, top: float, *, radius: float, thickness: float, ink: Color) -> None:
        """Draw a dashed circle, `thickness` millimetres thick."""
        self.canvas.setStrokeColor(ink)
        self.canvas.setLineWidth(thickness * mm)
        self.canvas.setDash(2, 2)
        side, bottom = 2 * radius * mm, (self.height - top - 2 * radius) * mm
        self.canvas.roundRect((middle - radius) * mm, bottom, side, side, radius * mm)
        self.canvas.setDash()

    def line(self, x1: float, y1: float, x2: float, y2: float, *, ink: Color, thickness: float) -> None:
        """Draw a straight line, `thickness` millimetres thick."""
        self.lines([(x1, y1, x2, y2)], ink=ink, thickness=thickness)

    def lines(
        self, ends: Sequence[tuple[float, float, float, float]], *, ink: Color, thickness: float
    ) -> None:
        """Draw straight lines from (x, y) to (x, y), all of one ink and thickness."""
        self.canvas.setStrokeColor(ink)
        self.canvas.setLineWidth(thickness * mm)
        top = self.height
        self.canvas.lines([(x1 * mm, (top - y1) * mm, x2 * mm, (top - y2) * mm) for x1, y1, x2, y2 in ends])

    def code(self, x: float, y: float, side: float, drawn: tuple[int, str]) -> None:
        """Draw a QR code, `side` millimetres without its quiet zone, with its top left module at (x, y)."""
        modules, path = drawn
        unit = side * mm / modules
        self.canvas.setFillColor(black)
        bottom = (self.height - y - side) * mm
        self.canvas._code.append(f"q {unit:.5f} 0 0 {unit:.5f} {x * mm:.3f} {bottom:.3f} cm\n{path}\nQ")
