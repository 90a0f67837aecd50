"""One deed, several items; the same bad deed again; the calendar of scoring periods."""

from datetime import date

import pytest

from pointsbank.scoring.overlap import counts_besides, is_repeated
from pointsbank.scoring.periods import ScoringPeriodInvalid, months_later, scoring_periods, scoring_span

NEW_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("amounts", "counted"),
    [
        ([500, 1000, 800], [500, 500, 0]),
        ([1000, 500, 800], [1000, 0, 0]),
        ([500, 500], [500, 0]),
        ([0, 300], [0, 300]),
        ([700], [700]),
    ],
)
def test_a_deed_comes_to_the_highest_of_its_items_in_whatever_order(amounts, counted):
    found: list[int] = []
    for amount in amounts:
        found.append(counts_besides(amount, sum(found)))

    assert found == counted and sum(found) == max(amounts)


def test_the_same_bad_deed_within_its_validity_is_a_repetition():
    assert is_repeated(date(2026, 6, 30), [NEW_YEAR], validity_months=6)
    assert is_repeated(NEW_YEAR, [NEW_YEAR], validity_months=6)


def test_on_the_day_its_validity_ends_it_is_no_repetition():
    assert not is_repeated(date(2026, 7, 1), [NEW_YEAR], validity_months=6)


def test_a_later_deed_does_not_make_an_earlier_one_a_repetition():
    assert not is_repeated(NEW_YEAR, [date(2026, 2, 1)], validity_months=6)


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("第1季度|第4季度", ((1, 3), (10, 12))),
        ("上半年|下半年", ((1, 6), (7, 12))),
        ("1-2月|11-12月", ((1, 2), (11, 12))),
        ("全年", ((1, 12),)),
        ("5月", ((5, 5),)),
    ],
)
def test_scoring_periods_are_read_as_villages_write_them(written, months):
    assert scoring_periods(written) == months


@pytest.mark.parametrize("written", ["第5季度", "12-1月", "13月", "农闲"])
def test_a_scoring_period_that_is_none_is_refused(written):
    with pytest.raises(ScoringPeriodInvalid):
        scoring_periods(written)


def test_february_ends_where_it_ends():
    assert scoring_span("1-2月", date(2028, 2, 29)) == (date(2028, 1, 1), date(2028, 2, 29))
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
