"""Households as a whole: one ends, two become one, one is forgotten.

Owns no table: each capability keeps its own rows and forgets its own words; here is the order in which
they do.
"""

from pointsbank.households import problems
from pointsbank.households.closing import close, merge

__all__ = [
    "close",
    "merge",
    "problems",
]
