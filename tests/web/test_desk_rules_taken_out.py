"""Without one of these rules of the desk and the till its own test fails."""

import pytest

from pointsbank.boards import deciding, drafting, month_board, red_numbers
from pointsbank.boards.listings import Listing
from pointsbank.boards.standing import _places, group_standing
from pointsbank.choosing import changes
from pointsbank.households import closing
from pointsbank.market import exchanging
from pointsbank.publicity import correcting, due_corrections, missing, settling
from pointsbank.scoring import attendance
from pointsbank.scoring.meeting_summary import check_summary
from pointsbank.web import till_view
from tests.boards import test_red_numbers, test_standing
from tests.missed_rules import TakenOut, check
from tests.publicity import test_contested_listings, test_correcting, test_hanging, test_outcomes
from tests.web import test_meeting_closing, test_month, test_settings_page, test_till_early

li, clerk = test_meeting_closing.li, test_till_early.clerk
"""Whom these tests begin with."""

_AWAY = test_standing.test_who_is_away_all_year_has_no_place_and_no_part_in_averages
_OWED = test_outcomes.test_what_an_objection_owes_a_household_stands_against_its_end
_OTHER_CARD = test_till_early.test_an_exchange_refuses_another_household_s_card_at_the_scan
RULES = [
    TakenOut(
        check_summary,
        "now.seal != seal",
        "False",
        test_meeting_closing.test_what_was_entered_since_the_look_sends_one_back_with_the_minutes_kept,
    ),
    TakenOut(
        changes.check_unchanged,
        "setting.typed(now) != seen",
        "False",
        test_settings_page.test_who_saw_another_value_is_asked_to_look_again,
    ),
    TakenOut(
        attendance.with_households,
        "attach(people, frozenset(known))",
        "list(people)",
        test_month.test_a_judge_s_household_is_typed_beside_the_name_and_recused,
    ),
    TakenOut(
        settling.settle,
        "row.ends_on is None",
        "setattr(row, 'ends_on', row.ends_on or today - timedelta(days=1))",
        test_hanging.test_until_it_hangs_a_notice_has_no_last_day_and_is_not_posted,
    ),
    TakenOut(_places, "one.status == AWAY", "False", _AWAY),
    TakenOut(
        group_standing,
        "line.kind == HOUSEHOLD and line.place and line.group_id is not None",
        "line.kind == HOUSEHOLD and line.group_id is not None",
        _AWAY,
    ),
    TakenOut(
        drafting._praiseworthy,
        "row.kind == HOUSEHOLD and bool(row.place) and row.honour > 0",
        "row.kind == HOUSEHOLD and row.honour > 0",
        test_standing.test_who_is_away_is_drafted_for_no_red_board_and_may_be_chosen,
    ),
    TakenOut(
        deciding._check_process,
        "row.id in contested(session, village=row.village_id)",
        "False",
        test_contested_listings.test_it_does_not_go_up_before_the_answer,
    ),
    TakenOut(
        Listing.shown_on,
        "not self.contested",
        "True",
        test_contested_listings.test_what_hangs_is_hidden_until_the_answer,
    ),
    TakenOut(
        correcting.end_what_rested,
        "made.status == scoring.POSTED and not stands",
        "False",
        test_contested_listings.test_what_rested_on_a_score_that_was_corrected_away_ends_with_it,
    ),
    TakenOut(
        month_board._of_month,
        "with_numbers_of_now(session, every, lines, village=village, month=month)",
        "every",
        test_red_numbers.test_board_poster_and_votes_follow_a_correction,
    ),
    TakenOut(
        red_numbers.refuse_closed_month,
        "villages.is_closed(session, village=village, month=month)",
        "False",
        test_red_numbers.test_a_closed_month_praises_nobody_more,
    ),
    TakenOut(closing._check, "contested or missing", "False", _OWED),
    TakenOut(
        missing.note_missing,
        "deed == (target.participant_id, target.item_id, target.occurred_on)",
        "False",
        test_outcomes.test_a_missing_deed_is_another_one_than_the_one_that_was_scored,
    ),
    TakenOut(
        due_corrections._due,
        "village in by_themselves",
        "True",
        test_correcting.test_where_the_village_chose_so_a_person_posts_what_has_hung_its_days,
    ),
    TakenOut(
        exchanging.refuse_other_household,
        "find_sale(session, village=village, redemption=redemption).participant_id != participant",
        "False",
        _OTHER_CARD,
    ),
    TakenOut(
        till_view.kept,
        "_KEPT.match(name)",
        "name == 'ticket'",
        test_till_early.test_a_scan_that_is_over_is_made_anew_in_place_with_the_basket_kept,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
