"""A decision that the log is not told, or that one person takes alone, is missed by its own test."""

import pytest

from pointsbank.governing import founding, groups, loosening, openings, people, settings
from pointsbank.villages.groups import _open
from pointsbank.villages.loosening import _below_zero, _other, loosens
from pointsbank.villages.problems import VillageSettingInvalid
from pointsbank.villages.setting_kinds import Telephones
from tests.governing import test_loosening, test_openings, test_people, test_settings_and_groups
from tests.missed_rules import TakenOut, check

_GROUPS = test_settings_and_groups.test_a_group_closes_once_it_is_empty_and_opens_again_by_its_name
_RENAMED = test_settings_and_groups.test_a_group_is_renamed_and_its_people_stay
_MADE = test_settings_and_groups.test_groups_are_told_when_a_file_a_person_or_a_hand_makes_them

TOLD = [
    TakenOut(
        groups.make_group, "roster.record_groups(session, made, village=village, by=by, at=at)", "None", _MADE
    ),
    TakenOut(
        groups.rename_group,
        'ledger.record(session, village=village, kind="group_renamed", by=by, at=at, words=words)',
        "None",
        _RENAMED,
    ),
    TakenOut(
        groups.close_group,
        'ledger.record(session, village=village, kind="group_closed", by=by, at=at, words=words)',
        "None",
        _GROUPS,
    ),
    TakenOut(
        settings.change_settings,
        'ledger.record(session, village=village, kind="settings_changed", by=by, at=at, words=words)',
        "None",
        test_settings_and_groups.test_a_changed_setting_is_told_with_its_old_and_its_new_value,
    ),
    TakenOut(
        founding.found_village,
        "ledger.record_many(session, records, village=code, by=by, at=at)",
        "None",
        test_settings_and_groups.test_the_log_of_a_village_begins_with_its_name_and_settings,
    ),
    TakenOut(
        founding.found_village,
        '[LogRecord("village_founded", words), *everywhere]',
        '[LogRecord("village_founded", words)]',
        test_people.test_a_role_of_the_installation_is_told_in_every_village_also_in_later_ones,
    ),
    TakenOut(
        people._record_change,
        "ledger.record_in_villages(session, records, by=by, at=at)",
        "None",
        test_people.test_a_role_of_a_village_is_told_there_alone,
    ),
    TakenOut(
        people._record_state,
        "ledger.record_in_villages(session, records, by=by, at=at)",
        "None",
        test_people.test_disabling_and_enabling_are_told_where_the_role_counts,
        {"place": "chayuan"},
    ),
    TakenOut(
        people.use_setup_code,
        '_record_change(session, added.id, (), by="setup", at=at)',
        "None",
        test_people.test_the_first_administrator_is_told_in_the_villages_that_there_are,
    ),
    TakenOut(
        people.remove_roles,
        "_record_change(session, person, before, by=by, at=at)",
        "None",
        test_people.test_only_villages_where_the_roles_differ_hear_of_a_change,
    ),
]
REFUSED = [
    TakenOut(groups.close_group, "roster.group_sizes(session, village=village).get(group)", "None", _GROUPS),
    TakenOut(
        groups.rename_group,
        "tidy in (one.name for one in villages.groups(session, village=village, also_closed=True))",
        "False",
        _RENAMED,
    ),
    TakenOut(
        _open,
        "row is None or row.closed_at is not None",
        "row is None",
        _GROUPS,
    ),
    TakenOut(
        loosening.change_alone,
        "villages.loosens(one.name, one.old, one.new)",
        "False",
        test_loosening.test_one_person_tightens_and_does_not_loosen,
    ),
    TakenOut(
        loosens,
        "LOOSER[name](old, new)",
        "False",
        test_loosening.test_what_loosens_and_what_does_not,
    ),
    *(
        TakenOut(rule, as_written, "False", test_loosening.test_what_loosens_and_what_does_not)
        for rule, as_written in ((_below_zero, 'new == "below_zero" != old'), (_other, "old != new"))
    ),
    TakenOut(
        Telephones.allows,
        "bool(_NUMBERS.fullmatch(value))",
        "True",
        test_settings_and_groups.test_a_refused_value_changes_nothing_and_is_not_told,
        {"name": "hotline", "value": "举报0101户", "refusal": VillageSettingInvalid},
    ),
    TakenOut(
        openings.import_balances,
        "ledger.has_begun(session, village=village)",
        "False",
        test_openings.test_once_points_moved_nobody_posts_opening_balances_alone,
    ),
]
_REACHED = test_people.test_founding_and_a_role_everywhere_at_the_same_moment_miss_nothing
WAITING = [
    TakenOut(function, "hold_reach(session)", "None", _REACHED, {"first": first})
    for function, first in ((people.set_roles, "founding"), (founding.found_village, "role"))
]
"""On PostgreSQL: on SQLite there is one writer at a time."""


@pytest.mark.parametrize("rule", [*TOLD, *REFUSED, *WAITING], ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
