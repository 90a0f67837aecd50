"""Working days by the notices, and what holds before a notice is out."""

from datetime import date, timedelta

import pytest

from pointsbank.working_days import Calendar, Year, law, read_notice, term
from pointsbank.working_days.sources import _library_year
from tests.working_days.state_council import NOTICE_2025, NOTICE_2026, NOTICE_2027

KNOWN = Calendar(
    {
        2025: read_notice(NOTICE_2025, year=2025),
        2026: read_notice(NOTICE_2026, year=2026),
        2027: read_notice(NOTICE_2027, year=2027),
    }
)
UNKNOWN = Calendar()
DECREED_ONCE = {date(2015, 9, day) for day in (3, 4, 6)}
"""A holiday of one year alone, decreed in May of it."""


@pytest.mark.parametrize(
    ("day", "count", "over"),
    [
        ("2026-09-01", 5, "2026-09-08"),
        ("2026-09-05", 5, "2026-09-11"),  # a Saturday
        ("2025-09-22", 7, "2025-09-30"),  # Sunday the 28th is worked
        ("2026-02-05", 7, "2026-02-14"),  # so is Saturday the 14th
        ("2026-02-13", 5, "2026-02-27"),  # over 春节
        ("2025-12-25", 5, "2026-01-04"),  # Sunday the 4th is worked, Friday the 2nd is not
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-12-24", 3, "2026-12-28"),  # Sunday the 27th is worked for 元旦 of 2027
        ("2026-12-30", 1, "2027-01-04"),
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_where_the_notices_are_known_a_term_ends_on_one_day(day: str, count: int, over: str) -> None:
    assert term(date.fromisoformat(day), count, KNOWN) == (date.fromisoformat(over),) * 2


@pytest.mark.parametrize(
    ("day", "count", "earliest", "latest"),
    [
        ("2027-12-27", 5, "2028-01-02", "2028-01-10"),  # 元旦 of 2028 is a Saturday
        ("2028-12-29", 5, "2029-01-04", "2029-01-11"),
        ("2027-03-01", 5, "2027-03-08", "2027-03-08"),  # no festival is near
        ("2032-06-10", 1, "2032-06-11", "2032-06-16"),  # 端午 is a Saturday
        ("2060-02-02", 1, "2060-02-03", "2060-03-01"),  # beyond the moon's table
    ],
)
def test_where_none_is_known_a_term_has_bounds(day: str, count: int, earliest: str, latest: str) -> None:
    bounds = (date.fromisoformat(earliest), date.fromisoformat(latest))

    assert term(date.fromisoformat(day), count, UNKNOWN) == bounds


# Days that were counted as surely worked, and are off by the rule that a weekend's festival frees a weekday.
@pytest.mark.parametrize(
    "day",
    ["2026-01-02", "2028-01-03", "2029-06-18", "2029-09-24", "2031-04-07", "2032-06-14", "2034-01-02"],
)
def test_no_day_that_may_be_off_counts_for_sure(day: str) -> None:
    assert UNKNOWN.is_working(date.fromisoformat(day)) is None


@pytest.mark.parametrize("year", range(2014, 2027))
def test_every_year_so_far_lies_within_what_the_law_allows(year: int) -> None:
    truth = Calendar({one: _library_year(one) for one in (year, min(year + 1, 2026))})
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    wrong = {
        day
        for day in days
        if UNKNOWN.is_working(day) not in (None, truth.is_working(day)) and truth.is_working(day) is not None
    }

    assert wrong <= DECREED_ONCE


def test_a_year_that_becomes_known_never_moves_a_term_out_of_its_bounds() -> None:
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        bounds, settled = term(day, 7, UNKNOWN), term(day, 7, KNOWN)
        assert bounds.earliest <= settled.earliest == settled.latest <= bounds.latest


def test_the_last_days_of_december_wait_for_the_next_notice() -> None:
    alone = Calendar({2026: KNOWN.years[2026]})

    assert (alone.is_working(date(2026, 12, 31)), alone.is_working(date(2026, 12, 27))) == (None, None)
    assert (KNOWN.is_working(date(2026, 12, 31)), KNOWN.is_working(date(2026, 12, 27))) == (False, True)
    assert alone.lacking(date(2026, 12, 21), date(2026, 12, 31)) == [2027]
    assert KNOWN.lacking(date(2026, 12, 21), date(2026, 12, 31)) == []


def test_the_law_frees_its_days_whatever_comes() -> None:
    by_law = [date(2027, *day) for day in ((1, 1), (2, 5), (2, 8), (5, 2), (6, 9), (9, 15), (10, 3))]

    assert all(law.surely_off(day) for day in by_law)
    assert not law.surely_off(date(2027, 2, 9)) and not law.surely_off(date(2060, 2, 2))


def test_a_year_without_its_neighbours_is_known_but_for_its_end() -> None:
    only = Calendar({2026: Year(2026, frozenset(), frozenset())})

    assert only.is_working(date(2026, 10, 8)) is True
    assert only.is_working(date(2027, 10, 8)) is None
