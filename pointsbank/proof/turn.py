"""Whose turn it is: months are closed one after another, each once it is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pointsbank.dates import last_day, next_month


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a month stands among those that are closed.

    Attributes:
        is_closed: it is closed for good.
        due: the month that is to be closed next, YYYY-MM.
        over_on: the first day on which it may be closed: its last one.
        is_over: that day has come.
    """

    is_closed: bool
    due: str
    over_on: date
    is_over: bool


def turn(closed: Sequence[str], month: str, today: date) -> Turn:
    """Return where a month stands; the first one to be closed may be any.

    Args:
        closed: the closed months, YYYY-MM, oldest first.
        today: the village's day.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        >>> turn(["2026-08", "2026-09"], "2026-11", date(2026, 11, 30)).due
        '2026-10'
    """
    due = next_month(closed[-1]) if closed else month
    over_on = last_day(month)
    return Turn(month in closed, due, over_on, today >= over_on)
