"""What a sheet's photo says, as a page is sent it: one text, and one picture of cut-outs; runs in a child.

What the child sends back are plain values. The cut-outs stand one below the other in one strip, in the order
of the boxes that are asked about, so that a page shows each as a part of one kept picture.
"""

import io
from collections.abc import Iterator, Sequence

from PIL import Image

from pointsbank.errors import Invalid
from pointsbank.omr.measuring import Answer
from pointsbank.omr.reading import CUTOUT, BoxReading, SheetReading, read_sheet
from pointsbank.omr.straightening import SCALE

MAXIMUM_ASKED = 150
"""Boxes that a person is asked about at once: who has to decide more takes a better photo in less time."""

TILE = tuple(round(2 * length * SCALE) for length in CUTOUT)
"""Width and height of one cut-out in the strip, in points."""

MAXIMUM_BYTES = 280_000
_QUALITIES = (80, 65, 50, 35, 20)
LETTERS = {Answer.EMPTY: ".", Answer.MARKED: "x", Answer.UNCLEAR: "?", Answer.CROSSED_OUT: "/"}


class SheetUnclear(Invalid):
    """So many boxes are not clear that a person would read the sheet instead."""

    code = "sheet_unclear"
    sentence = "照片里有{asked}格看不清，太多了，没有读入。请在亮一些的地方把纸放平、拿稳手机，重新拍一张。"
    fixed_by = "村委"
    at = ("photos", "photo")


def read(path: str) -> Iterator[tuple[str, int, int, str, bytes]]:
    """Yield a sheet's number, its rows and columns, its answers and the strip of its cut-outs.

    Raises:
        SheetUnclear: more than 150 boxes are asked about.

    And those of `reading.read_sheet`.
    """
    with open(path, "rb") as file:
        found = read_sheet(file)
    if len(found.asked) > MAXIMUM_ASKED:
        raise SheetUnclear(asked=len(found.asked))
    yield found.number, found.rows, found.columns, answers_of(found), strip(found.asked)


def answers_of(found: SheetReading) -> str:
    """Return what the boxes say, one character each: `.` empty, `x` marked, `?` unclear, `/` crossed out?"""
    return "".join(LETTERS[Answer(box.answer)] for box in found.boxes)


def strip(asked: Sequence[BoxReading]) -> bytes:
    """Return the cut-outs of boxes one below the other as one JPEG of at most 280,000 bytes; b"" for none."""
    if not asked:
        return b""
    wide, high = TILE
    whole = Image.new("L", (wide, high * len(asked)), 255)
    for place, box in enumerate(asked):
        with Image.open(io.BytesIO(box.picture)) as picture:
            whole.paste(picture, (0, place * high))
    written = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        whole.save(out, "JPEG", quality=quality, optimize=True)
        written = out.getvalue()
        if len(written) <= MAXIMUM_BYTES:
            break
    return written
