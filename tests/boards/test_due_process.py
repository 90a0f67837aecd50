"""The days that protect a household."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pointsbank.boards.due_process import earliest_day, last_shown, surely_working_day
from pointsbank.dates import working_days_between

DAYS = st.dates(date(2026, 1, 1), date(2045, 12, 31))


def test_an_ordinary_week_gives_five_working_days() -> None:
    assert earliest_day(date(2026, 9, 1)) == date(2026, 9, 8)


def test_notified_on_a_saturday_the_days_begin_on_monday() -> None:
    assert earliest_day(date(2026, 9, 5)) == date(2026, 9, 11)


def test_the_spring_festival_does_not_eat_a_households_days() -> None:
    assert earliest_day(date(2026, 2, 13)) == date(2026, 3, 4)


def test_the_national_days_do_not_either() -> None:
    assert earliest_day(date(2026, 9, 30)) == date(2026, 10, 15)


@given(DAYS)
def test_there_are_always_at_least_five_working_days_between(notified_on: date) -> None:
    day = earliest_day(notified_on)

    assert working_days_between(notified_on, day) >= 5
    assert surely_working_day(day)
    assert day - notified_on <= timedelta(days=60)


def test_a_listing_of_thirty_days_is_gone_on_the_thirtieth_day_after() -> None:
    assert last_shown(date(2026, 9, 8), 30) == date(2026, 10, 8)
