"""A PNG drawn in grey strip by strip, so that it takes a byte for a pixel and not five.

Rows of a PNG refer to the row above. Each strip is made a small PNG of its own, whose first row is the last
of the strip before, uncompressed and unfiltered, and is thrown away when it has been drawn. An interlaced
PNG comes in seven pictures one after another; the first five are every second point of every second row.
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
# Channels of the colour types that are no palette.
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
# Of the first five passes: where the first point stands, and how far it is to the next, across and down.
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4))


def can_draw(head: bytes) -> bool:
    """Return whether the rows of a PNG with this head come out of Pillow as they went in, or nearly so."""
    return head[24] in (8, 16) and head[25] in _CHANNELS


def grey(file: IO[bytes], factor: int) -> Image.Image:
    """Return a PNG of 8 or 16 bits a sample, not interlaced, in grey; rows that are missing stay black.

    Args:
        factor: 1, 2 or 4: how many points become one, across and down.

    Raises:
        SyntaxError: the file is damaged.
    """
    head = file.read(33)
    width, height = struct.unpack_from(">II", head, 16)
    drawn = Image.new("L", (-(-width // factor), -(-height // factor)))
    for top, strip in _strips(head, _Unpacking(file), width, height):
        drawn.paste(strip if factor == 1 else strip.reduce(factor), (0, top // factor))
    return drawn


def grey_at_half_size(file: IO[bytes]) -> Image.Image:
    """Return an interlaced PNG of 8 or 16 bits a sample in grey, every second point of every second row.

    Raises:
        SyntaxError: the file is damaged.
    """
    head = file.read(33)
    width, height = struct.unpack_from(">II", head, 16)
    size = (-(-width // 2), -(-height // 2))
    drawn, unpacking = bytearray(size[0] * size[1]), _Unpacking(file)
    for left, first, across, down in _PASSES:
        columns, rows = max(0, -(-(width - left) // across)), max(0, -(-(height - first) // down))
        for top, strip in _strips(head, unpacking, columns, rows):
            shades = strip.tobytes()
            for row in range(strip.height):
                start = size[0] * ((first + (top + row) * down) // 2)
                place = slice(start + left // 2, start + size[0], across // 2)
                drawn[place] = shades[row * columns : (row + 1) * columns]
    return Image.frombytes("L", size, bytes(drawn))


class _Unpacking:
    """The filtered rows of a PNG, taken in portions."""

    def __init__(self, file: IO[bytes]) -> None:
        self._pieces, self._packed = _pieces(file), b""
        self._unpacking = zlib.decompressobj()

    def take(self, count: int) -> bytes:
        """Return the next bytes, fewer where the picture ends; raises SyntaxError."""
        taken = bytearray()
        try:
            while len(taken) < count:
                piece = self._packed or next(self._pieces, b"")
                more = self._unpacking.decompress(piece, count - len(taken))
                self._packed = self._unpacking.unconsumed_tail
                taken += more
                if not piece and not more:
                    break
        except zlib.error as error:
            raise SyntaxError("broken PNG") from error
        return bytes(taken)


def _strips(head: bytes, unpacking: _Unpacking, width: int, height: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield each strip of a picture in grey, with the row at which it begins, as far as the file goes."""
    length = width * _CHANNELS[head[25]] * head[24] // 8
    above, top = bytes(length), 0
    while top < height and width:
        rows = unpacking.take((length + 1) * min(_ROWS, height - top))
        count = len(rows) // (length + 1)
        if not count:
            return
        strip = _draw(head, width, above, rows[: count * (length + 1)])
        yield top, _in_grey(strip.crop((0, 1, width, count + 1)))
        above = _as_written(head, strip.crop((0, count, width, count + 1)).tobytes())
        top += count


def _in_grey(strip: Image.Image) -> Image.Image:
    if strip.mode.startswith("I;16"):
        # Pillow cuts off what is over 255 instead of scaling it, and all is white.
        return strip.point(lambda shade: shade * (1 / 256)).convert("L")
    return strip.convert("L")


def _as_written(head: bytes, row: bytes) -> bytes:
    """Return a row that Pillow has drawn as it stands in the file.

    Of 16 bits Pillow keeps the upper 8; the lower are wrong, which the upper of no row below depend on.
    """
    depth, colour = head[24], head[25]
    if depth == 8:
        return row
    if colour == 0:
        upper = row[1::2]
    elif colour == 4:
        upper = bytes(half for pair in zip(row[0::4], row[3::4], strict=True) for half in pair)
    else:
        upper = row
    written = bytearray(2 * len(upper))
    written[::2] = upper
    return bytes(written)


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
    # Not interlaced, whatever the file is: the rows of one pass follow each other.
    size = struct.pack(">II", width, count + 1) + head[24:28] + b"\0"
    data = zlib.compress(b"\0" + above + rows, 0)
    whole = _SIGNATURE + _chunk(b"IHDR", size) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    with Image.open(io.BytesIO(whole), formats=("PNG",)) as strip:
        strip.load()
        return strip


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
