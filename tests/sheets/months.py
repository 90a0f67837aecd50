"""A month's poster of the cast: 茶源村, September 2026."""

from dataclasses import replace

from pointsbank.publicity import BlackPlace
from pointsbank.sheets.poster.examples import black_entry, example, groups
from pointsbank.sheets.poster.examples import red_entries as red
from pointsbank.sheets.poster.values import Poster

DIGITS = "048213957720194837561029384756"
EARLIER = "918273645546372819100293847561"


def black(count: int) -> tuple[BlackPlace, ...]:
    """So many entries of the black board, all masked."""
    return tuple(black_entry(place) for place in range(1, count + 1))


POSTER = example(1)


def poster(**changes: object) -> Poster:
    """The poster with some of its values changed."""
    return replace(POSTER, **changes)  # type: ignore[arg-type]


__all__ = ["DIGITS", "EARLIER", "POSTER", "black", "groups", "poster", "red"]
