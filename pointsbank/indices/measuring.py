"""What an index comes to: one pure function over what was counted."""

from collections.abc import Iterable
from dataclasses import dataclass

ENVIRONMENT, PUBLIC_PLACES, RELATIONS = "environment", "public_places", "relations"
KINDS = (ENVIRONMENT, PUBLIC_PLACES, RELATIONS)
CLEAR_SHARE, FULL_MARK = "clear_share", "full_mark"
HOUSEHOLD, PLACE = "household", "place"
FULL = 10_000
"""A full mark in hundredths."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one index counts.

    Attributes:
        kind: a code of `labels.village_index`; measure: of `labels.index_measure`; whose: of
            `labels.index_whose`.
        counted: codes of items and names of categories.
        per_fault: hundredths that each fault takes off a full mark; 0 for a share.
        inspections: whether faults that inspections found, and that were not put right, count too.
    """

    kind: str
    measure: str
    whose: str
    counted: tuple[str, ...]
    per_fault: int
    inspections: bool

    def counts(self, code: str, category: str) -> bool:
        """Return whether a deduction or fault under this item counts.

        Example:
            >>> rule = Rule("relations", "clear_share", "household", ("邻里和睦", "B2"), 0, False)
            >>> rule.counts("B2", "其他")
            True
        """
        return code in self.counted or category in self.counted


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: subjects there are, those with a fault, and faults in all."""

    subjects: int
    affected: int
    faults: int


def count(subjects: Iterable[str], found: Iterable[str]) -> Counted:
    """Return what some faults, each by whose (id) it is, come to among the subjects (ids).

    Example:
        >>> count(["a", "b", "c"], ["a", "a", "x"])
        Counted(subjects=3, affected=1, faults=2)
    """
    here = set(subjects)
    theirs = [one for one in found if one in here]
    return Counted(len(here), len(set(theirs)), len(theirs))


def value_of(rule: Rule, counted: Counted) -> int | None:
    """Return an index in hundredths, 0 to 10,000; None where there is nobody to look at.

    A full mark loses so much for each fault and never falls below nothing; a share is rounded down, so that
    100 says that nobody lost anything.

    Example:
        >>> share = Rule("environment", "clear_share", "household", ("环境卫生",), 0, True)
        >>> full = Rule("public_places", "full_mark", "place", ("公共场所",), 250, True)
        >>> [value_of(share, Counted(1149, n, n)) for n in (0, 1, 80, 1149)]
        [10000, 9991, 9303, 0]
        >>> [value_of(full, Counted(12, min(n, 12), n)) for n in (0, 1, 3, 40, 41)]
        [10000, 9750, 9250, 0, 0]
        >>> value_of(share, Counted(0, 0, 0))
    """
    if not counted.subjects:
        return None
    if rule.measure == FULL_MARK:
        return max(0, FULL - rule.per_fault * counted.faults)
    return (counted.subjects - counted.affected) * FULL // counted.subjects
