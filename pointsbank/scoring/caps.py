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
    """A limit on what counts in the stretch of days around a deed.

    Attributes:
        name: the stretch, as remarks and labels say it: 每年.
        around: gives the stretch in which a day falls; None where there is no limit on that day.
        points: hundredths, >= 0; None: any number.
        times: deeds that may count, >= 1; None: any number.
    """

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
class PriorScore:
    """A score on record: the deed's day and what counted of it, in hundredths, >= 0.

    Attributes:
        deed: what scores of one deed have alike; empty where it is a deed of its own.
        called: how a remark names the score: 第12条.
        item: the code of its item.
        category: of its item, in the version under which it was made.
    """

    occurred_on: date
    counted: int
    deed: str = ""
    called: str = ""
    item: str = ""
    category: str = ""


def cap(period: str, *, points: int | None = None, times: int | None = None) -> Cap:
    """Return a cap per day, week, month, quarter, half_year, year or ever."""
    return Cap(PERIOD.name(period), partial(span, period), points, times)


def scored_once_in(scoring_periods: str) -> Cap:
    """Return the cap of an item with scoring periods (第1季度|上半年): once in each."""
    return Cap("每个评分期", partial(scoring_span, scoring_periods), times=1)


def caps_named(item: Item) -> list[Cap]:
    """Return the caps that an item's own columns set: 评分期, then 周期 with 上限 and 次数上限."""
    caps = [scored_once_in(item.scored_in)] if item.scored_in else []
    if item.cap_points is not None or item.cap_times is not None:
        caps.append(cap(item.cap_period, points=item.cap_points, times=item.cap_times))
    return caps


def remaining_under_caps(
    amount: int, day: date, prior: Iterable[PriorScore], caps: Sequence[Cap]
) -> tuple[int, Cap | None]:
    """Return how much of a deed counts, and the cap that cut it short, if one did.

    Args:
        amount: points before caps, in hundredths, >= 0.
        day: the deed's day, which every cap's stretch of days is placed around.
        prior: scores on record of the same participant and item, the deed left out.

    Example:
        >>> month, times = cap("month", points=1000), cap("month", times=2)
        >>> prior = [PriorScore(date(2026, 5, 1), 800)]
        >>> remaining_under_caps(500, date(2026, 5, 31), prior, [month])[0]
        200
        >>> remaining_under_caps(500, date(2026, 6, 1), prior, [month])
        (500, None)
        >>> remaining_under_caps(500, date(2026, 5, 2), [*prior, *prior], [month, times])[0]
        0
    """
    left, cut = amount, None
    for limit in caps:
        allowed = _left(limit, day, prior)
        if allowed is not None and allowed < left:
            left, cut = allowed, limit
    return left, cut


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a cap still leaves around a day: points in hundredths and times, >= 0; None: any number."""

    cap: Cap
    points: int | None
    times: int | None

    @property
    def label(self) -> str:
        """Return it in words: 每月最多2次、20分，还有1次、8分."""
        left = [f"{self.times}次"] if self.times is not None else []
        if self.points is not None:
            left.append(f"{show(self.points)}分")
        rest = f"还有{'、'.join(left)}" if 0 not in (self.times, self.points) else "已经满了"
        return f"{self.cap.label}，{rest}"


def allowance_under(limit: Cap, day: date, prior: Iterable[PriorScore]) -> Allowance | None:
    """Return what one cap still leaves around a day; None where it sets no limit on that day.

    Args:
        prior: scores on record of the same participant and item.

    Example:
        >>> prior = [PriorScore(date(2026, 5, 1), 800)]
        >>> allowance_under(cap("month", points=1000), date(2026, 5, 9), prior).label
        '每月最多10分，还有2分'
    """
    around = limit.around(day)
    if around is None:
        return None
    # A score of which nothing counted uses up no times: it gave nobody anything.
    counted = [score for score in prior if around[0] <= score.occurred_on <= around[1] and score.counted]
    sum_counted = sum(score.counted for score in counted)
    # One deed is one time, however many items it was scored by.
    times = sum(not score.deed for score in counted) + len({score.deed for score in counted if score.deed})
    return Allowance(
        limit,
        None if limit.points is None else max(0, limit.points - sum_counted),
        None if limit.times is None else max(0, limit.times - times),
    )


def _left(limit: Cap, day: date, prior: Iterable[PriorScore]) -> int | None:
    """Return the points one cap still leaves around this day; None when it leaves any number."""
    allowance = allowance_under(limit, day, prior)
    if allowance is None:
        return None
    return 0 if allowance.times == 0 else allowance.points
