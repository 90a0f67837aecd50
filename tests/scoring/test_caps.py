"""How much of a score still counts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pointsbank.scoring.caps import PriorScore, cap, remaining_under_caps, scored_once_in

MAY_1, MAY_31, JUNE_1 = date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1)


def test_what_is_over_the_months_cap_is_cut():
    counted, cut = remaining_under_caps(500, MAY_31, [PriorScore(MAY_1, 800)], [cap("month", points=1000)])

    assert counted == 200
    assert cut is not None
    assert cut.name == "每月"


def test_a_new_month_has_room_again():
    assert remaining_under_caps(500, JUNE_1, [PriorScore(MAY_31, 1000)], [cap("month", points=1000)]) == (
        500,
        None,
    )


def test_a_deed_entered_late_meets_what_was_scored_after_it():
    assert remaining_under_caps(500, MAY_1, [PriorScore(MAY_31, 1000)], [cap("month", points=1000)])[0] == 0


def test_once_a_year_means_the_calendar_year():
    once = [cap("year", times=1)]

    assert remaining_under_caps(500, date(2026, 12, 31), [PriorScore(date(2026, 1, 1), 500)], once)[0] == 0
    assert remaining_under_caps(500, date(2027, 1, 1), [PriorScore(date(2026, 12, 31), 500)], once)[0] == 500


def test_a_score_of_which_nothing_counted_uses_up_no_times():
    assert remaining_under_caps(500, MAY_31, [PriorScore(MAY_1, 0)], [cap("month", times=1)])[0] == 500


def test_of_two_caps_the_tighter_one_cuts():
    counted, cut = remaining_under_caps(
        500, MAY_31, [PriorScore(MAY_1, 700)], [cap("year", points=1000), cap("month", points=800)]
    )

    assert counted == 100
    assert cut is not None
    assert cut.name == "每月"


def test_a_quarter_ends_with_its_third_month():
    by_quarter = [cap("quarter", times=1)]

    assert remaining_under_caps(5, date(2026, 6, 30), [PriorScore(date(2026, 4, 1), 5)], by_quarter)[0] == 0
    assert remaining_under_caps(5, date(2026, 7, 1), [PriorScore(date(2026, 6, 30), 5)], by_quarter)[0] == 5


def test_an_item_with_scoring_periods_is_scored_once_in_each():
    once = [scored_once_in("1-2月|3-4月")]

    assert remaining_under_caps(5, date(2026, 2, 28), [PriorScore(date(2026, 1, 1), 5)], once)[0] == 0
    assert remaining_under_caps(5, date(2026, 3, 1), [PriorScore(date(2026, 2, 28), 5)], once)[0] == 5


@given(
    deeds=st.lists(st.tuples(st.integers(0, 800), st.integers(1, 5000)), max_size=30),
    most=st.integers(1, 10_000),
    period=st.sampled_from(["day", "month", "quarter", "half_year", "year", "ever"]),
)
def test_whatever_the_order_no_period_ever_holds_more_than_its_cap(deeds, most, period):
    limit = cap(period, points=most)
    past: list[PriorScore] = []
    for after, amount in deeds:
        day = date(2025, 1, 1) + timedelta(days=after)
        past.append(PriorScore(day, remaining_under_caps(amount, day, past, [limit])[0]))

    for first, last in {limit.around(score.occurred_on) for score in past}:
        assert sum(score.counted for score in past if first <= score.occurred_on <= last) <= most
