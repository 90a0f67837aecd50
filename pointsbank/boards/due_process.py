"""The days that protect a household on the black board: told before, gone after."""

from datetime import date, timedelta

from pointsbank.dates import add_working_days

WORKING_DAYS_TOLD_BEFORE = 5
"""A household hears of a proposed black listing this many working days before it can be decided."""

OBJECTION_WORKING_DAYS = 7
"""An objection to a listing is answered within this many working days."""

DAYS_UP = 30
DAYS_UP_AT_MOST = 90


def earliest_day(told_on: date) -> date:
    """The first day on which a black listing may be decided: the fifth working day after."""
    return add_working_days(told_on, WORKING_DAYS_TOLD_BEFORE)


def last_shown(up_on: date, days_up: int) -> date:
    """The day on which a listing comes down by itself; that day it is no longer shown."""
    return up_on + timedelta(days=days_up)
