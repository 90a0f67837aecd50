"""WebP and AVIF drawn in grey: their plane of brightness, straight from the libraries that Pillow brings.

Through Pillow a pixel takes 17 bytes of a WebP and 10 of an AVIF: colours and transparency are made of it and
copied. Brightness is a plane of its own in both, and a code needs nothing else; all planes together take 1.5
bytes a pixel. So the two libraries are called directly. Where they are no files of their own, as for Windows,
Pillow draws, and smaller pictures are taken (`kinds`).
"""

import ctypes
import importlib
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_ubyte, c_uint32, c_void_p
from functools import cache
from typing import Any

from PIL import Image

_BAND = 512


class _AvifImage(ctypes.Structure):
    """The beginning of libavif's `avifImage`."""

    _fields_ = (
        *((name, c_uint32) for name in ("width", "height", "depth", "format", "range", "chroma")),
        ("planes", c_void_p * 3),
        ("row_bytes", c_uint32 * 3),
    )


class _AvifDecoder(ctypes.Structure):
    """The beginning of libavif's `avifDecoder`, the same in all its versions 1."""

    _fields_ = (
        *((name, c_int) for name in ("codec", "threads", "source", "progressive", "incremental")),
        *((name, c_int) for name in ("ignores_exif", "ignores_xmp")),
        *((name, c_uint32) for name in ("size_limit", "dimension_limit", "count_limit", "strictness")),
        ("image", POINTER(_AvifImage)),
    )


def can_draw(form: str) -> bool:
    """Return whether pictures of a format (`WEBP` or `AVIF`) are drawn here."""
    return (_webp() if form == "WEBP" else _avif()) is not None


def webp(frame: bytes, *, whole: bool) -> Image.Image:
    """Return one frame of a WebP (without its chunk's head) in grey, at half its size unless whole.

    Raises:
        OSError: it is damaged or cut off.
    """
    library = _webp()
    assert library is not None
    width, height, stride, other = c_int(), c_int(), c_int(), c_int()
    blue, red = c_void_p(), c_void_p()
    sides, rows = (byref(width), byref(height)), (byref(stride), byref(other))
    plane = library.WebPDecodeYUV(frame, len(frame), *sides, byref(blue), byref(red), *rows)
    if not plane:
        raise OSError("broken WebP")
    try:
        return _grey(plane, width.value, height.value, stride.value, 8, whole=whole)
    finally:
        library.WebPFree(plane)


def avif(file: bytes, *, pixels: int, whole: bool) -> Image.Image:
    """Return the first picture of an AVIF in grey, at half its size unless whole.

    Args:
        pixels: no picture that has more is drawn.

    Raises:
        OSError: it is damaged, cut off or larger.
        MemoryError: there is none left.
    """
    library = _avif()
    assert library is not None
    decoder = library.avifDecoderCreate()
    if not decoder:
        raise MemoryError
    try:
        decoder.contents.size_limit, decoder.contents.strictness = pixels, 0
        decoder.contents.ignores_exif = decoder.contents.ignores_xmp = 1
        broken = library.avifDecoderSetIOMemory(decoder, file, len(file))
        broken = broken or library.avifDecoderParse(decoder) or library.avifDecoderNextImage(decoder)
        if broken:
            raise OSError("broken AVIF")
        drawn = decoder.contents.image.contents
        return _grey(drawn.planes[0], drawn.width, drawn.height, drawn.row_bytes[0], drawn.depth, whole=whole)
    finally:
        library.avifDecoderDestroy(decoder)


def _grey(plane: int, width: int, height: int, row_bytes: int, depth: int, *, whole: bool) -> Image.Image:
    """Return a copy of a plane of brightness, band by band: samples over 8 bits lie in two bytes."""
    factor, mode = 1 if whole else 2, "L" if depth == 8 else "I;16"
    drawn = Image.new("L", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, _BAND):
        rows = min(_BAND, height - top)
        # Not copied: Pillow takes whatever has a buffer.
        lying: Any = (c_ubyte * (row_bytes * rows)).from_address(plane + row_bytes * top)
        band = Image.frombuffer(mode, (width, rows), lying, "raw", mode, row_bytes, 1)
        if depth != 8:
            band = band.point(lambda shade: shade * (1 / 2 ** (depth - 8))).convert("L")
        drawn.paste(band if whole else band.reduce(factor), (0, top // factor))
    return drawn


@cache
def _webp() -> ctypes.CDLL | None:
    library = _library("_webp", "WebPDecodeYUV", "WebPFree")
    if library is not None:
        library.WebPDecodeYUV.restype = c_void_p
        library.WebPDecodeYUV.argtypes = [c_char_p, c_size_t, *[c_void_p] * 6]
        library.WebPFree.argtypes = [c_void_p]
    return library


@cache
def _avif() -> ctypes.CDLL | None:
    steps = ("avifDecoderParse", "avifDecoderNextImage", "avifDecoderDestroy")
    library = _library("_avif", "avifVersion", "avifDecoderCreate", "avifDecoderSetIOMemory", *steps)
    if library is None:
        return None
    library.avifVersion.restype = c_char_p
    if not library.avifVersion().startswith(b"1."):
        return None
    decoder = POINTER(_AvifDecoder)
    library.avifDecoderCreate.restype = decoder
    library.avifDecoderSetIOMemory.argtypes = [decoder, c_char_p, c_size_t]
    for name in steps:
        getattr(library, name).argtypes = [decoder]
    return library


def _library(module: str, *functions: str) -> ctypes.CDLL | None:
    """Return the library behind one of Pillow's modules; None where it cannot be called from outside."""
    try:
        library = ctypes.CDLL(importlib.import_module(f"PIL.{module}").__file__)
        for function in functions:
            getattr(library, function)
    except (ImportError, OSError, AttributeError, TypeError):
        return None
    return library
