"""Draws a few of many odd values for each place where they are tried: no place sees none."""

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

Value = TypeVar("Value")


def drawn(values: Sequence[Value], place: str, number: int | None) -> list[Value]:
    """Return so many of the values, the same in every run but others at another place; None for all.

    Example:
        drawn(["NaN", "-1", "%00"], "GET /goods/<code>", 1)  # ["-1"]
    """
    first = crc32(place.encode())
    count = len(values) if number is None else min(number, len(values))
    return [values[(first + step) % len(values)] for step in range(count)]
