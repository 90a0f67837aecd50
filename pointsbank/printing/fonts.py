"""Fonts that carry every name of the village: cut to what is printed, at two weights, kept for next time."""

from collections.abc import Sequence
from pathlib import Path


class GlyphsMissing(Exception):
    """No font at hand can draw a name."""


class Fonts:
    """The fonts to print with: a directory to keep cut fonts in, and further font files to fall back on."""

    def __init__(self, cache: Path, fallbacks: Sequence[Path] = ()) -> None:
        self.cache = cache
        self.fallbacks = tuple(fallbacks)
