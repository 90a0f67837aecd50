"""QR codes as one vector path each: neighbouring modules joined into runs, the mask fixed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from qrcode import QRCode, constants, util
from qrcode.base import rs_blocks
from qrcode.exceptions import DataOverflowError

from pointsbank.errors import Refused

QUIET = 4
"""The blank margin a reader needs around a code, in modules."""

_CARD_LEVELS = (constants.ERROR_CORRECT_H, constants.ERROR_CORRECT_Q)
_CARD_LARGEST = 6
_LARGEST = 25

# Choosing the best of eight masks takes four fifths of the time and any of them decodes.
_MASK = 3

# The token at the end of a card's address packs tighter as capitals and digits than as bytes.
_TAIL = re.compile(r"[0-9A-Z]{12,}\Z")
_DARK = re.compile(rb"\x01+")


class CodeTooLong(Refused):
    """The text does not fit a code that an old phone still reads from a worn card."""

    sentence = "对外网址太长，二维码放不下。请把对外网址改到 51 个字符以内再打印。"
    fixed_by = "管理员"


@dataclass(frozen=True, slots=True)
class _Blank:
    """What all codes of one size and level share: fixed patterns, and where the data bits go."""

    version: int
    level: int
    rows: tuple[bytes, ...]
    places: tuple[tuple[int, int, int], ...]


def fits(content: str) -> bool:
    """Return True if a text fits the code of a card, so that a long public URL is found before printing."""
    return _card_blank(_lengths(content)) is not None


def card_path(content: str) -> tuple[int, str]:
    """Return a card's code: modules a side, and its path in units of a module; level H or Q, version <= 6.

    Raises:
        CodeTooLong: the content fits neither level.
    """
    blank = _card_blank(_lengths(content))
    if blank is None:
        raise CodeTooLong()
    return _path(blank, content)


def path(content: str) -> tuple[int, str]:
    """Return a larger code for a wall: modules a side, and its path; level Q, version <= 25.

    Raises:
        CodeTooLong: the content does not fit.
    """
    version = _smallest(_lengths(content), constants.ERROR_CORRECT_Q)
    if version > _LARGEST:
        raise CodeTooLong()
    return _path(_blank(version, constants.ERROR_CORRECT_Q), content)


def _segments(content: str) -> list[util.QRData]:
    tail = _TAIL.search(content)
    head, rest = (content[: tail.start()], tail.group()) if tail else (content, "")
    segments = [util.QRData(head.encode(), util.MODE_8BIT_BYTE)] if head else []
    return segments + ([util.QRData(rest.encode(), util.MODE_ALPHA_NUM)] if rest else [])


def _lengths(content: str) -> tuple[int, int]:
    tail = _TAIL.search(content)
    capitals = len(tail.group()) if tail else 0
    return len(content.encode()) - capitals, capitals


@lru_cache(maxsize=256)
def _smallest(lengths: tuple[int, int], level: int) -> int:
    head, tail = lengths
    code = QRCode(error_correction=level)
    for text, mode in ((b"x" * head, util.MODE_8BIT_BYTE), (b"X" * tail, util.MODE_ALPHA_NUM)):
        if text:
            code.add_data(util.QRData(text, mode))
    try:
        return int(code.best_fit())
    except (DataOverflowError, ValueError):
        return _LARGEST + 1


@lru_cache(maxsize=256)
def _card_blank(lengths: tuple[int, int]) -> _Blank | None:
    for level in _CARD_LEVELS:
        version = _smallest(lengths, level)
        if version <= _CARD_LARGEST:
            return _blank(version, level)
    return None


@lru_cache(maxsize=32)
def _blank(version: int, level: int) -> _Blank:
    # The library draws the code once with all bits 0 and once with all bits 1: what differs is data.
    zeros, ones = (_drawn(version, level, byte) for byte in (0x00, 0xFF))
    places = tuple((r, c, zeros[r][c]) for r, c in _zigzag(len(zeros)) if zeros[r][c] != ones[r][c])
    return _Blank(version, level, zeros, places)


def _drawn(version: int, level: int, byte: int) -> tuple[bytes, ...]:
    code = QRCode(version=version, error_correction=level)
    code.data_cache = [byte] * sum(block.total_count for block in rs_blocks(version, level))
    code.makeImpl(False, _MASK)
    return tuple(bytes(map(bool, row)) for row in code.modules)


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    """The order in which data fills a code: pairs of columns from the right, up and down in turn."""
    upward = True
    for right in chain(range(size - 1, 6, -2), range(5, 0, -2)):
        for row in range(size - 1, -1, -1) if upward else range(size):
            yield row, right
            yield row, right - 1
        upward = not upward


def _path(blank: _Blank, content: str) -> tuple[int, str]:
    rows = [bytearray(row) for row in blank.rows]
    data = util.create_data(blank.version, blank.level, _segments(content))
    bits = chain.from_iterable(_BITS[byte] for byte in data)
    # The last few places of some versions hold no data and stay as the mask left them.
    for (row, column, mask), bit in zip(blank.places, bits, strict=False):
        rows[row][column] = mask ^ bit
    top = len(rows) - 1
    runs = [
        f"{run.start()} {top - y} {run.end() - run.start()} 1 re"
        for y, row in enumerate(rows)
        for run in _DARK.finditer(row)
    ]
    return len(rows), "\n".join(runs) + "\nf"


_BITS = [tuple(byte >> shift & 1 for shift in range(7, -1, -1)) for byte in range(256)]
