"""A photo drawn anew for keeping: small, upright, on white, with nothing but its points; runs in a child.

What a camera writes beside the picture (where it was taken, when, by whom, a second small picture) is never
copied: the points are put into a new picture, and that one is written.
"""

import io
import os
from collections.abc import Iterator
from typing import IO

from PIL import ExifTags, Image

from pointsbank.photos.kinds import Kind, PhotoCutOff, PhotoTooLarge, kind_of
from pointsbank.photos.reading import is_cut_off, our_own_bounds
from pointsbank.slow_work import before_slow_work

MAXIMUM_KEPT_BYTES = 300_000
"""Bytes of a photo as it is kept."""

MAXIMUM_SIDE = 12_000
MAXIMUM_REDRAWN_PIXELS = 64_000_000
"""Points of the largest photo that a telephone takes by itself; a card is read from larger ones too."""

_TRIES = ((1600, 80), (1600, 68), (1280, 68), (1280, 55), (960, 60), (640, 60))
"""Longest side and JPEG quality, one after another until it is small enough: noise of 640 points is."""

_MAXIMUM_COLOURED = 80_000_000
"""Bytes that drawing in colour may take: the child has 100 MB, and a small copy is made besides."""

_SMALLER = "请把相机的照片尺寸调小（例如1200万像素）再拍，或发一张截图。"
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned upright, by the EXIF tag Orientation (CIPA DC-008, 4.6.4)."""


def redrawn(path: str) -> Iterator[bytes]:
    """Yield the JPEG of a photo that lies at `path`, as `redraw`.

    Raises:
        PhotoKindUnknown, PhotoTooLarge, PhotoCutOff: as `redraw`.
    """
    with open(path, "rb") as file:
        yield redraw(file)


def redraw(file: IO[bytes]) -> bytes:
    """Return a photo as a JPEG of at most 300,000 bytes and 1,600 points a side, upright, of points alone.

    Raises:
        PhotoKindUnknown: no JPEG, PNG, WebP or AVIF.
        PhotoTooLarge: it has too many pixels, or takes too many bytes.
        PhotoCutOff: the file is damaged, or ends before the picture does.
    """
    before_slow_work("drawing a photo anew")
    kind = kind_of(file, file.seek(0, os.SEEK_END))
    _refuse_large(kind)
    if is_cut_off(file, kind):
        raise PhotoCutOff()
    try:
        with our_own_bounds():
            drawn, turn = _drawn(file, kind)
    except (OSError, ValueError, SyntaxError):
        raise PhotoCutOff() from None
    return _written(drawn, turn)


def _refuse_large(kind: Kind) -> None:
    if max(kind.width, kind.height) > MAXIMUM_SIDE:
        raise PhotoTooLarge(size=f"{kind.width}×{kind.height}像素", way=_SMALLER)
    pixels = kind.width * kind.height
    if pixels > MAXIMUM_REDRAWN_PIXELS:
        raise PhotoTooLarge(size=f"{pixels // 10_000}万像素", way=_SMALLER)


def _drawn(file: IO[bytes], kind: Kind) -> tuple[Image.Image, int]:
    """Return the picture in colour, not much larger than it will be, and how it has to be turned."""
    file.seek(0)
    with Image.open(file, formats=(kind.format,)) as picture:
        if picture.width * picture.height > kind.width * kind.height:
            raise PhotoCutOff()
        if kind.scales:
            share = min(1.0, _TRIES[0][0] / max(picture.size))
            picture.draft("RGB", (max(1, int(kind.width * share)), max(1, int(kind.height * share))))
        elif kind.width * kind.height * _bytes_per_pixel(picture) > _MAXIMUM_COLOURED:
            raise PhotoTooLarge(size=f"{kind.width * kind.height // 10_000}万像素", way=_SMALLER)
        picture.load()
        turn = picture.getexif().get(ExifTags.Base.Orientation, 1)
        is_large = not kind.scales and max(picture.size) > 2 * _TRIES[0][0]
        halved = is_large and picture.mode in ("RGB", "RGBA", "L", "LA")
        return _on_white(picture.reduce(2) if halved else picture), int(turn)


def _bytes_per_pixel(picture: Image.Image) -> float:
    """Bytes that Pillow takes for a pixel in colour; of a PNG, which is drawn whole, with its smaller copy.

    Strip by strip, as a PNG is drawn for its code, takes twice the time that a child has for it in colour.
    """
    # What is partly clear is multiplied out in a copy before it is made smaller.
    of_png = 9.5 if picture.mode in ("LA", "RGBA") else 6.0
    return {"WEBP": 17.0, "AVIF": 10.0}.get(str(picture.format), of_png)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        # Pillow cuts off what is over 255 instead of scaling it, and all is white.
        picture = picture.point(lambda shade: shade * (1 / 256)).convert("L")
    if "transparency" in picture.info and picture.mode == "P":
        picture = picture.convert("RGBA")
    if picture.mode in ("LA", "RGBA"):
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _written(drawn: Image.Image, turn: int) -> bytes:
    """Return the picture as a JPEG that is small enough, turned upright."""
    for longest, quality in _TRIES:
        share = min(1.0, longest / max(drawn.size))
        size = (max(1, round(drawn.width * share)), max(1, round(drawn.height * share)))
        small = drawn.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        if turn in _TURNS:
            small = small.transpose(_TURNS[turn])
        # Pillow copies a comment and profiles from what it has read: nothing but points goes on.
        bare = Image.new("RGB", small.size)
        bare.paste(small)
        into = io.BytesIO()
        bare.save(into, "JPEG", quality=quality, optimize=True)
        if len(into.getvalue()) <= MAXIMUM_KEPT_BYTES:
            return into.getvalue()
    raise PhotoTooLarge(size=f"缩小后仍超过{MAXIMUM_KEPT_BYTES // 1000}kB", way=_SMALLER)
