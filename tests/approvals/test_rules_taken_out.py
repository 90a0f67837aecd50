"""What one person may not do alone, done alone once its rule is taken out: its own test misses the rule."""

import pytest

from pointsbank.approvals import (
    answering,
    describing,
    endings,
    loosening,
    month_closing,
    monthly_limits,
    pricing,
    rules,
    seen_goods,
    splitting,
)
from pointsbank.market import importing
from pointsbank.market.describing import with_pieces, words_need_two
from pointsbank.market.monthly_limits import loosens_limit
from pointsbank.web import clock
from tests.approvals import (
    test_describing,
    test_endings,
    test_loosening,
    test_month_closing,
    test_monthly_limits,
    test_opening,
    test_overdue,
    test_pins,
    test_pricing,
    test_splitting,
)
from tests.approvals.office import Office
from tests.missed_rules import TakenOut, check

WORDS = (
    '"name": clean_name(share.name), "address": clean(share.address, maximum=100), '
    '"note": clean_required(decision, maximum=200)'
)
ANOTHER_ROLE = "bool(able - first) or (among_committee and COMMITTEE in able)"
ALONE = (
    test_endings.test_the_committee_alone_ends_no_household,
    test_splitting.test_the_committee_alone_splits_no_household,
    test_loosening.test_a_loosening_waits_seven_days_for_somebody_of_another_role,
    test_pricing.test_the_committee_alone_lowers_no_price,
    test_monthly_limits.test_the_committee_alone_loosens_no_limit,
    test_describing.test_the_committee_alone_renames_nothing_that_lies_on_the_shelf,
    test_opening.test_the_committee_alone_opens_no_balances_and_two_roles_do,
)
RULES = [
    *(TakenOut(rules.may_second, ANOTHER_ROLE, "bool(able)", test) for test in ALONE),
    TakenOut(
        month_closing._refuse_unless_ready,
        "not ahead.is_due",
        "False",
        test_month_closing.test_a_month_that_is_not_ready_is_not_asked_for,
    ),
    TakenOut(
        month_closing.request_month_close,
        "ahead.heeds and not heeded",
        "False",
        test_month_closing.test_a_month_that_is_not_ready_is_not_asked_for,
    ),
    TakenOut(
        answering.confirm,
        "in_bulk and (not kind.in_bulk)",
        "False",
        test_endings.test_what_ends_or_lowers_something_is_not_confirmed_with_others,
    ),
    TakenOut(
        answering.check_second,
        "row.requested_at",
        "None",
        test_pins.test_what_somebody_s_program_requested_as_another_that_one_does_not_confirm,
    ),
    TakenOut(
        clock._end_what_would_revive,
        "approvals.end_overdue(database, at=moment, over_by=due)",
        "None",
        test_overdue.test_after_the_clock_was_put_back_it_ends_by_what_was_over_before,
    ),
    TakenOut(
        loosening.change_setting,
        "check_requester(session, village=village, kind=KIND, by=by)",
        "None",
        test_loosening.test_tightening_is_done_at_once,
    ),
    TakenOut(
        loosening.loosen,
        'before != terms["old"]',
        "False",
        test_loosening.test_what_was_tightened_meanwhile_is_not_loosened_further_than_was_seen,
    ),
    TakenOut(
        pricing.lower,
        "now != old",
        "False",
        test_pricing.test_what_was_raised_meanwhile_is_not_lowered_further_than_was_seen,
    ),
    TakenOut(
        pricing.change_price,
        "valid_from or at",
        "at",
        test_pricing.test_a_price_is_compared_with_the_one_that_holds_on_its_own_day,
    ),
    TakenOut(
        importing._loosening,
        'lowers(before.points, row["points"])',
        "False",
        test_pricing.test_a_table_lowers_no_price_and_says_what_to_do,
    ),
    TakenOut(
        importing._loosening,
        'loosens_limit(limit, row["limit_per_month"])',
        "False",
        test_monthly_limits.test_a_table_loosens_no_limit,
    ),
    TakenOut(
        loosens_limit,
        "new is None or new > old",
        "new is not None and new > old",
        test_monthly_limits.test_a_table_loosens_no_limit,
    ),
    TakenOut(
        monthly_limits.loosen,
        'now != terms["old"]',
        "False",
        test_monthly_limits.test_tightening_is_done_at_once_and_a_request_counts_for_what_was_seen,
    ),
    *(
        TakenOut(words_need_two, "pieces and old != new", "False", test)
        for test in (
            test_describing.test_the_committee_alone_renames_nothing_that_lies_on_the_shelf,
            test_describing.test_a_table_renames_what_lies_on_the_shelf_by_two_and_all_else_by_one,
        )
    ),
    TakenOut(
        with_pieces,
        "one.stock > 0 or one.id in found",
        "one.stock > 0",
        test_describing.test_what_was_counted_and_waits_for_the_second_signature_counts_as_there,
    ),
    TakenOut(
        seen_goods.check_seen,
        '{"name": terms.get("name"), "spec": terms.get("spec")} != seen(goods)',
        "False",
        test_describing.test_a_yes_is_for_the_goods_as_they_were_seen,
    ),
    TakenOut(
        describing.rename,
        'found.points != approval.terms["points"]',
        "False",
        test_describing.test_words_are_judged_by_the_price_that_was_seen,
    ),
    TakenOut(
        describing._refuse_other_words,
        "waiting.get(one.goods.code, one.new) != one.new",
        "False",
        test_describing.test_the_same_table_again_requests_nothing_and_other_words_refuse_it,
    ),
    TakenOut(
        endings.request_closing,
        '{"heir": ending.heir, "note": ending.decision}',
        '{"note": ending.decision}',
        test_endings.test_no_word_of_a_forgotten_household_is_left_in_requests,
    ),
    TakenOut(
        splitting.request_split,
        f'{{"heir": new, {WORDS}}}',
        f"{{{WORDS}}}",
        test_splitting.test_no_name_of_a_new_household_outlives_its_erasure,
    ),
]


@pytest.fixture
def office(sqlite_office: Office) -> Office:
    """Whether a rule is missed does not depend on the storage."""
    return sqlite_office


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule} {rule.test.__name__}")
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
