"""A PNG drawn in grey strip by strip, so that it takes a byte for a pixel and not five.

Rows of a PNG refer to the row above. Each strip is made a small PNG of its own, whose first row is the last
of the strip before, uncompressed and unfiltered, and is thrown away when it has been drawn.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import IO

from PIL import Image

_ROWS = 128
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIECE = 64 * 1024
# Channels of the colour types whose rows come out of Pillow as they went in.
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


def grey(file: IO[bytes], factor: int) -> Image.Image:
    """Return a PNG of 8 bits a sample, not interlaced, in grey; rows that are missing stay black.

    Args:
        factor: 1, 2 or 4: how many points become one, across and down.

    Raises:
        SyntaxError: the file is damaged.
    """
    head = file.read(33)
    width, height, _, colour = struct.unpack_from(">IIBB", head, 16)
    length = width * _CHANNELS[colour]
    drawn = Image.new("L", (-(-width // factor), -(-height // factor)))
    above = bytes(length)
    top = 0
    for rows in _rows(file, length + 1, height):
        strip = _draw(head, width, above, rows)
        count = len(rows) // (length + 1)
        part = strip.convert("L").crop((0, 1, width, count + 1))
        drawn.paste(part if factor == 1 else part.reduce(factor), (0, top // factor))
        above = strip.crop((0, count, width, count + 1)).tobytes()
        top += count
    return drawn


def _rows(file: IO[bytes], length: int, height: int) -> Iterator[bytes]:
    """The filtered rows, some at a time, as far as they go; raises SyntaxError."""
    unpacking = zlib.decompressobj()
    wanted, left = length * _ROWS, length * height
    ready = bytearray()
    try:
        for packed in _pieces(file):
            while packed and left > 0:
                ready += unpacking.decompress(packed, wanted - len(ready))
                packed = unpacking.unconsumed_tail
                if len(ready) == wanted or len(ready) >= left:
                    whole = bytes(ready[: min(left, wanted)])
                    ready.clear()
                    left -= len(whole)
                    yield whole
    except zlib.error as error:
        raise SyntaxError("broken PNG") from error
    if left > 0 and len(ready) >= length:
        yield bytes(ready[: len(ready) // length * length])


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The compressed data of the picture."""
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        if kind == b"IEND":
            return
        if kind != b"IDAT":
            file.seek(length + 4, 1)
            continue
        while length > 0 and (piece := file.read(min(length, _PIECE))):
            length -= len(piece)
            yield piece
        file.seek(4, 1)


def _draw(head: bytes, width: int, above: bytes, rows: bytes) -> Image.Image:
    """A strip below the row `above` it."""
    count = len(rows) // (len(above) + 1)
    size = struct.pack(">II", width, count + 1) + head[24:29]
    data = zlib.compress(b"\0" + above + rows, 0)
    whole = _SIGNATURE + _chunk(b"IHDR", size) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    with Image.open(io.BytesIO(whole), formats=("PNG",)) as strip:
        strip.load()
        return strip


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
