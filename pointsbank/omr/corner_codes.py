"""What a code in a corner of a score sheet holds: 16 capitals and digits: the smallest QR code is enough.

``P1 58 C 7K3M9QWXYZ 4``, without the spaces: the layout's letter, which corner, rows, columns, the page's own
number and a check character. Rows and columns stand there so that a photo is read in one go; whose boxes they
are is looked up by the page's number.
"""

import re
from typing import NamedTuple

from pointsbank.omr.layout import MAXIMUM_COLUMNS, MAXIMUM_ROWS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing that is taken for something else."""

NUMBER_LENGTH = 10
LENGTH = 16
_LAYOUT = "P"
_COLUMNS = "0123456789ABC"
_TEXT = re.compile(
    rf"{_LAYOUT}(?P<corner>[1-4])(?P<rows>[0-9]{{2}})(?P<columns>[1-9A-C])"
    rf"(?P<number>[{ALPHABET}]{{{NUMBER_LENGTH}}})(?P<check>[{ALPHABET}])"
)


class CornerCode(NamedTuple):
    """One corner of one page.

    Attributes:
        number: the page's own, 10 characters of `ALPHABET`; all four corners have the same.
        rows: 1 to 58.
        columns: 1 to 12.
        corner: 0 top left, 1 top right, 2 bottom right, 3 bottom left.
    """

    number: str
    rows: int
    columns: int
    corner: int


def text_of(code: CornerCode) -> str:
    """Return what stands in a corner's code.

    Example:
        >>> text_of(CornerCode("7K3M9QWXYZ", rows=58, columns=12, corner=0))
        'P158C7K3M9QWXYZH'
    """
    text = f"{_LAYOUT}{code.corner + 1}{code.rows:02}{_COLUMNS[code.columns]}{code.number}"
    return text + _check_character(text)


def read_text(text: str) -> CornerCode | None:
    """Return what a code's text says; None where it is no corner of ours.

    Example:
        >>> read_text("P158C7K3M9QWXYZH").rows, read_text("P158C7K3M9QWXYZ5")
        (58, None)
    """
    found = _TEXT.fullmatch(text)
    if found is None or _check_character(text[:-1]) != found["check"]:
        return None
    rows, columns = int(found["rows"]), _COLUMNS.index(found["columns"])
    if not (1 <= rows <= MAXIMUM_ROWS and 1 <= columns <= MAXIMUM_COLUMNS):
        return None
    return CornerCode(found["number"], rows, columns, int(found["corner"]) - 1)


def number_of(digest: bytes) -> str:
    """Return a page's number made of the first 50 bits of a digest.

    Args:
        digest: at least 7 bytes.

    Example:
        >>> number_of(bytes.fromhex("ffffffffffffc000"))
        'ZZZZZZZZZZ'
    """
    bits = int.from_bytes(digest[:7]) >> 6
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(NUMBER_LENGTH)))


def _check_character(text: str) -> str:
    """Return a character that finds any one wrong character: values weighted by odd places, modulo 32."""
    # An odd weight is a unit modulo 32, so no change of a single value can leave the sum as it was.
    total = sum((2 * place + 1) * ALPHABET.index(letter) for place, letter in enumerate(text))
    return ALPHABET[-total % 32]
