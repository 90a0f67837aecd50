"""The days that protect a household on the black board: told before, gone after."""

from datetime import date, timedelta

from pointsbank.dates import is_working_day

WORKING_DAYS_TOLD_BEFORE = 5
"""A household hears of a proposed black listing this many working days before it can be decided."""

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
    """Whether this is a working day however the free days of the year are arranged."""
    golden_week = (day.month, day.day) in {(10, n) for n in range(1, 9)} | {(5, n) for n in range(1, 6)}
    tomb_sweeping = (day.month, day.day) in {(4, n) for n in range(3, 7)}
    return is_working_day(day) and not (golden_week or tomb_sweeping or _lunar(day))


def _lunar(day: date) -> bool:
    """Whether a lunar festival may make this day free; beyond our table, the whole season may."""
    if day.year <= _LAST_KNOWN_YEAR:
        return day in _MAY_BE_FREE
    return (1, 19) <= (day.month, day.day) <= (2, 29)


def earliest_day(told_on: date) -> date:
    """The first day on which a black listing may be decided: the fifth day that surely is a working day."""
    day, left = told_on, WORKING_DAYS_TOLD_BEFORE
    while left:
        day += timedelta(days=1)
        left -= surely_working_day(day)
    return day


def last_shown(up_on: date, days_up: int) -> date:
    """The day on which a listing comes down by itself; that day it is no longer shown."""
    return up_on + timedelta(days=days_up)
