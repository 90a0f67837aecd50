"""Without one of these rules its own test fails: who writes down the vote on a black listing."""

import pytest

from pointsbank.boards import witnessing
from tests.boards import test_black_board
from tests.missed_rules import TakenOut, check

PREPARED = "staff.independence.check(session, first=who, second=by, at=at, begun_at=start, begun_by=end)"
_IN_HAND = (
    test_black_board.test_who_had_the_login_in_hand_that_prepared_a_listing_does_not_write_the_vote_down
)
RULES = [
    TakenOut(witnessing.check_recorder, PREPARED, PREPARED.replace(rest, ""), _IN_HAND)
    for rest in (", begun_at=start, begun_by=end", ", begun_by=end")
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
