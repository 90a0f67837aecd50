"""Without one of these rules a check says that a database is whole."""

import pytest

from pointsbank import backups, drift
from pointsbank.ledger.row_counts import _add_words, _Tally, shortfalls
from pointsbank.ledger.told_rows import short_of_witnesses
from tests.keeping import test_drift, test_dumps
from tests.missed_rules import TakenOut, check

_NAMED = test_dumps.test_what_a_restore_left_out_is_named_by_the_check
_TRIGGER = test_drift.test_a_dropped_trigger_is_found
_ROLES = test_dumps.test_a_person_without_a_role_is_not_missed_where_only_the_roles_are_gone
_UNTOLD, _TOLD = {"tellings": False}, {"tellings": True}
RULES = [
    TakenOut(backups.problems, "shortfalls(database)", "[]", _NAMED),
    TakenOut(shortfalls, "rows < minimum[name]", "False", _NAMED, _UNTOLD),
    TakenOut(_Tally.minimum, '{"log_head": 1, **rows}', "dict(rows)", _NAMED, _UNTOLD),
    TakenOut(_Tally.minimum, "self.in_all.get(table, 0)", "0", _NAMED, _UNTOLD),
    TakenOut(_add_words, "rule.by_kind.get(kind)", "None", _NAMED, _UNTOLD),
    TakenOut(shortfalls, "short_of_witnesses(session, village=village)", "()", _NAMED, _TOLD),
    TakenOut(short_of_witnesses, "rule.of_village is not None", "False", _ROLES),
    TakenOut(drift._differences, "mine != theirs", "mine is not None and theirs is not None", _TRIGGER),
    TakenOut(drift.rule_differences, "[*checks, *triggers]", "[*checks]", _TRIGGER),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
