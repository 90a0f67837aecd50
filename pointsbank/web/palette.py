"""The colours of the theme as theme.css declares them, which of them stand on which, and how well that reads.

A pair that is declared here is held to the contrast that people with weak eyes need, by a test and on /look.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

THEME = Path(__file__).parent / "static" / "theme.css"
MINIMUM = 4.5
"""Contrast that words need at least, as a ratio to 1 (WCAG 2.2, 1.4.3; T/CAPT 适老化 asks the same)."""

ENHANCED = 7.0
"""What they have for whoever asks the device for more contrast (WCAG 2.2, 1.4.6)."""

_DECLARED = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


@dataclass(frozen=True)
class Pair:
    """Words in one colour on a ground of another, and where that is so."""

    words: str
    ground: str
    where: str

    @property
    def contrast(self) -> float:
        """Return the contrast of the two, 1 to 21."""
        return contrast(colours()[self.words], colours()[self.ground])


PAIRS = (
    Pair("ink", "paper", "正文"),
    Pair("ink", "sheet", "纸上的正文"),
    Pair("ink-soft", "paper", "次要文字"),
    Pair("ink-soft", "sheet", "纸上的次要文字"),
    Pair("ink-soft", "shade", "标签、表头"),
    Pair("on-brand", "brand", "页首、主要按钮"),
    Pair("on-brand-soft", "brand-deep", "栏目"),
    Pair("brand", "sheet", "红榜"),
    Pair("link", "paper", "链接"),
    Pair("link", "sheet", "纸上的链接"),
    Pair("plus", "sheet", "加分"),
    Pair("minus", "sheet", "扣分"),
    Pair("wrong", "wrong-wash", "填错的地方"),
    Pair("wrong", "sheet", "栏边的一句话"),
    Pair("due", "due-wash", "请留意"),
    Pair("plus", "plus-wash", "办好了"),
)
"""Which colours are written on which."""


@cache
def colours() -> dict[str, str]:
    """Return the colours that the theme declares, by name, as #rrggbb.

    Example:
        ``colours()["brand"]`` is ``"#a3231b"``.
    """
    return dict(reversed(_DECLARED.findall(THEME.read_text("utf-8"))))


@cache
def stronger() -> dict[str, str]:
    """Return the colours for whoever asks the device for more contrast: declared once more, later."""
    return dict(_DECLARED.findall(THEME.read_text("utf-8")))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours given as #rrggbb, 1 to 21.

    Example:
        >>> round(contrast("#000000", "#ffffff"))
        21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
