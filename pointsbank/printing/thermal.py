"""A slip as a receipt printer's own bytes (ESC/POS): Chinese in GB18030, and as dots what printers lack.

The commands are ESC @, ESC J, ESC E, GS !, FS &, FS !, GS v 0 and GS V. A printer's own letters are those of
GBK, of one byte or two. One of four bytes (𬭎, 㛃) would come out as two wrong ones, and one that GB18030
alone has in two (䶮) as a blank on older printers: its whole line is drawn in our faces and sent as dots.
Words are cleared of controls, so that no name is a command. Lengths are in dots, eight to the millimetre.
"""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pointsbank.lazy import LazyModule
from pointsbank.printing.breaking import lines_of
from pointsbank.printing.fonts import FontSet, printable
from pointsbank.printing.glyphs import BOLD, REGULAR
from pointsbank.printing.paper import Paper
from pointsbank.printing.qr import QUIET
from pointsbank.printing.roll import MODULE

if TYPE_CHECKING:
    import pypdfium2
    from PIL import ImageOps
else:
    pypdfium2 = LazyModule("pypdfium2", seldom=True)
    ImageOps = LazyModule("PIL.ImageOps", seldom=True)

COLUMNS = {58: 32, 80: 48}
"""Half-width letters on a line of a paper of so many mm: 384 or 576 dots, 12 for each."""

_MM = 1 / 8
"""Of a dot, with 203 to the inch."""
_CELL, _HIGH, _BASE, _GAP = 12, 24, 21, 10
"""Of a half-width letter: how wide and high it is, where its baseline lies, and what is below it."""
_ROUNDING = 0.001
"""Millimetres that a drawing is short of whole dots: a renderer rounds up, and a code would be stretched."""
_SMALLEST = 4.0
"""Points, of Latin letters in words drawn as dots: they stand where the printer's narrower ones would."""
_BURNT = 110
"""How dark, of 255, a dot is burnt: below is the edge of a letter."""
_TWICE = 1.3
"""From so much larger on, words are printed at twice their width and height: there is nothing in between."""
_SAME = str.maketrans("−", "-")
"""A minus sign has four bytes in GB18030: the hyphen says the same."""
_BEGIN = b"\x1b@\x1c&"
_CUT = b"\n\n\n\x1dV\x42\x00"


class _Words(NamedTuple):
    """Words on a line: the column they begin in, how many times as large, how heavy."""

    start: int
    text: str
    times: int = 1
    weight: int = REGULAR

    @property
    def end(self) -> int:
        """The column behind them."""
        return self.start + columns_of(self.text) * self.times


def printers_own(text: str) -> bool:
    """Return whether a receipt printer has every letter of a text: those of GBK, as GB18030 writes them.

    Example:
        >>> printers_own("王建国 -1"), printers_own("𬭎"), printers_own("䶮"), printers_own("−1")
        (True, False, False, False)
    """
    return len(text.encode("gbk", "ignore").decode("gbk")) == len(text)


def columns_of(text: str) -> int:
    """Return how many half-width letters wide a text is printed.

    Example:
        >>> columns_of("积分 12.5")
        9
    """
    return sum(1 if one.isascii() else 2 for one in text)


class Thermal:
    """A slip for a receipt printer, part by part, as `Roll` has them."""

    def __init__(self, case: FontSet, *, width: int) -> None:
        """Begin a slip on a paper of 58 or 80 mm; `case` draws what the printer's own letters lack."""
        self._case = case
        self._columns = COLUMNS[width]
        self._bytes = bytearray(_BEGIN)
        if case.mark:
            self.middle(case.mark, 2, BOLD)

    def middle(self, text: str, larger: float, weight: int = REGULAR) -> None:
        """Write a text in the middle, on as many lines as it needs."""
        times = _times(larger)
        for line in self._lines(text, times):
            self._line(_Words((self._columns - columns_of(line) * times) // 2, line, times, weight))

    def pair(self, label: str, value: str, larger: float = 1.0) -> None:
        """Write a word at the left and what it says at the right: on one line, or below where it is long."""
        times, weight = _times(larger), BOLD if larger > 1 else REGULAR
        words, lines = _plain(label), self._lines(value, times)
        left = [_Words(0, words)] if words else []
        if not lines or columns_of(words) + 1 + columns_of("".join(lines)) * times > self._columns:
            self.passage(label)
            left = []
        for line in lines:
            self._line(*left, _Words(self._columns - columns_of(line) * times, line, times, weight))

    def passage(self, text: str, weight: int = REGULAR) -> None:
        """Write words over as many lines as they need."""
        for line in self._lines(text, 1):
            self._line(_Words(0, line, weight=weight))

    def space(self) -> None:
        """Leave a little space, so that what belongs together stands together."""
        self._bytes += b"\x1bJ\x08"

    def rule(self) -> None:
        """Print a dashed line, with the mark of a print that is only practice in it."""
        mark = _plain(self._case.mark)
        left, more = divmod(self._columns - columns_of(mark), 2)
        self._line(_Words(0, "-" * left + mark + "-" * (left + more)))

    def code(self, drawn: tuple[int, str]) -> None:
        """Print a QR code with its quiet zone in the middle, each module as whole dots."""
        module = round(MODULE / _MM)
        side, margin = drawn[0] * module, QUIET * module
        left = (self._columns * _CELL - side) // 2
        self._dots(side + 2 * margin, lambda paper: paper.code(left * _MM, margin * _MM, side * _MM, drawn))

    def finish(self) -> bytes:
        """Return all bytes, with the paper fed and cut at the end."""
        return bytes(self._bytes + _CUT)

    def _lines(self, text: str, times: int) -> list[str]:
        lines = lines_of(_plain(text), width=self._columns // times, measure=columns_of)
        return [line.text for line in lines]

    def _line(self, *words: _Words) -> None:
        """Print words on one line, by the printer's own letters or, where it lacks one, as dots."""
        if not all(printers_own(one.text) for one in words):
            high = _HIGH * max(one.times for one in words) + _GAP
            self._dots(high, lambda paper: self._write(paper, words))
            return
        reached = 0
        for one in words:
            self._bytes += b" " * (one.start - reached)
            self._bytes += _style(one.times, one.weight) + one.text.encode("gb18030") + _style(1, REGULAR)
            reached = one.end
        self._bytes += b"\n"

    def _write(self, paper: Paper, words: tuple[_Words, ...]) -> None:
        """Draw words where the printer's own letters would stand."""
        base = _HIGH * (max(one.times for one in words) - 1) + _BASE
        for one in words:
            align = 0.0 if not one.start else 1.0 if one.end == self._columns else 0.5
            left, wide = one.start * _CELL * _MM, (one.end - one.start) * _CELL * _MM
            paper.text(
                left + align * wide,
                base * _MM,
                one.text,
                size=_HIGH * one.times * _MM / 25.4 * 72,
                weight=one.weight,
                align=align,
                fit=wide,
            )

    def _dots(self, high: int, draw: Callable[[Paper], None]) -> None:
        """Send what is drawn on so many dots of the roll as dots (GS v 0)."""
        drawn = io.BytesIO()
        wide = self._columns * _CELL
        paper = Paper(
            drawn,
            self._case,
            width=wide * _MM - _ROUNDING,
            height=high * _MM - _ROUNDING,
            title="",
            smallest=_SMALLEST,
        )
        draw(paper)
        paper.canvas.showPage()
        paper.finish()
        document = pypdfium2.PdfDocument(drawn.getvalue())
        try:
            picture = document[0].render(scale=25.4 / _MM / 72, grayscale=True).to_pil().convert("L")
        finally:
            document.close()
        # A printer burns where a bit is set.
        bits = ImageOps.invert(picture).point(lambda grey: 255 if grey > _BURNT else 0, mode="1").tobytes()
        self._bytes += b"\x1dv0\x00" + (wide // 8).to_bytes(2, "little") + high.to_bytes(2, "little") + bits


def _plain(text: str) -> str:
    return printable(text).translate(_SAME)


def _times(larger: float) -> int:
    return 2 if larger >= _TWICE else 1


def _style(times: int, weight: int) -> bytes:
    """Return what sets the size of ASCII (GS !) and of Chinese letters (FS !), and the weight (ESC E)."""
    large, heavy = times == 2, weight == BOLD
    return bytes([0x1D, 0x21, 0x11 * large, 0x1C, 0x21, 0x0C * large, 0x1B, 0x45, int(heavy)])
