"""Sheets that are printed, filled in by hand and photographed from above."""

import io
import random
from collections.abc import Collection

import pypdfium2
from PIL import Image

from pointsbank.omr.layout import box_middle
from tests.omr.photographing import PENS, SCALE
from tests.omr.strokes import Spot, drawn_mark, scribble

Places = Collection[tuple[int, int]]


def pictures(pdf: bytes) -> list[Image.Image]:
    """The pages of a print, ten points a millimetre."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=SCALE * 25.4 / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def photo(page: Image.Image, *, ticks: Places = (), voids: Places = (), turned: int = 0) -> bytes:
    """A photo of a page with ticks in some boxes, and others filled and signed beside: taken back."""
    dice, sheet = random.Random("paper"), page.copy()
    for place in sorted(ticks):
        x, y = box_middle(*place)
        drawn_mark(sheet, Spot(x * SCALE, y * SCALE, SCALE), PENS["black gel"], dice, "tick", "mark")
    for place in sorted(voids):
        x, y = box_middle(*place)
        spot = Spot(x * SCALE, y * SCALE, SCALE)
        drawn_mark(sheet, spot, PENS["black gel"], dice, "filled", "mark")
        beside = Spot((x + 3.5) * SCALE, y * SCALE, SCALE)
        scribble(sheet, beside, PENS["black gel"], dice, wide=2.8, high=2.4)
    return saved(sheet.rotate(90 * turned, expand=True))


def saved(picture: Image.Image) -> bytes:
    """A picture as a telephone sends it."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
