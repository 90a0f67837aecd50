"""QR codes as one vector path each: neighbouring modules joined into runs, the mask fixed."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain, cycle, islice, zip_longest
from operator import itemgetter
from typing import NamedTuple

from qrcode import QRCode, constants, util
from qrcode.base import Polynomial, gexp, rs_blocks
from qrcode.exceptions import DataOverflowError

from pointsbank.errors import Refused

QUIET = 4
"""The blank margin a reader needs around a code, in modules."""

# Error correction levels, best first, each with the largest version that may be drawn at it.
_CARD = ((constants.ERROR_CORRECT_H, 6), (constants.ERROR_CORRECT_Q, 6))
_WALL = ((constants.ERROR_CORRECT_Q, 25),)
_SLIP = constants.ERROR_CORRECT_L

# Choosing the best of eight masks takes four fifths of the time and any of them decodes.
_MASK = 3

# The token at the end of a card's address packs tighter as capitals and digits than as bytes, and digits
# alone tighter still.
_TAIL = re.compile(rb"[0-9A-Z]{12,}\Z")
_DARK = re.compile(b"1+")

_FIXED = b"01\n"
"""Light, dark, and the end of a row."""
_WIDTHS = [f"{modules} 1 re" for modules in range(4 * 40 + 17 + 1)]


class CodeTooLong(Refused):
    """The text does not fit a code that an old phone still reads from a worn card."""

    code = "code_too_long"
    sentence = "公开网址太长，二维码放不下。请把公开网址改到51个字符以内再打印。"
    fixed_by = "管理员"


def fits(content: str) -> bool:
    """Return True if a text fits the code of a card, so that a long public URL is found before printing."""
    return _version_of(*_split(content), _CARD) is not None


def card_path(content: str) -> tuple[int, str]:
    """Return a card's code: modules a side, and its path in units of a module; level H or Q, version <= 6.

    Raises:
        CodeTooLong: the content fits neither level.
    """
    return _path(content, _CARD)


def path(content: str) -> tuple[int, str]:
    """Return a larger code for a wall: modules a side, and its path; level Q, version <= 25.

    Raises:
        CodeTooLong: the content does not fit.
    """
    return _path(content, _WALL)


def slip_path(content: str, *, largest: int) -> tuple[int, str] | None:
    """Return a code of some thousand characters for a slip: modules a side, and its path; level L.

    Args:
        largest: the version above which the paper is too narrow for it, 1 to 40; then the answer is None.
    """
    try:
        return _path(content, ((_SLIP, largest),))
    except CodeTooLong:
        return None


def _split(content: str) -> tuple[bytes, bytes]:
    whole = content.encode()
    tail = _TAIL.search(whole)
    start = tail.start() if tail else len(whole)
    return whole[:start], whole[start:]


def _segments(head: bytes, tail: bytes) -> list[util.QRData]:
    parts = ((head, util.MODE_8BIT_BYTE), (tail, util.MODE_NUMBER if tail.isdigit() else util.MODE_ALPHA_NUM))
    return [util.QRData(part, mode) for part, mode in parts if part]


def _version_of(head: bytes, tail: bytes, levels: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
    return _version(len(head), len(tail), tail.isdigit(), levels)


@lru_cache(maxsize=256)
def _version(
    head: int, tail: int, digits: bool, levels: tuple[tuple[int, int], ...]
) -> tuple[int, int] | None:
    """Return version and level for so many bytes and capitals or digits, None where they fit no level."""
    for level, largest in levels:
        code = QRCode(error_correction=level)
        for segment in _segments(b"x" * head, (b"0" if digits else b"X") * tail):
            code.add_data(segment)
        with suppress(DataOverflowError, ValueError):
            if code.best_fit() <= largest:
                return code.version, level
    return None


class _Blank(NamedTuple):
    """What all codes of a size and level share; `size`: modules a side.

    `pick` takes light, dark, a line end and the data bits as characters, and returns row after row of the
    code, each with a line end behind it; `starts` says of each of these places where it lies on the paper.
    """

    size: int
    bits: int
    mask: int
    pick: Callable[[bytes], tuple[int, ...]]
    starts: tuple[str, ...]


@lru_cache(maxsize=32)
def _blank(version: int, level: int) -> _Blank:
    """Return what all codes of a size and level share: fixed patterns, and where the data bits go."""
    # The library draws the code once with all bits 0 and once with all bits 1: what differs is data.
    zeros, ones = (_drawn(version, level, byte) for byte in (0x00, 0xFF))
    size = len(zeros)
    places = [(r, c) for r, c in _zigzag(size) if zeros[r][c] != ones[r][c]]
    source = {place: len(_FIXED) + number for number, place in enumerate(places)}
    picked, starts = [], []
    for row in range(size):
        picked += [source.get((row, column), zeros[row][column]) for column in range(size)]
        picked.append(_FIXED.index(b"\n"))
        starts += [f"{column} {size - 1 - row} " for column in range(size + 1)]
    mask = int("".join(str(zeros[row][column]) for row, column in places), 2)
    return _Blank(size, len(places), mask, itemgetter(*picked), tuple(starts))


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


_PADS = 0xEC, 0x11


def _codewords(version: int, level: int, segments: list[util.QRData]) -> bytes:
    """Return what `util.create_data` does; its sums of polynomials took half the time of printing cards."""
    buffer = util.BitBuffer()
    for one in segments:
        buffer.put(one.mode, 4)
        buffer.put(len(one), util.length_in_bits(one.mode, version))
        one.write(buffer)
    blocks = rs_blocks(version, level)
    space = sum(block.data_count for block in blocks)
    # Four bits end the data where there is room, the byte is filled up, then two values in turn.
    buffer.put(0, min(4, space * 8 - len(buffer)))
    words = [*buffer.buffer, *islice(cycle(_PADS), space - len(buffer.buffer))]
    parts, checks = [], []
    for block in blocks:
        part, words = words[: block.data_count], words[block.data_count :]
        parts.append(part)
        checks.append(_check_words(part, block.total_count - block.data_count))
    rows = chain(zip_longest(*parts), zip_longest(*checks))
    return bytes(word for row in rows for word in row if word is not None)


def _check_words(data: list[int], count: int) -> bytes:
    """Return the words that correct errors in a block: the remainder by the generator of their number."""
    table, rest, high, kept = _remainders(count), 0, 8 * (count - 1), (1 << 8 * count) - 1
    for word in data:
        rest = (rest << 8 & kept) ^ table[rest >> high ^ word]
    return rest.to_bytes(count)


@lru_cache(maxsize=32)
def _remainders(count: int) -> tuple[int, ...]:
    """Return for each byte the remainder of it, moved up by so many places, as the library divides."""
    generator = Polynomial([1], 0)
    for power in range(count):
        generator = generator * Polynomial([1, gexp(power)], 0)
    rests = (Polynomial([word, *([0] * count)], 0) % generator for word in range(1, 256))
    return (0, *(int.from_bytes(bytes([rest[place] for place in range(len(rest))])) for rest in rests))


def _path(content: str, levels: tuple[tuple[int, int], ...]) -> tuple[int, str]:
    head, tail = _split(content)
    version = _version_of(head, tail, levels)
    if version is None:
        raise CodeTooLong()
    blank = _blank(*version)
    data = _codewords(*version, _segments(head, tail))
    # The last few places of some versions hold no data and stay as the mask left them.
    bits = int.from_bytes(data) << (blank.bits - 8 * len(data))
    rows = bytes(blank.pick(b"%s%s" % (_FIXED, f"{bits ^ blank.mask:0{blank.bits}b}".encode())))
    # Thousands of runs are drawn for each page: where one begins and how long it is are looked up.
    spans = map(re.Match.span, _DARK.finditer(rows))
    runs = [blank.starts[start] + _WIDTHS[end - start] for start, end in spans]
    return blank.size, "\n".join(runs) + "\nf"
