"""Households as a whole: one ends, two become one, one is forgotten.

Owns no table: each capability keeps its own rows and forgets its own words; here is the order in which
they do.
"""

from pointsbank.households.closing import (
    HeirInvalid,
    HouseholdClosed,
    ScoresUnsettled,
    close,
    merge,
)
from pointsbank.households.erasing import AlreadyErased, Erased, NotClosedYet, erase

__all__ = [
    "AlreadyErased",
    "Erased",
    "HeirInvalid",
    "HouseholdClosed",
    "NotClosedYet",
    "ScoresUnsettled",
    "close",
    "erase",
    "merge",
]
