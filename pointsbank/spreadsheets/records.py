"""The records of an old Excel workbook, and how long its texts are in all cells together.

A text is kept once ([MS-XLS] SST) and stands in as many cells as name its number: fourteen bytes of a file
can be 65,535 characters.
"""

import struct
from collections.abc import Iterator, Sequence

SEVERAL_CELLS = 0x00BD
_TEXTS, _GOES_ON, _CELL_OF_TEXT = 0x00FC, 0x003C, 0x00FD
_TWO_BYTES, _HAS_READING, _HAS_FONTS = 1, 4, 8


def records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each record's kind, where its contents start and how long they are.

    Example:
        >>> list(records(bytes.fromhex("0908020001ff")))
        [(2057, 4, 2)]
    """
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, length
        place += 4 + length


class SharedTexts:
    """How often each shared text of a workbook is used, seen record by record."""

    def __init__(self, stream: bytes) -> None:
        """Begin without a text."""
        self._stream = stream
        self._lengths: list[int] = []
        self._table: list[bytes] = []
        self._used: list[int] = []

    def see(self, kind: int, start: int, length: int) -> None:
        """Take in one record of any kind; raises struct.error and IndexError where it is damaged."""
        if kind == _CELL_OF_TEXT:
            self._used.append(struct.unpack_from("<I", self._stream, start + 6)[0])
        elif kind == _TEXTS or (kind == _GOES_ON and self._table):
            if kind == _TEXTS:
                self._close()
            self._table.append(self._stream[start : start + length])
        elif self._table:
            self._close()

    def characters(self) -> int:
        """Return how long the texts are in all cells that hold one, together; raises as `see`."""
        self._close()
        return sum(self._lengths[number] for number in self._used if number < len(self._lengths))

    def _close(self) -> None:
        if self._table:
            self._lengths = _longer(self._lengths, list(_Texts(self._table).lengths()))
            self._table = []


def _longer(some: Sequence[int], others: Sequence[int]) -> list[int]:
    """Return the larger of each pair: of two tables nobody knows which is read."""
    both = max(len(some), len(others))
    padded = [[*each, *[0] * (both - len(each))] for each in (some, others)]
    return [max(pair) for pair in zip(*padded, strict=True)]


class _Texts:
    """A table of texts, in a record and those in which it goes on."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts, self._part, self._place = parts, 0, 8

    def lengths(self) -> Iterator[int]:
        """Yield the characters of each text; raises struct.error and IndexError."""
        (count,) = struct.unpack_from("<I", self._parts[0], 4)
        for _ in range(min(count, sum(map(len, self._parts)))):
            if self._at_end():
                return
            characters, flags = struct.unpack("<HB", self._take(3))
            fonts = struct.unpack("<H", self._take(2))[0] if flags & _HAS_FONTS else 0
            reading = struct.unpack("<I", self._take(4))[0] if flags & _HAS_READING else 0
            self._skip_characters(characters, 1 + (flags & _TWO_BYTES))
            self._skip(4 * fonts + reading)
            yield characters

    def _at_end(self) -> bool:
        while self._part < len(self._parts) and self._place >= len(self._parts[self._part]):
            self._part, self._place = self._part + 1, 0
        return self._part >= len(self._parts)

    def _take(self, count: int) -> bytes:
        """Return the next bytes, which never go on in the next record."""
        self._at_end()
        taken = self._parts[self._part][self._place : self._place + count]
        self._place += count
        return taken

    def _skip_characters(self, left: int, width: int) -> None:
        """Pass over a text; where it goes on in the next record, a byte says how wide its characters are."""
        while left:
            here = (len(self._parts[self._part]) - self._place) // width
            if here >= left:
                self._place += left * width
                return
            left -= max(here, 0)
            self._part, self._place = self._part + 1, 1
            width = 1 + (self._parts[self._part][0] & _TWO_BYTES)

    def _skip(self, left: int) -> None:
        while left and not self._at_end():
            here = min(left, len(self._parts[self._part]) - self._place)
            self._place, left = self._place + here, left - here
