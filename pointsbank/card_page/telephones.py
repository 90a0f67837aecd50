"""Telephone numbers as a village wrote them, each with what a telephone dials."""

import re
from typing import NamedTuple

_DIALLED = re.compile(r"[0-9][0-9 \-]{2,}")


class Telephone(NamedTuple):
    """A number as it is shown, and what a telephone dials; empty where it holds more than one number."""

    shown: str
    dialled: str


def telephones(written: str) -> tuple[Telephone, ...]:
    """Return the numbers of a line.

    Example:
        >>> [one.dialled for one in telephones("0855-123 4567、13800001234，0855-1234转8")]
        ['08551234567', '13800001234', '']
    """
    shown = [one.strip() for one in re.split("[、，,;；]", written) if one.strip()]
    return tuple(Telephone(one, re.sub("[ -]", "", one) if _DIALLED.fullmatch(one) else "") for one in shown)
