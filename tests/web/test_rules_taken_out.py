"""Without one of these rules of the web its own test fails."""

import pytest

from pointsbank.lists import files
from pointsbank.staff import accounts, disabling, signing_out
from pointsbank.web import access, addresses
from pointsbank.web.pages import card, jobs, public_address, setting_up
from tests.missed_rules import TakenOut, check
from tests.web import (
    test_account,
    test_first_password,
    test_jobs_page,
    test_list_pages,
    test_one_person_page,
    test_public_address,
    test_setup,
    test_throttles,
)

fresh, chen = test_setup.fresh, test_first_password.chen
he, wu, li = test_public_address.he, test_jobs_page.wu, test_list_pages.li
"""Whom these tests begin with."""

_PROXIES = test_throttles.test_only_our_own_proxies_say_where_somebody_comes_from
RULES = [
    TakenOut(
        setting_up._set_up,
        "staff.count_tries(access.database(), guess, at=access.now())",
        "None",
        test_setup.test_a_wrong_code_may_be_guessed_ten_times,
    ),
    TakenOut(
        card._no_card,
        (
            'staff.count_tries(access.database(), staff.Try("card_address", addresses.of(request)),'
            " at=access.now())"
        ),
        "None",
        test_throttles.test_without_the_setting_no_header_changes_who_guesses,
    ),
    TakenOut(
        addresses.of,
        "hops and is_trusted(nearest, trusted)",
        "hops",
        _PROXIES,
        {"nearest": "192.0.2.7", "forwarded": "198.51.100.1", "found": "192.0.2.7"},
    ),
    TakenOut(
        addresses.of,
        "hops.pop()",
        "hops.pop(0)",
        _PROXIES,
        {
            "nearest": "127.0.0.1",
            "forwarded": "6.6.6.6, 198.51.100.1, 10.0.0.3",
            "found": "198.51.100.1",
        },
    ),
    TakenOut(
        accounts.remove_roles,
        "village not in (village_of(place) for place, _ in here.roles)",
        "False",
        test_account.test_a_village_does_not_touch_who_serves_the_whole_county,
        {"role": "county"},
    ),
    TakenOut(
        accounts.remove_roles,
        "(col(StaffRoleRow.staff_id) == here.staff.id, col(StaffRoleRow.village_id) == village)",
        "(col(StaffRoleRow.staff_id) == here.staff.id,)",
        test_account.test_a_village_takes_only_the_role_it_gave,
    ),
    TakenOut(
        disabling.check_may_disable,
        "_is_beyond(here, village, by)",
        "False",
        test_account.test_a_village_disables_nobody_who_serves_elsewhere,
        {"act": "disable"},
    ),
    TakenOut(
        accounts.change_password,
        "session.add(PasswordDueRow(staff_id=staff, set_by=by, set_at=at))",
        "None",
        test_one_person_page.test_a_forgotten_password_becomes_a_one_time_one,
    ),
    *(
        TakenOut(
            signing_out.end_all_sessions,
            rule,
            "None",
            test_one_person_page.test_somebody_is_signed_out_everywhere_and_it_is_written_down,
        )
        for rule in (
            "accounts.sign_out_everywhere(session, staff=person.id)",
            'events.note(session, "signed_out", staff=person.id, by=by, at=at)',
        )
    ),
    TakenOut(
        files.record,
        "staff.record_export(session, village=asked.village, list_name=wanted.name, form=form, rows=rows,"
        " by=by, at=asked.at)",
        "None",
        test_list_pages.test_a_file_is_sent_and_the_supervisor_reads_who_took_it,
        {"form": "csv", "begins": b"\xef\xbb\xbf"},
    ),
    TakenOut(
        public_address._keep,
        "staff.note_changes(session, values={staff.ADDRESS_SET: value}, **access.by_and_at(),"
        " address=network.of(request))",
        "None",
        test_public_address.test_who_chose_which_address_is_read_by_every_supervisor_and_the_network_stays_open,
    ),
    TakenOut(
        jobs.take_backup,
        "staff.note_backup_taken(session, **access.by_and_at(), address=addresses.of(request), file=name,"
        " size=made.stat().st_size)",
        "None",
        test_jobs_page.test_a_backup_taken_along_is_whole_and_every_supervisor_reads_who_took_it,
    ),
    TakenOut(
        access.guard,
        "staff.check_owes_nothing(signed_in)",
        "None",
        test_first_password.test_every_page_leads_to_the_change_and_then_back,
    ),
    TakenOut(
        access.guard,
        "staff.may(signed_in, village, Permission(needed))",
        "True",
        test_account.test_only_admins_see_the_staff,
        {"login": "chen"},
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
