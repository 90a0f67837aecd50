"""The days that protect a household."""

from datetime import date, timedelta

import pytest

from pointsbank.boards.due_process import earliest_day, last_shown
from pointsbank.working_days import Calendar, KeptYears, term

KNOWN = KeptYears().known().calendar


@pytest.mark.parametrize(
    ("notified_on", "earliest_on"),
    [
        (date(2026, 9, 1), date(2026, 9, 8)),
        (date(2026, 2, 13), date(2026, 2, 27)),
        (date(2026, 9, 30), date(2026, 10, 13)),
        (date(2025, 12, 25), date(2026, 1, 4)),
    ],
)
def test_in_a_known_year_five_working_days_pass(notified_on: date, earliest_on: date) -> None:
    assert earliest_day(notified_on, KNOWN) == earliest_on


def test_in_an_unknown_year_a_household_can_only_gain() -> None:
    for number in range(365):
        notified_on = date(2026, 1, 1) + timedelta(days=number)
        before = earliest_day(notified_on, Calendar())
        assert before >= term(notified_on, 5, KNOWN).earliest
        assert before - notified_on <= timedelta(days=30)


def test_a_listing_of_thirty_days_is_gone_on_the_thirtieth_day_after() -> None:
    assert last_shown(date(2026, 9, 8), 30) == date(2026, 10, 8)
