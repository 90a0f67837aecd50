"""From a photo of a score sheet to an answer for each of its boxes; runs in a child process.

The person who sent the photo looks at every box that is asked about, and confirms the whole.
"""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import IO

from PIL import Image

from pointsbank.errors import Invalid
from pointsbank.omr.aligning import Frame, aligned
from pointsbank.omr.finding import FoundSheet, SheetInPart, SheetNotSeen, find_sheet
from pointsbank.omr.measuring import Answer, answers, ink_in
from pointsbank.omr.straightening import LIGHT_EVERY, SCALE, darkness, light_on, shadow_edges, straightened
from pointsbank.photos import kinds
from pointsbank.photos.reading import PhotoUnreadable, grey_picture, is_cut_off
from pointsbank.slow_work import before_slow_work

LONGEST_SIDE = 13_000
"""Pixels of a photo that are not passed on to any decoder: 108 megapixels have 12,000."""

_ASTRAY = 0.35
"""A frame that is seen with less than this share of the usual contrast is not where it should be."""

_MANY_ASTRAY = 0.03
_SHARP = 0.25
"""How much darker paper 2 mm away is, as a share, where a shadow ends too sharply to trust ink beside it."""

CUTOUT = (9.0, 4.5)
"""Millimetres to each side of a box's middle that its picture shows."""


class SheetBent(Invalid):
    """Too many boxes are not where they should be: the paper is curled, folded, covered, or much blurred."""

    code = "sheet_bent"
    sentence = (
        "照片里有{astray}个方框看不清位置：纸可能卷起、折起、被遮住，或照片模糊。请把纸压平，重新拍一张。"
    )
    fixed_by = "村委"
    at = ("photo",)


@dataclass(frozen=True, slots=True)
class BoxReading:
    """What one box says; `picture` is a JPEG of it and its surroundings where a person has to decide.

    Attributes:
        row, column: counted from 0.
        answer: `empty`, `marked`, or why it is asked about: `unclear`, `crossed_out`.
    """

    row: int
    column: int
    answer: str
    picture: bytes = b""

    @property
    def is_asked(self) -> bool:
        """Whether a person has to decide."""
        return bool(self.picture)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What stands on a photographed page: its number, and its boxes row after row."""

    number: str
    rows: int
    columns: int
    boxes: tuple[BoxReading, ...]

    @property
    def asked(self) -> tuple[BoxReading, ...]:
        """The boxes that a person has to decide."""
        return tuple(box for box in self.boxes if box.is_asked)


def read(path: str) -> Iterator[SheetReading]:
    """Yield what stands on the one score sheet of a photo.

    Raises:
        PhotoTooLarge, PhotoCutOff: as `read_sheet`, and its other refusals.
    """
    with open(path, "rb") as file:
        yield read_sheet(file)


def read_sheet(file: IO[bytes]) -> SheetReading:
    """Return what stands on the one score sheet of a photo.

    Raises:
        PhotoKindUnknown, PhotoTooLarge, PhotoCutOff: as `kinds.kind_of`; it is over 13,000 pixels long; it
            ends before its picture does.
        SheetNotSeen, SheetInPart, SheetsTwo: as `find_sheet`.
        SheetBent: more than 3 % of the boxes are not found.
    """
    before_slow_work("reading a score sheet")
    kind = kinds.kind_of(file, file.seek(0, os.SEEK_END))
    if max(kind.width, kind.height) > LONGEST_SIDE:
        raise kinds.PhotoTooLarge(size=f"{kind.width}×{kind.height}", way=kinds.SMALLER)
    try:
        photo = _grey(file, kind)
        return _read(photo, find_sheet(photo))
    except (SheetNotSeen, SheetInPart, SheetBent):
        if is_cut_off(file, kind):
            raise kinds.PhotoCutOff() from None
        raise


def _grey(file: IO[bytes], kind: kinds.Kind) -> Image.Image:
    """Return the photo in grey; raises SheetNotSeen for what cannot be drawn."""
    try:
        photo = grey_picture(file, kind)
    except PhotoUnreadable:
        photo = None
    if photo is None:
        raise SheetNotSeen()
    return photo


def _read(photo: Image.Image, sheet: FoundSheet) -> SheetReading:
    page = straightened(photo, sheet.seen)
    light = light_on(page)
    dark = darkness(page, light)
    frames = aligned(dark, rows=sheet.rows, columns=sheet.columns)
    astray = frames_astray(frames)
    if len(astray) > _MANY_ASTRAY * len(frames):
        raise SheetBent(astray=len(astray))
    found = answers(ink_in(dark, frames), rows=sheet.rows, columns=sheet.columns)
    edges = shadow_edges(light)
    for place in {*astray, *_on_edges(frames, edges)}:
        found[place] = Answer.UNCLEAR
    boxes = [
        BoxReading(*divmod(place, sheet.columns), one.value, _picture(page, frame) if _is_asked(one) else b"")
        for place, (one, frame) in enumerate(zip(found, frames, strict=True))
    ]
    return SheetReading(sheet.number, sheet.rows, sheet.columns, tuple(boxes))


def frames_astray(frames: Sequence[Frame]) -> list[int]:
    """Return the places of the boxes whose frames are hardly seen where they were found."""
    usual = median(frame.contrast for frame in frames)
    return [place for place, frame in enumerate(frames) if frame.contrast < max(4.0, _ASTRAY * usual)]


def _on_edges(frames: Sequence[Frame], edges: Image.Image) -> list[int]:
    """Return the places of the boxes that lie where a shadow ends sharply."""
    shades = edges.tobytes()
    return [
        place
        for place, frame in enumerate(frames)
        if shades[int(frame.y / LIGHT_EVERY) * edges.width + int(frame.x / LIGHT_EVERY)] > 255 * _SHARP
    ]


def _is_asked(one: Answer) -> bool:
    return one in (Answer.UNCLEAR, Answer.CROSSED_OUT)


def _picture(page: Image.Image, frame: Frame) -> bytes:
    wide, high = (length * SCALE for length in CUTOUT)
    cut = page.crop(
        (round(frame.x - wide), round(frame.y - high), round(frame.x + wide), round(frame.y + high))
    )
    out = io.BytesIO()
    cut.save(out, "JPEG", quality=80)
    return out.getvalue()
