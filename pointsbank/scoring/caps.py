"""How much of a score still counts: caps by points and by times. Pure: values in, values out.

A score that meets its cap is not thrown away: the deed stays in the minutes, with fewer points or none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from pointsbank.labels.period import PERIOD
from pointsbank.points import show
from pointsbank.scoring.periods import Span, scoring_span, span
from pointsbank.scoring.values import Item


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many points, or so many times, in the stretch of days around a deed."""

    name: str
    around: Callable[[date], Span | None]
    points: int | None = None
    times: int | None = None

    @property
    def label(self) -> str:
        """Return the limit in words: 每年最多2次、20分."""
        limits = [f"{self.times}次"] if self.times is not None else []
        if self.points is not None:
            limits.append(f"{show(self.points)}分")
        return f"{self.name}最多{'、'.join(limits)}"


@dataclass(frozen=True, slots=True)
class Past:
    """A score already on record: the deed's day and what counted of it, without its sign."""

    occurred_on: date
    counted: int


def cap(period: str, *, points: int | None = None, times: int | None = None) -> Cap:
    """A cap per day, month, quarter, half-year, year or ever."""
    return Cap(PERIOD.name(period), partial(span, period), points, times)


def scored_once_in(scoring_periods: str) -> Cap:
    """An item with scoring periods is scored once in each."""
    return Cap("每个评分期", partial(scoring_span, scoring_periods), times=1)


def caps_named(item: Item) -> list[Cap]:
    """Return the caps that an item's own columns set: 评分期, then 周期 with 上限 and 次数上限."""
    caps = [scored_once_in(item.scored_in)] if item.scored_in else []
    if item.cap_points is not None or item.cap_times is not None:
        caps.append(cap(item.cap_period, points=item.cap_points, times=item.cap_times))
    return caps


def room(worth: int, day: date, past: Iterable[Past], caps: Sequence[Cap]) -> tuple[int, Cap | None]:
    """What counts of a deed worth so much, and the cap that cut it short, if one did.

    A past score of which nothing counted uses up no times: it gave nobody anything.
    """
    left, cut = worth, None
    for limit in caps:
        allowed = _left(limit, day, past)
        if allowed is not None and allowed < left:
            left, cut = allowed, limit
    return left, cut


def _left(limit: Cap, day: date, past: Iterable[Past]) -> int | None:
    """The points one cap still leaves around this day; None when it leaves any number."""
    around = limit.around(day)
    if around is None:
        return None
    counted = [
        score.counted for score in past if around[0] <= score.occurred_on <= around[1] and score.counted
    ]
    if limit.times is not None and len(counted) >= limit.times:
        return 0
    return None if limit.points is None else max(0, limit.points - sum(counted))
