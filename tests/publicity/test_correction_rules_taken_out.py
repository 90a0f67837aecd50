"""Without one of these rules its own test fails: how what was posted is put right, and how objections end."""

import pytest

from pointsbank.publicity import correcting, deciding, missing
from pointsbank.scoring import correcting as versions
from pointsbank.scoring import correction_effects, correction_plan, month_sums
from tests.missed_rules import TakenOut, check
from tests.publicity import test_correcting, test_outcomes

RULES = [
    TakenOut(
        correction_effects.is_published_first,
        "any(one.points < 0 or one.honour < 0 for one in changes)",
        "False",
        test_correcting.test_what_takes_something_away_hangs_first_and_counts_when_its_days_are_over,
    ),
    TakenOut(
        correction_plan._judge,
        "[old.id]",
        "[]",
        test_correcting.test_a_correction_is_judged_without_the_old_entry,
    ),
    TakenOut(
        correction_plan._is_same,
        "before == after",
        "False",
        test_correcting.test_the_same_again_is_no_correction,
    ),
    TakenOut(
        month_sums._month_totals,
        "taken_back(totals.get(participant, NOTHING), counted)",
        "totals.get(participant, NOTHING)",
        test_correcting.test_a_closed_month_stays_what_it_was_and_the_difference_counts_in_the_open_one,
    ),
    TakenOut(
        correcting.settle_correction,
        "day_of(at) <= made.ends_on",
        "False",
        test_correcting.test_what_takes_something_away_hangs_first_and_counts_when_its_days_are_over,
    ),
    TakenOut(
        correcting.settle_correction,
        "made.status == scoring.UNHUNG",
        "False",
        test_correcting.test_what_takes_something_away_hangs_first_and_counts_when_its_days_are_over,
    ),
    TakenOut(
        versions.post_correction,
        "new.status != PUBLISHED",
        "False",
        test_outcomes.test_a_correction_that_is_objected_to_waits_and_an_upheld_objection_drops_it,
    ),
    TakenOut(
        deciding.decide_objection,
        "(should_be and missing) or ((should_be or missing) and not upheld)",
        "False",
        test_outcomes.test_an_objection_has_one_outcome,
    ),
    TakenOut(
        missing.enter_missing,
        "row.score_id is not None",
        "False",
        test_outcomes.test_a_missing_deed_becomes_a_line_of_the_next_meeting_and_the_score_stands,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
