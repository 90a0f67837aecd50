"""The codes on a photo, within bounds; runs in a child process."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

import zxingcpp
from PIL import Image, ImageFile, ImageFilter

from pointsbank.errors import Invalid
from pointsbank.photos import planes, strips
from pointsbank.photos.kinds import Kind, PhotoCutOff, kind_of
from pointsbank.slow_work import before_slow_work

LONGEST_SIDE = 2000
LONGEST_TEXT = 3000

ENOUGH_SECONDS = 0.8
"""Processor time after which no further view is tried: the answer has to come within two seconds."""


class PhotoUnreadable(Invalid):
    """There is no code in the picture that can be read."""

    code = "photo_unreadable"
    sentence = "照片里没有认出二维码，请靠近、对准、光线亮一些再拍，或输入卡号。"
    fixed_by = "店员"
    at = ("photo",)


def codes(path: str, wanted: str) -> Iterator[str]:
    """Yield the texts of the codes on a photo, as `codes_in`.

    Raises:
        PhotoUnreadable, PhotoCutOff: as `codes_in`, and those of `kinds.kind_of`.
    """
    with open(path, "rb") as file:
        yield from codes_in(file, wanted)


def codes_in(file: IO[bytes], wanted: str) -> list[str]:
    """Return the texts of the QR codes on a photo, each once; only those that match `wanted` if any does.

    Args:
        wanted: a regular expression that is looked for in each text.

    Raises:
        PhotoUnreadable: no picture, or no code of at most 3,000 characters on it.
        PhotoCutOff: the file ends before the picture does, and no code was in what came.
        PhotoKindUnknown, PhotoTooLarge: as `kinds.kind_of`.
    """
    before_slow_work("reading a photo")
    looked_for = re.compile(wanted)
    others: list[str] = []
    kind = kind_of(file, file.seek(0, os.SEEK_END))
    began = time.process_time()
    with our_own_bounds(), suppress(OSError, ValueError, SyntaxError):
        for view in _views(file, kind):
            found = _found(view)
            if ours := [text for text in found if looked_for.search(text)]:
                return ours
            others = others or found
            if time.process_time() - began > ENOUGH_SECONDS:
                break
    if not others:
        raise PhotoCutOff() if is_cut_off(file, kind) else PhotoUnreadable()
    return others


def grey_picture(file: IO[bytes], kind: Kind) -> Image.Image | None:
    """Return a photo in grey, whole up to 13 megapixels and smaller beyond; None where nothing can be drawn.

    Args:
        kind: as `kinds.kind_of` has found it.

    Raises:
        PhotoUnreadable: more is to be drawn than the file's head has announced.
    """
    with our_own_bounds(), suppress(OSError, ValueError, SyntaxError):
        return _grey(file, kind, small=not kind.whole)
    return None


def _found(view: Image.Image) -> list[str]:
    """The texts of all codes on a picture, each once."""
    read = zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return list(dict.fromkeys(str(code.text) for code in read if len(code.text) <= LONGEST_TEXT))


def _views(file: IO[bytes], kind: Kind) -> Iterator[Image.Image]:
    """Yield the picture small, which reads fastest, larger for a small code, then small and sharpened."""
    first = _grey(file, kind, small=True)
    share = min(1, LONGEST_SIDE / max(first.size))
    size = (max(1, round(first.width * share)), max(1, round(first.height * share)))
    small = first if share == 1 else first.resize(size, reducing_gap=2.0)
    yield small
    if first.size != small.size:
        yield first
    if kind.whole and kind.scales and first.size != (kind.width, kind.height):
        del first
        yield _grey(file, kind, small=False)
    yield small.filter(ImageFilter.UnsharpMask(radius=4, percent=300, threshold=0))


def _grey(file: IO[bytes], kind: Kind, *, small: bool) -> Image.Image:
    """The picture in grey: about `LONGEST_SIDE` long where its kind can be drawn so, or as it is, or half."""
    file.seek(0)
    if kind.format == "PNG" and strips.can_draw(head := file.read(33)):
        file.seek(0)
        if not head[28]:
            return strips.grey(file, 1 if kind.whole else 2)
        if not kind.whole:
            return strips.grey_at_half_size(file)
    if kind.format == "WEBP" and planes.can_draw("WEBP"):
        file.seek(kind.data_from)
        return planes.webp(file.read(kind.data_bytes), whole=kind.whole)
    if kind.format == "AVIF" and planes.can_draw("AVIF"):
        return planes.avif(file.read(), pixels=kind.width * kind.height, whole=kind.whole)
    return _by_pillow(file, kind, small=small)


def _by_pillow(file: IO[bytes], kind: Kind, *, small: bool) -> Image.Image:
    file.seek(0)
    with Image.open(file, formats=(kind.format,)) as picture:
        if picture.width * picture.height > kind.width * kind.height:
            raise PhotoUnreadable()
        if kind.scales:
            longest = LONGEST_SIDE // (2 if kind.colours == 4 else 1) if small else max(picture.size)
            share = longest / max(picture.size)
            picture.draft("L", (max(1, int(kind.width * share)), max(1, int(kind.height * share))))
        if picture.mode.startswith("I;16"):
            # Pillow cuts off what is over 255 instead of scaling it, and all is white.
            return picture.point(lambda shade: shade * (1 / 256)).convert("L")
        grey = picture.convert("L")
    return grey if kind.scales or kind.whole else grey.reduce(2)


def is_cut_off(file: IO[bytes], kind: Kind) -> bool:
    """Return whether the file ends before the picture does."""
    if kind.format == "WEBP":
        file.seek(4)
        return int.from_bytes(file.read(4), "little") > file.seek(0, os.SEEK_END) - 8
    # A JPEG's picture holds its end mark nowhere else; the small picture in front has one of its own.
    end = {"JPEG": b"\xff\xd9", "PNG": b"IEND"}.get(kind.format, b"")
    file.seek(kind.data_from)
    last = b""
    while piece := file.read(256 * 1024):
        if end in last + piece:
            return False
        last = piece[-3:]
    return bool(end)


@contextmanager
def our_own_bounds() -> Iterator[None]:
    """Let Pillow draw what `kinds` has measured, also where the end is missing."""
    kept = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, True
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = kept
