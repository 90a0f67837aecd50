"""Makes pictures small, and says whether one looks as it did."""

import io
from pathlib import Path

from PIL import Image, ImageChops

COLOURS = 96
"""So few are enough for pages of two or three tints: a fifth of the bytes."""
SEEN, SMOOTHED = 24, 12
"""From which difference of lightness (of 255) a pixel differs to the eye; how many may, at corners."""


def fewer_colours(file: Path) -> None:
    """Write a picture anew with as many colours as a page has."""
    with Image.open(file) as picture:
        drawn = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    drawn.save(file, optimize=True)


def looks_the_same(before: bytes, file: Path) -> bool:
    """Whether nobody would see a difference: the browser smooths a corner now one way, now another."""
    with Image.open(io.BytesIO(before)) as old, Image.open(file) as new:
        if old.size != new.size:
            return False
        apart = ImageChops.difference(old.convert("RGB"), new.convert("RGB")).convert("L")
    seen = sum(apart.histogram()[SEEN:])
    return seen <= SMOOTHED
