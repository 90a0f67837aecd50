"""Without one of these rules its own test fails: who answers an objection."""

import pytest

from pointsbank.objections import filing, recorders
from tests.missed_rules import TakenOut, check
from tests.publicity import test_objections

RULES = [
    TakenOut(
        recorders.check_not_recorder,
        "by == recorded_by",
        "False",
        test_objections.test_who_wrote_the_objection_down_does_not_decide,
    ),
    TakenOut(
        filing.answer,
        "by == found.row.made_by",
        "False",
        test_objections.test_who_entered_the_score_does_not_decide,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
