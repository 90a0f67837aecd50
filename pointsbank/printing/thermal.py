"""A slip as a receipt printer's own bytes (ESC/POS): Chinese as two bytes of GB18030, what has four as dots.

The commands are those of Epson's ESC/POS reference: ESC @, ESC J, ESC E, GS !, FS &, FS !, GS v 0, GS V. A
printer's own letters are those of two bytes. One of four bytes (𬭎, 㛃) would come out as two wrong ones, so
its whole line is drawn in our faces and sent as dots. Words are cleared of controls: no name is a command.
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
"""Half-width letters on a line of a paper of so many mm: its 384 or 576 dots, 12 for each."""

_DOTS = 8
"""Dots in a millimetre: 203.2 an inch."""
_CELL = 12
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


def two_bytes(text: str) -> bool:
    """Return whether every letter is one of a printer's own: one byte of ASCII or two of GB18030.

    Example:
        >>> two_bytes("王建国 -1"), two_bytes("𬭎"), two_bytes("−1")
        (True, False, False)
    """
    return all(len(one.encode("gb18030")) <= 2 for one in text)


def columns_of(text: str) -> float:
    """Return how many half-width letters wide a text is printed.

    Example:
        >>> columns_of("积分 12.5")
        9.0
    """
    return float(sum(1 if one.isascii() else 2 for one in text))


class Thermal:
    """A slip for a receipt printer, part by part, as `Roll` has them."""

    def __init__(self, case: FontSet, *, width: int) -> None:
        """Begin a slip on a paper of 58 or 80 mm; `case` draws what the printer's own letters lack."""
        self._case = case
        self._columns = COLUMNS[width]
        self._bytes = bytearray(_BEGIN)

    def middle(self, text: str, larger: float, weight: int = REGULAR) -> None:
        """Write a text in the middle, on as many lines as it needs."""
        times = _times(larger)
        for line in self._lines(text, times):
            self._line(_Words((self._columns - int(columns_of(line)) * times) // 2, line, times, weight))

    def pair(self, label: str, value: str, larger: float = 1.0) -> None:
        """Write a word at the left and what it says at the right: on one line, or below where it is long."""
        times, weight = _times(larger), BOLD if larger > 1 else REGULAR
        lines = self._lines(value, times)
        beside = int(columns_of(label)) + 1 + int(columns_of(value)) * times <= self._columns
        if label and not beside:
            self._line(_Words(0, _plain(label)))
        for line in lines:
            words = _Words(self._columns - int(columns_of(line)) * times, line, times, weight)
            self._line(*([_Words(0, _plain(label))] if label and beside else []), words)

    def passage(self, text: str, weight: int = REGULAR) -> None:
        """Write words over as many lines as they need."""
        for line in self._lines(text, 1):
            self._line(_Words(0, line, weight=weight))

    def space(self) -> None:
        """Leave a little space, so that what belongs together stands together."""
        self._bytes += b"\x1bJ\x08"

    def rule(self) -> None:
        """Print a dashed line."""
        self._line(_Words(0, "-" * self._columns))

    def code(self, drawn: tuple[int, str]) -> None:
        """Print a QR code with its quiet zone in the middle, each module as whole dots."""
        side = drawn[0] * MODULE
        margin = QUIET * MODULE
        left = (self._columns * _CELL / _DOTS - side) / 2
        self._dots(side + 2 * margin, lambda paper: paper.code(left, margin, side, drawn))

    def finish(self) -> bytes:
        """Return all bytes, with the paper fed and cut at the end."""
        return bytes(self._bytes + _CUT)

    def _lines(self, text: str, times: int) -> list[str]:
        lines = lines_of(_plain(text), width=self._columns // times, measure=columns_of)
        return [line.text for line in lines]

    def _line(self, *words: _Words) -> None:
        """Print words on one line, by the printer's own letters or, where it lacks one, as dots."""
        if not all(two_bytes(one.text) for one in words):
            self._dots(3.6 * max(one.times for one in words), lambda paper: _write(paper, words))
            return
        ends = [0, *(one.start + int(columns_of(one.text)) * one.times for one in words)]
        for one, before in zip(words, ends, strict=False):
            self._bytes += b" " * (one.start - before)
            self._bytes += _style(one.times, one.weight) + one.text.encode("gb18030") + _style(1, REGULAR)
        self._bytes += b"\n"

    def _dots(self, height: float, draw: Callable[[Paper], None]) -> None:
        """Send what is drawn on so many mm of the roll as dots (GS v 0)."""
        drawn = io.BytesIO()
        wide = self._columns * _CELL // _DOTS
        paper = Paper(drawn, self._case, width=wide, height=height, title="", exact=True)
        draw(paper)
        paper.turn()
        paper.finish()
        document = pypdfium2.PdfDocument(drawn.getvalue())
        try:
            picture = document[0].render(scale=25.4 * _DOTS / 72).to_pil().convert("L")
        finally:
            document.close()
        picture = picture.crop((0, 0, self._columns * _CELL, picture.height))
        # A printer burns where a bit is set; half grey is the edge of a letter.
        bits = ImageOps.invert(picture).point(lambda grey: 255 if grey > 110 else 0, mode="1").tobytes()
        across = self._columns * _CELL // 8
        self._bytes += b"\x1dv0\x00" + bytes([across, 0, *divmod(picture.height, 256)[::-1]]) + bits


def _plain(text: str) -> str:
    return printable(text).translate(_SAME)


def _times(larger: float) -> int:
    return 2 if larger >= _TWICE else 1


def _style(times: int, weight: int) -> bytes:
    """Return what sets the size of ASCII (GS !) and of Chinese letters (FS !), and the weight (ESC E)."""
    large, heavy = times == 2, weight == BOLD
    return bytes([0x1D, 0x21, 0x11 * large, 0x1C, 0x21, 0x0C * large, 0x1B, 0x45, int(heavy)])


def _write(paper: Paper, words: tuple[_Words, ...]) -> None:
    """Draw words where the printer's own letters would stand: Chinese ones 24 dots (3 mm) wide."""
    size = 24 / _DOTS / 25.4 * 72
    base = 3.0 * max(one.times for one in words) - 0.3
    for one in words:
        x = one.start * _CELL / _DOTS
        paper.text(x, base, one.text, size=size * one.times, weight=one.weight)
