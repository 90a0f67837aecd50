"""Codes that people read from paper or a console and type: 16 characters of 31, some 79 random bits."""

import secrets

from pointsbank.staff.digests import digest

# No letters or digits that look alike on paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 16


def make_code() -> str:
    """Return a new code, in 4 groups of 4."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(LENGTH // 4))


def plain(typed: str) -> str:
    """Return what was typed without spaces, hyphens and case.

    Example:
        >>> plain(" 7k2m-9qxc 4htb-w8np")
        '7K2M9QXC4HTBW8NP'
    """
    return "".join(typed.split()).upper().replace("-", "")


def code_digest(typed: str) -> str:
    """Return what is stored instead of a code; with so many random bits a plain hash is enough."""
    return digest(plain(typed))
