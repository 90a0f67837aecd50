"""Computes what is printed on a card: the token in its code and the number under it.

A token is 26 characters of Crockford's base 32 (128 random bits) and a Luhn mod 32 check character; a number
is 8 random digits and a Damm check digit, for typing where the code cannot be read.
"""

import hashlib
import re

from pointsbank.text import narrow

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: digits and capitals without I, L, O and U."""

TOKEN_LENGTH = 27
RANDOM_BYTES = 16
_PRACTICE_BITS = 0b11 << 8 * RANDOM_BYTES
_FIRST_OF_PRACTICE = 8
"""Of the first of 26 characters three bits are random, so that it is 0 to 7 on a real card."""

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_TOKEN = re.compile(f"[{ALPHABET}]{{{TOKEN_LENGTH}}}")
TOKEN_AT_END = rf"(?i)[{ALPHABET}]{{{TOKEN_LENGTH}}}\s*$"
"""A regular expression that finds what looks like a token at the end of a text."""

_NUMBER = re.compile("[0-9]{9}")
_LABEL = re.compile(r"\s*(?:卡号|户号|编号|(?:[Nn][Oo]|№)(?=[\s.:]*\d))[\s.:]*")
"""What stands before a number on a card or in a list; a full-width sign is an ordinary one by then."""

# Damm's quasigroup of order 10: finds every wrong digit and every pair of neighbours changed over.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def make_token(random: bytes, *, practice: bool = False) -> str:
    """Return the token of 16 random bytes: 26 characters and a check character.

    Args:
        practice: the card is of a practice village; of 130 bits two are free, and say so.

    Example:
        >>> make_token(bytes(15) + b"\\x2a")
        '0000000000000000000000001AB'
        >>> is_practice_token(make_token(bytes(16), practice=True)), is_practice_token(make_token(bytes(16)))
        (True, False)
    """
    number = int.from_bytes(random, "big") | (_PRACTICE_BITS if practice else 0)
    body = "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
    return body + check_character(body)


def is_practice_token(token: str) -> bool:
    """Return whether a token is of a practice village's card, as the token itself says."""
    return _VALUES[token[0]] >= _FIRST_OF_PRACTICE


def check_character(body: str) -> str:
    """Return the Luhn mod 32 check character, which finds any one wrong character."""
    total = 0
    for place, letter in enumerate(reversed(body)):
        doubled = _VALUES[letter] * (2 if place % 2 == 0 else 1)
        total += doubled // 32 + doubled % 32
    return ALPHABET[-total % 32]


def read_token(scanned: str) -> str | None:
    """Return the token at the end of what was scanned, or None.

    Example:
        >>> read_token("http://points.example/c/0000000000000000000000001AB")
        '0000000000000000000000001AB'
    """
    token = narrow(scanned)[-TOKEN_LENGTH:].upper()
    if not _TOKEN.fullmatch(token) or check_character(token[:-1]) != token[-1]:
        return None
    return token


def digest(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode("ascii")).digest()


def make_number(random: bytes) -> str:
    """Return a card number: 8 random digits and a check digit."""
    body = f"{int.from_bytes(random, 'big') % 10**8:08d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Return Damm's check digit, which finds any wrong digit and any two neighbours exchanged.

    Example:
        >>> check_digit("572")
        '4'
    """
    interim = 0
    for digit_ in body:
        interim = int(_DAMM[interim][int(digit_)])
    return str(interim)


def unlabelled(typed: str) -> str:
    """Return a number without the word that stands before it on a card, in half width.

    Example:
        >>> unlabelled("卡号：012 345 674"), unlabelled("№ 012345674"), unlabelled("nong")
        ('012 345 674', '012345674', 'nong')
    """
    plain = narrow(typed)
    label = _LABEL.match(plain)
    return plain[label.end() :] if label else plain


def read_number(typed: str) -> str | None:
    """Return the card number in what was typed, as a card has it or without spaces, or None.

    Example:
        roster.read_number("卡号 5724 0001 3")  # "572400013" if the last digit checks the others
    """
    number = re.sub(r"[\s-]", "", unlabelled(typed))
    return number if _NUMBER.fullmatch(number) and check_digit(number[:-1]) == number[-1] else None


def spaced(number: str) -> str:
    """Return a card number in groups of three, as it is printed.

    Example:
        >>> spaced("012345674")
        '012 345 674'
    """
    return " ".join(number[place : place + 3] for place in range(0, len(number), 3))
