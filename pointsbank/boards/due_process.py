"""The days that protect a household on the black board: notified before, gone after."""

from datetime import date, timedelta

from pointsbank.working_days import Calendar, term

WORKING_DAYS_NOTIFIED_BEFORE = 5
"""Working days between the day a household is notified of a proposal and the first day of a decision."""

DAYS_UP = 30
DAYS_UP_AT_MOST = 90


def earliest_day(notified_on: date, calendar: Calendar) -> date:
    """Return the first day on which a black listing may be put up: the fifth working day, whatever comes.

    Example:
        >>> earliest_day(date(2027, 3, 1), Calendar())  # a Monday: 2, 3, 4, 5 and 8 March
        datetime.date(2027, 3, 8)
        >>> earliest_day(date(2027, 9, 28), Calendar())  # 国庆, as long as a notice may make it
        datetime.date(2027, 10, 15)
    """
    return term(notified_on, WORKING_DAYS_NOTIFIED_BEFORE, calendar).latest


def last_shown(up_on: date, days_up: int) -> date:
    """Return the day on which a listing comes down by itself; that day it is no longer shown.

    Args:
        days_up: calendar days, 1 to 90.

    Example:
        >>> last_shown(date(2026, 9, 8), 30)
        datetime.date(2026, 10, 8)
    """
    return up_on + timedelta(days=days_up)
