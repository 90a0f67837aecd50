"""What stands in a card's code and under it: pure arithmetic on letters and digits."""

import hashlib
import re

from pointsbank.text import narrow

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: digits and capitals without I, L, O and U."""

TOKEN_LENGTH = 27
RANDOM_BYTES = 16

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_TOKEN = re.compile(f"[{ALPHABET}]{{{TOKEN_LENGTH}}}")
_NUMBER = re.compile("[0-9]{9}")

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


def make_token(random: bytes) -> str:
    """The token of 16 random bytes: 26 characters and a check character."""
    number = int.from_bytes(random, "big")
    body = "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The Luhn mod 32 check character: any one wrong character makes it wrong."""
    total = 0
    for place, letter in enumerate(reversed(body)):
        doubled = _VALUES[letter] * (2 if place % 2 == 0 else 1)
        total += doubled // 32 + doubled % 32
    return ALPHABET[-total % 32]


def read_token(scanned: str) -> str | None:
    """The token at the end of whatever was scanned, whatever stands before it; None when there is none."""
    token = narrow(scanned)[-TOKEN_LENGTH:].upper()
    if not _TOKEN.fullmatch(token) or check_character(token[:-1]) != token[-1]:
        return None
    return token


def digest(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("ascii")).digest()


def make_number(random: bytes) -> str:
    """A card number of eight random digits and a check digit, to be typed where no code can be read."""
    body = f"{int.from_bytes(random, 'big') % 10**8:08d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Damm's check digit."""
    interim = 0
    for digit_ in body:
        interim = int(_DAMM[interim][int(digit_)])
    return str(interim)


def read_number(typed: str) -> str | None:
    """The card number in what was typed, with or without its spaces; None when it is not one."""
    number = re.sub(r"[\s-]", "", narrow(typed))
    return number if _NUMBER.fullmatch(number) and check_digit(number[:-1]) == number[-1] else None


def spaced(number: str) -> str:
    """A card number in groups of three, as it is printed."""
    return " ".join(number[place : place + 3] for place in range(0, len(number), 3))
