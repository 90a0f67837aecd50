"""Places on the board: equal marks share a place, and the next place is left out (1, 1, 3)."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby


def rank(marks: Mapping[str, int | Fraction]) -> dict[str, int]:
    """Return the place of every key, best mark first; equal marks share a place, and the next is left out.

    Example:
        >>> rank({"a": 5, "b": 7, "c": 5, "d": 1})
        {'b': 1, 'a': 2, 'c': 2, 'd': 4}
    """
    ordered = sorted(marks.items(), key=lambda pair: (-pair[1], pair[0]))
    places: dict[str, int] = {}
    for _, tied in groupby(ordered, key=lambda pair: pair[1]):
        place = len(places) + 1
        places.update({key: place for key, _ in tied})
    return places


def front_runners(places: Mapping[str, int], wanted: int) -> list[str]:
    """Return the keys in the first `wanted` places; a tie across the edge is taken whole or left out whole.

    Args:
        wanted: places on the board, >= 0. A tie is taken while the board stays within twice this number.

    Example:
        >>> front_runners({"a": 1, "b": 2, "c": 2, "d": 4}, 2)
        ['a', 'b', 'c']
        >>> front_runners({"a": 1, "b": 1, "c": 1}, 1)
        []
    """
    # No household is preferred by lot, and a month in which half the village has the same mark does not
    # put half the village on the board.
    chosen: list[str] = []
    for place, tied in groupby(
        sorted(places, key=lambda key: (places[key], key)), key=lambda key: places[key]
    ):
        level = list(tied)
        if place > wanted or len(chosen) + len(level) > 2 * wanted:
            break
        chosen += level
    return chosen
