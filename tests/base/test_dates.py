"""Days and months are the village's, moments are UTC."""

from datetime import UTC, date, datetime

import pytest

from pointsbank import dates


def test_a_late_evening_in_utc_is_the_next_day_in_the_village() -> None:
    assert dates.day_of(datetime(2026, 8, 31, 16, 0, tzinfo=UTC)) == date(2026, 9, 1)
    assert dates.start_of_day(date(2026, 9, 1)) == datetime(2026, 8, 31, 16, 0, tzinfo=UTC)


def test_months_follow_each_other_over_the_year() -> None:
    assert dates.next_month("2026-12") == "2027-01"
    assert dates.previous_month("2026-01") == "2025-12"
    assert dates.last_day("2028-02") == date(2028, 2, 29)


@pytest.mark.parametrize("given", ["2026-13", "2026-9", "26-09", "2026-09-01", "", "２０２６-09"])
def test_what_is_no_month_is_refused(given: str) -> None:
    with pytest.raises(dates.MonthInvalid):
        dates.parse_month(given)
