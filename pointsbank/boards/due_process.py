"""The days that protect a household on the black board: notified before, gone after."""

from datetime import date, timedelta

from pointsbank.dates import is_working_day

WORKING_DAYS_NOTIFIED_BEFORE = 5
"""Working days between the day a household is notified of a proposal and the first day of a decision."""

DAYS_UP = 30
DAYS_UP_AT_MOST = 90

# 春节, 端午, 中秋 by the lunar calendar. The State Council arranges the free days around them only the autumn
# before, so every day that may be free is left out: a household can only gain by it.
_NEW_YEARS = (
    "2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19"
)
_SINGLE_DAYS = (
    "2026-06-19 2027-06-09 2028-05-28 2029-06-16 2030-06-05 2031-06-24 2032-06-12 2033-06-01 2034-06-20 "
    "2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12 2031-10-01 2032-09-19 2033-09-08 2034-09-27"
)
_LAST_KNOWN_YEAR = 2034


def _around(days: str, before: int, after: int) -> set[date]:
    """These days with their neighbours."""
    middles = [date.fromisoformat(day) for day in days.split()]
    return {middle + timedelta(days=n) for middle in middles for n in range(-before, after + 1)}


_MAY_BE_FREE = _around(_NEW_YEARS, 2, 8) | _around(_SINGLE_DAYS, 1, 1)


def surely_working_day(day: date) -> bool:
    """Return whether this is a working day however the State Council arranges the year's free days.

    Example:
        >>> [surely_working_day(date(2026, 9, day)) for day in (23, 25, 26)]  # Wednesday, 中秋, Saturday
        [True, False, False]
        >>> surely_working_day(date(2026, 10, 10))  # a Saturday, even if it is worked in exchange
        False
    """
    golden_week = (day.month, day.day) in {(10, n) for n in range(1, 9)} | {(5, n) for n in range(1, 6)}
    tomb_sweeping = (day.month, day.day) in {(4, n) for n in range(3, 7)}
    return is_working_day(day) and not (golden_week or tomb_sweeping or _lunar(day))


def _lunar(day: date) -> bool:
    """Return whether a lunar festival may make this day free; beyond our table, the whole season may."""
    if day.year <= _LAST_KNOWN_YEAR:
        return day in _MAY_BE_FREE
    return (1, 19) <= (day.month, day.day) <= (2, 29)


def earliest_day(notified_on: date) -> date:
    """Return the first day on which a black listing may be put up: the fifth that surely is a working day.

    Example:
        >>> earliest_day(date(2026, 9, 1))  # Tuesday: 2, 3, 4, 7 and 8 September
        datetime.date(2026, 9, 8)
        >>> earliest_day(date(2026, 9, 22))  # 中秋 with its neighbours, then 国庆
        datetime.date(2026, 10, 9)
    """
    day, left = notified_on, WORKING_DAYS_NOTIFIED_BEFORE
    while left:
        day += timedelta(days=1)
        left -= surely_working_day(day)
    return day


def last_shown(up_on: date, days_up: int) -> date:
    """Return the day on which a listing comes down by itself; that day it is no longer shown.

    Args:
        days_up: calendar days, 1 to 90.

    Example:
        >>> last_shown(date(2026, 9, 8), 30)
        datetime.date(2026, 10, 8)
    """
    return up_on + timedelta(days=days_up)
