"""The one function that counts working days."""

from datetime import date, timedelta
from typing import NamedTuple

from pointsbank.working_days.years import Calendar


class Term(NamedTuple):
    """When a number of working days is over: one day where the notices are known, else the bounds.

    No notice, however it arranges the days, makes it end before `earliest` or after `latest`. What protects a
    household ends at `latest`; what binds the committee ends at `earliest`.
    """

    earliest: date
    latest: date


def term(day: date, count: int, calendar: Calendar) -> Term:
    """Return the day on which the `count`-th working day after `day` falls, as far as notices are known.

    Args:
        count: working days; 0 or less gives `day` itself.

    Example:
        >>> term(date(2027, 3, 5), 5, Calendar())  # a Friday far from every festival
        Term(earliest=datetime.date(2027, 3, 12), latest=datetime.date(2027, 3, 12))
        >>> term(date(2027, 9, 30), 1, Calendar())  # Monday 4 October, or what a long block leaves
        Term(earliest=datetime.date(2027, 10, 4), latest=datetime.date(2027, 10, 11))
    """
    return Term(
        _nth(day, count, calendar, undecided=True),
        _nth(day, count, calendar, undecided=False),
    )


def _nth(day: date, count: int, calendar: Calendar, *, undecided: bool) -> date:
    """The count-th working day, where days that no notice has settled count as `undecided` says."""
    while count > 0:
        day += timedelta(days=1)
        working = calendar.is_working(day)
        count -= undecided if working is None else working
    return day
