"""What putting a posted score right changes, for whom, and in which month. Pure: values in, values out.

A score is put right by a new version of it: the old entry is posted back, the new one is posted. Each
household is then better or worse off in honour, which follows what counts, and in points, which a deduction
takes only while there are some (扣完为止).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pointsbank.points import Points
from pointsbank.scoring.values import MonthTotal


@dataclass(frozen=True, slots=True)
class ShouldBe:
    """What a score should have been: whose, for what, when, how much; `struck`: nothing at all.

    Attributes:
        quantity: in hundredths; None where the item counts none.
        points: as the panel judges them, in hundredths without sign; None where the item says them.
    """

    participant_code: str
    item: str
    occurred_on: date
    quantity: int | None = None
    points: Points | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much a participant (id) has more afterwards, in hundredths; below zero: less."""

    participant: str
    points: Points
    honour: Points


def points_moved(counted: int, balance: int, *, stop_at_zero: bool) -> int:
    """Return the points that a score gives, below zero: takes; as posting it would.

    Args:
        counted: what counts of it, signed hundredths.
        balance: points before it, in hundredths; may be below zero.
        stop_at_zero: a deduction takes only what is there (扣完为止).

    Example:
        >>> [points_moved(-500, balance, stop_at_zero=True) for balance in (800, 200, 0, -100)]
        [-500, -200, 0, 0]
        >>> points_moved(-500, 200, stop_at_zero=False), points_moved(500, -100, stop_at_zero=True)
        (-500, 500)
    """
    if counted >= 0 or not stop_at_zero:
        return counted
    return -min(-counted, max(balance, 0))


def effects(
    old: tuple[str, int, int], new: tuple[str, int], balances: Mapping[str, int], *, stop_at_zero: bool
) -> tuple[Effect, ...]:
    """Return what posting an old score back and a new one instead leaves each participant with.

    Args:
        old: whose it is, what counts of it, and the points that it moved, signed hundredths.
        new: whose it is and what counts of it.
        balances: points of each of them before, in hundredths.

    Example:
        >>> two_more = effects(("wang", 200, 200), ("wang", 600), {"wang": 0}, stop_at_zero=True)
        >>> [(one.participant, one.points, one.honour) for one in two_more]
        [('wang', 400, 400)]
        >>> other = effects(("wang", 200, 200), ("li", 200), {"wang": 0, "li": 0}, stop_at_zero=True)
        >>> [(one.participant, one.points, one.honour) for one in other]
        [('wang', -200, -200), ('li', 200, 200)]
        >>> # A deduction that found only 1 point there is made smaller, but by now there are 3 more:
        >>> [one] = effects(("wang", -500, -100), ("wang", -400), {"wang": 300}, stop_at_zero=True)
        >>> one.points, one.honour
        (-300, 100)
    """
    whose, counted, moved = old
    left = {whose: balances[whose] - moved}
    honour = {whose: -counted}
    to, counts = new
    before = left.get(to, balances[to])
    left[to] = before + points_moved(counts, before, stop_at_zero=stop_at_zero)
    honour[to] = honour.get(to, 0) + counts
    return tuple(Effect(who, Points(left[who] - balances[who]), Points(honour[who])) for who in left)


def is_published_first(changes: Iterable[Effect]) -> bool:
    """Return whether somebody is worse off, in points or in honour: that hangs in public before it counts.

    Example:
        >>> better, worse = Effect("wang", Points(100), Points(0)), Effect("li", Points(-1), Points(500))
        >>> is_published_first([better]), is_published_first([better, worse]), is_published_first([])
        (False, True, False)
    """
    return any(one.points < 0 or one.honour < 0 for one in changes)


def taken_back(total: MonthTotal, counted: int) -> MonthTotal:
    """Return a month's total with what counted in a closed month taken back: an award as a deduction, late.

    A score taken back in the very month in which it counted is left out of that month instead.

    Args:
        counted: what counted of the old score, signed hundredths.

    Example:
        >>> nothing = MonthTotal(Points(0), Points(0), Points(0), Points(0))
        >>> taken_back(nothing, 500)
        MonthTotal(honour=-500, plus=0, minus=-500, late=-500)
        >>> taken_back(taken_back(nothing, -300), 500)
        MonthTotal(honour=-200, plus=300, minus=-500, late=-200)
    """
    return MonthTotal(
        honour=Points(total.honour - counted),
        plus=Points(total.plus - min(counted, 0)),
        minus=Points(total.minus - max(counted, 0)),
        late=Points(total.late - counted),
    )
