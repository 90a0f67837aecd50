"""What no entry says is found by these rules: without one of them its own test misses it."""

import pytest

from pointsbank.ledger import audit_names
from pointsbank.staff.told_roles import stated_of_roles
from pointsbank.villages.told import stated_of_settings
from tests.ledger import test_named
from tests.missed_rules import TakenOut, check

_NAMED = test_named.test_what_no_entry_says_is_named
_OLDER = test_named.test_a_village_from_before_all_that_was_told_holds
RULES = [
    TakenOut(
        audit_names._faults,
        "_is_stated(rule, one, key, known)",
        "True",
        _NAMED,
        {"by_hand": test_named.add_supervisor},
    ),
    TakenOut(
        audit_names._faults, "gone or differing", "gone", _NAMED, {"by_hand": test_named.give_another_role}
    ),
    TakenOut(
        audit_names._is_stated,
        "one.stated.gone is telling.gone",
        "True",
        _NAMED,
        {"by_hand": test_named.take_role},
    ),
    TakenOut(
        audit_names._is_stated,
        "first.moment in known.erased",
        "False",
        test_named.test_what_was_erased_is_not_missed,
    ),
    TakenOut(audit_names._is_stated, "rule.of_village is not None", "False", _OLDER),
    TakenOut(audit_names._is_stated, "telling.moment in known.erasures", "False", _OLDER),
    TakenOut(audit_names.unnamed_faults, "_begins_with_founding(session, village=village)", "True", _OLDER),
    TakenOut(
        stated_of_settings,
        '{name: new for name, _, new in words["changes"] if name not in _ELSEWHERE}',
        'words["settings"]',
        _NAMED,
        {"by_hand": test_named.change_setting},
    ),
    TakenOut(
        stated_of_roles,
        "(key := (scope_of(place), seat_of(role))) not in now",
        "False",
        test_named.test_what_the_log_says_holds_also_where_rows_are_told_anew_unchanged,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
