"""Reads the code on a photographed card, within bounds."""

from collections.abc import Iterator
from typing import IO

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from pointsbank.errors import Invalid

MAXIMUM_PIXELS = 40_000_000
LONGEST_SIDE = 2000


class PhotoUnreadable(Invalid):
    """No picture, too large a picture, or no code in it."""

    code = "photo_unreadable"
    sentence = "照片里没有认出二维码，请靠近、对准、光线亮一些再拍，或输入卡号。"
    fixed_by = "店员"


def read_code(stream: IO[bytes]) -> str:
    """Return the text of the one QR code in a photo.

    Raises:
        PhotoUnreadable: no picture, more than 40 million pixels, or not exactly one code of at most 300
            characters.
    """
    try:
        with Image.open(stream, formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MAXIMUM_PIXELS:
                raise PhotoUnreadable()
            picture.draft("L", picture.size)
            grey = ImageOps.exif_transpose(picture).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise PhotoUnreadable() from None
    for view in _views(grey):
        found = zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        if found:
            break
    if len(found) != 1 or len(found[0].text) > 300:
        raise PhotoUnreadable()
    return str(found[0].text)


def _views(grey: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture small, which reads fastest, then whole for a small code, then sharpened."""
    small = grey.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    yield small
    if small.size != grey.size:
        yield grey
    yield small.filter(ImageFilter.UnsharpMask(radius=4, percent=300, threshold=0))
