"""Without one of these rules its own test fails: who signs for the shelf, what the log tells of new goods."""

import pytest

from pointsbank.market import goods, signing, unseen
from pointsbank.market.written_off import check_signer
from tests.market import test_counting, test_prices_in_the_log, test_unseen
from tests.market.shop import Shop
from tests.missed_rules import TakenOut, check

WROTE_OFF = "staff.independence.check(session, first=who, second=by, at=at, begun_at=start, begun_by=end)"
RULES = [
    TakenOut(
        signing._post,
        "row.signed_at",
        "None",
        test_counting.test_what_somebody_s_program_signed_as_another_that_one_does_not_sign_second,
    ),
    TakenOut(
        check_signer,
        WROTE_OFF,
        "staff.independence.check(session, first=who, second=by, at=at)",
        test_counting.test_what_somebody_s_program_wrote_off_as_another_counts_as_that_one_s,
    ),
    TakenOut(
        check_signer,
        "by in {one.by for one in entered}",
        "False",
        test_counting.test_who_entered_new_goods_does_not_sign_second_for_how_many_there_were,
    ),
    TakenOut(
        unseen._is_another,
        "moved_at",
        "None",
        test_unseen.test_what_a_login_sold_while_it_was_in_the_same_hands_nobody_else_has_seen,
    ),
    TakenOut(
        goods.write_new,
        '{**one.words, "added": added}',
        "one.words",
        test_prices_in_the_log.test_who_sets_the_first_price_of_goods_tells_how_many_he_brought,
    ),
]


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """Whether a rule is missed does not depend on the storage."""
    return sqlite_shop


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
