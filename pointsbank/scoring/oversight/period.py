"""The months that oversight looks at, from the first to the last."""

from datetime import date
from typing import NamedTuple

from pointsbank import dates
from pointsbank.errors import Invalid

_MONTHS = 12


class PeriodInvalid(Invalid):
    """The last month of a period lies before the first."""

    code = "period_invalid"
    sentence = "{first}至{until}前后颠倒了：请把较早的月份填在前面。"
    at = ("first",)


class Period(NamedTuple):
    """Months, YYYY-MM, from `first` to `until`, both within."""

    first: str
    until: str

    @property
    def days(self) -> tuple[date, date]:
        """The first day and the last."""
        return dates.first_day(self.first), dates.last_day(self.until)


def usual_period(today: date, *, first: str = "", until: str = "") -> Period:
    """Return the months that were asked for; what was left open is the last twelve, this one within.

    Raises:
        MonthInvalid: what was asked for is no month.
        PeriodInvalid: the last lies before the first.

    Example:
        >>> usual_period(date(2026, 9, 3)), usual_period(date(2026, 9, 3), until="2026-02")
        (Period(first='2025-10', until='2026-09'), Period(first='2025-03', until='2026-02'))
    """
    last = dates.parse_month(until) if until else max(dates.month_of(today), first)
    if first:
        begin = dates.parse_month(first)
    else:
        begin = last
        for _ in range(_MONTHS - 1):
            begin = dates.previous_month(begin)
    if begin > last:
        raise PeriodInvalid(first=dates.month_in_words(begin), until=dates.month_in_words(last))
    return Period(begin, last)
