"""Without one of these rules its own test fails: two people, counted guesses, what is taken back."""

from dataclasses import replace

import pytest

from pointsbank.staff import (
    account_acts,
    accounts,
    disabling,
    handing_back,
    independence,
    lost_telephones,
    second_factor,
    sessions,
    throttling,
    tokens,
)
from tests.missed_rules import TakenOut, check
from tests.staff import (
    test_accounts,
    test_handing_back,
    test_independence,
    test_second_factor,
    test_signing_in,
    test_tokens_and_setup,
)

UNCOUNTED = '__import__("contextlib").nullcontext()'
"""Stands where tries would be counted before they are judged."""

HOLDING = [
    TakenOut(one, rule, instead, test_independence.test_two_logins_are_two_people_or_not)
    for one, rule, instead in (
        (independence.every_hold, "act.by == login", "False"),
        (independence.every_hold, "later.kind == OWN_PASSWORD", "True"),
        (independence.every_hold, "act.kind != TOKEN_MADE", "True"),
        (independence.every_hold, "max(changed[0], act.at) + WAIT", "max(changed[0], act.at)"),
        (independence.every_hold, "max(changed[0], act.at)", "changed[0]"),
        (independence.holds, "at < hold.ends_at", "False"),
        (independence.hands, "hands(history, hold.act.by, hold.act.at, seen)", "frozenset()"),
        (independence.joining, "((second, first), (first, second))", "((second, first),)"),
        (independence.reached, "hands(history, hold.act.by, hold.act.at)", "hands(history, hold.act.by, at)"),
        (independence.reached, "ANYBODY in reach", "False"),
        (independence.joining, "hands(history, other, at)", "frozenset({other})"),
    )
]
_KEPT = test_independence.test_what_is_done_to_an_account_is_kept_and_counts
_ALONE = test_independence.test_oneself_and_nobody_are_no_second
_ROLE = test_independence.test_who_decides_by_a_role_alone_is_in_nobody_s_hands
_UNTOLD = test_independence.test_a_login_of_which_nothing_says_who_made_it_is_in_anybody_s_hands
_BEGUN = test_independence.test_what_was_begun_while_another_had_the_login_in_hand_stays_that_one_s
TWO_PEOPLE = [
    TakenOut(independence.check, "second not in names", "False", _ALONE, {"second": "nobody"}),
    TakenOut(independence.check, "first == second", "False", _ALONE, {"second": "chen"}),
    TakenOut(independence.check, "found is not None", "False", _KEPT, {"kind": "made"}),
    TakenOut(independence.check, "begun is not None", "False", _BEGUN),
    TakenOut(
        account_acts._acts_upon, "_made_untold(session, wanted)", "{one: [] for one in wanted}", _UNTOLD
    ),
    TakenOut(account_acts._acts_upon, "row.staff_id in had", "False", _BEGUN),
    TakenOut(
        independence.check,
        "hands(now, second, at) | hands(then, second, begun_at)",
        "hands(then, second, begun_at)",
        test_independence.test_it_stays_that_one_s_through_a_third_login_too,
    ),
    TakenOut(independence.check_own, "found is not None", "False", _ROLE),
    TakenOut(independence.check_own, "who not in directory.names(session, ids=[who])", "False", _ROLE),
    TakenOut(
        account_acts._acts_upon,
        "row.kind != TOKEN_MADE or there",
        "True",
        test_independence.test_a_token_of_another_counts_as_long_as_it_is_there,
    ),
    TakenOut(
        account_acts._acts_upon,
        "row.done_by if row.done_by in known else ANYBODY",
        "row.done_by",
        test_independence.test_what_is_done_at_the_machine_counts_against_everybody,
    ),
    TakenOut(
        account_acts.note_act,
        "staff if by == SETUP else by",
        "by",
        test_independence.test_the_first_administrator_is_in_nobody_s_hands,
    ),
    *(
        TakenOut(function, f"note_act(session, {rest}, by=by, at=at)", "None", _KEPT, {"kind": kind})
        for function, rest, kind in (
            (accounts.add, 'staff=row.id, kind="made"', "made"),
            (disabling.enable, 'staff=row.id, kind="enabled"', "enabled"),
            (tokens.make_token, "staff=staff.id, kind=TOKEN_MADE", "token_made"),
            (
                accounts.change_password,
                'staff=staff, kind="password_reset" if by != staff else OWN_PASSWORD',
                "password_reset",
            ),
        )
    ),
    TakenOut(
        accounts.set_roles, "by != staff and not after <= before", "False", _KEPT, {"kind": "role_given"}
    ),
    TakenOut(
        accounts.set_roles,
        "by != staff and not after <= before",
        "by != staff",
        test_independence.test_what_takes_away_puts_nobody_into_other_hands,
    ),
]
TWO_PEOPLE.append(
    TakenOut(
        lost_telephones.check_may_take_off,
        "independence.check(session, first=here.staff.id, second=by.staff.id, at=at, begun_at=since)",
        "independence.check(session, first=here.staff.id, second=by.staff.id, at=at)",
        test_second_factor.test_a_loss_reported_while_the_admin_had_the_login_in_hand_is_the_admin_s,
    )
)
GUESSES = [
    TakenOut(
        throttling._count,
        "_check(row, at=at)",
        "None",
        test_signing_in.test_of_many_guesses_at_once_only_eight_are_judged,
    ),
    TakenOut(
        sessions._verify,
        "counted(database, *tries, wrong=SignInRefused, at=at)",
        UNCOUNTED,
        test_signing_in.test_of_many_guesses_at_once_only_eight_are_judged,
    ),
    TakenOut(
        second_factor.counting_codes,
        "counted(database, *tries, wrong=CodeWrong, at=at)",
        UNCOUNTED,
        test_second_factor.test_of_many_guesses_at_once_only_five_are_judged,
    ),
    TakenOut(
        throttling.counted,
        "count_tries(database, *tries, at=at)",
        "None",
        test_signing_in.test_of_any_limit_exactly_as_many_are_judged_as_it_says,
    ),
    TakenOut(
        sessions.sign_in,
        '[Try("sign_in", f"{login}\\naddress {address}"), Try("sign_in_login", login)]',
        '[Try("sign_in", f"{login}\\naddress {address}")]',
        test_signing_in.test_strangers_everywhere_make_new_browsers_wait_and_the_known_one_goes_on,
    ),
    TakenOut(
        sessions.sign_in,
        'Try("sign_in", f"{login}\\naddress {address}")',
        'Try("sign_in", login)',
        test_signing_in.test_a_stranger_locks_nobody_out,
    ),
    TakenOut(
        sessions.sign_in,
        'Try("sign_in", f"{login}\\naddress {address}")',
        'Try("sign_in", address)',
        test_signing_in.test_a_neighbour_s_mistakes_hold_up_nobody_at_the_same_address,
    ),
    TakenOut(
        second_factor.counting_codes,
        "not known",
        "True",
        test_second_factor.test_who_guesses_at_other_screens_does_not_lock_the_owner_out,
    ),
    TakenOut(
        second_factor.counting_codes,
        "not known",
        "False",
        test_second_factor.test_who_guesses_at_other_screens_does_not_lock_the_owner_out,
    ),
    TakenOut(
        throttling._count,
        "min(limit.within * 2**times, LONGEST)",
        "limit.within * 2**times",
        test_signing_in.test_who_goes_on_guessing_waits_longer_and_longer,
    ),
    TakenOut(
        throttling._count,
        "row.failures >= limit.failures",
        "False",
        test_signing_in.test_after_eight_failures_even_the_right_password_waits_a_quarter_of_an_hour,
    ),
    TakenOut(
        throttling._take_back,
        "right and limit.wiped",
        "False",
        test_signing_in.test_a_success_wipes_the_failures_before_it,
    ),
]
TAKEN_BACK = [
    TakenOut(
        sessions._verify, "person.disabled", "False", test_signing_in.test_somebody_disabled_cannot_come_back
    ),
    TakenOut(
        accounts.change_password,
        "revoke_tokens_of(session, staff=staff)",
        "None",
        test_tokens_and_setup.test_a_password_reset_ends_tokens_and_one_s_own_change_does_not,
        {"by": "operator", "left": False},
    ),
    TakenOut(
        accounts.change_password,
        'end_factor(session, staff=staff, by=by, at=at, why="密码被重设")',
        "False",
        test_handing_back.test_a_reset_takes_off_telephone_and_codes_and_says_so,
    ),
    TakenOut(
        accounts.change_password,
        "end_what_others_made(session, staff=staff, at=at)",
        "PasswordChanged()",
        test_handing_back.test_a_telephone_and_codes_of_that_time_go_and_the_owner_s_own_stay,
    ),
    TakenOut(
        handing_back._lies_in,
        "(end is None or made < end)",
        "True",
        test_handing_back.test_a_telephone_and_codes_of_that_time_go_and_the_owner_s_own_stay,
    ),
    TakenOut(
        handing_back._made_in,
        "and_(made >= start, made < end)",
        "made < end",
        test_handing_back.test_a_token_made_in_another_s_hands_ends_with_the_owner_s_change,
        {"made": -1, "again": 2, "ended": 0},
    ),
    TakenOut(
        accounts.set_roles,
        "revoke_tokens_of(session, staff=staff)",
        "None",
        test_tokens_and_setup.test_a_token_acts_with_the_roles_that_are_left_and_ends_when_one_is_given,
        {"role": "admin", "goes_on": False},
    ),
    TakenOut(
        disabling.disable,
        "accounts.revoke_tokens_of(session, staff=row.id)",
        "None",
        test_tokens_and_setup.test_who_is_enabled_again_signs_in_and_finds_no_old_token,
    ),
    TakenOut(
        accounts.change_password,
        "sign_out_everywhere(session, staff=staff)",
        "None",
        test_signing_in.test_a_session_ends_when_the_account_changes,
        {"change": "password"},
    ),
    TakenOut(
        accounts._replace_roles,
        "sign_out_everywhere(session, staff=staff)",
        "None",
        test_signing_in.test_a_session_ends_when_the_account_changes,
        {"change": "roles"},
    ),
    TakenOut(
        accounts._refuse_conflict,
        "any(village is None or village in supervised for village in others)",
        "False",
        test_accounts.test_a_supervisor_never_sits_in_the_committee_of_the_same_village,
    ),
    TakenOut(
        accounts._checked,
        "known is not Role.ADMIN and (village is None) != (known is Role.COUNTY)",
        "False",
        test_accounts.test_a_role_belongs_in_its_place,
        {"village": None, "role": "clerk"},
    ),
]


@pytest.mark.parametrize("rule", [*HOLDING, *TWO_PEOPLE, *GUESSES, *TAKEN_BACK], ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)


def test_a_rule_that_stays_is_not_missed_and_one_that_is_not_there_is_named(
    request: pytest.FixtureRequest,
) -> None:
    one = TWO_PEOPLE[1]

    with pytest.raises(AssertionError, match="without its rule it passes"):
        check(replace(one, instead=one.rule), request)
    with pytest.raises(AssertionError, match="name the rule anew"):
        check(replace(one, rule="first == third"), request)
