"""Places on the board: equal marks share a place, and the next place is left out (1, 1, 3)."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby


def rank(marks: Mapping[str, int | Fraction]) -> dict[str, int]:
    """The place of everybody, best first; the order of the answer is by place, then by key."""
    ordered = sorted(marks.items(), key=lambda pair: (-pair[1], pair[0]))
    places: dict[str, int] = {}
    for _, tied in groupby(ordered, key=lambda pair: pair[1]):
        place = len(places) + 1
        places.update({key: place for key, _ in tied})
    return places


def front_runners(places: Mapping[str, int], wanted: int) -> list[str]:
    """Those in the first `wanted` places; a tie across the edge comes in whole or stays out whole.

    It comes in while the board stays within twice its size: nobody is preferred by lot, and a month in which
    half the village has the same mark does not put half the village on the wall.
    """
    chosen: list[str] = []
    for place, tied in groupby(
        sorted(places, key=lambda key: (places[key], key)), key=lambda key: places[key]
    ):
        level = list(tied)
        if place > wanted or len(chosen) + len(level) > 2 * wanted:
            break
        chosen += level
    return chosen
