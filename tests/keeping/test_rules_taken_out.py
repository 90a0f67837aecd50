"""Without one of these rules a check says that a database is whole."""

import pytest

from pointsbank import backups, drift
from pointsbank.ledger.row_counts import _add_words, _Tally, shortfalls
from tests.keeping import test_drift, test_dumps
from tests.missed_rules import TakenOut, check

_NAMED = test_dumps.test_what_a_restore_left_out_is_named_by_the_check
_TRIGGER = test_drift.test_a_dropped_trigger_is_found
RULES = [
    TakenOut(backups.problems, "shortfalls(database)", "[]", _NAMED),
    TakenOut(shortfalls, "rows < minimum[name]", "False", _NAMED),
    TakenOut(_Tally.minimum, '{"log_head": 1, **rows}', "dict(rows)", _NAMED),
    TakenOut(_Tally.minimum, "self.in_all.get(table, 0)", "0", _NAMED),
    TakenOut(_add_words, "rule.by_kind.get(kind)", "None", _NAMED),
    TakenOut(drift._differences, "mine != theirs", "mine is not None and theirs is not None", _TRIGGER),
    TakenOut(drift.rule_differences, "[*checks, *triggers]", "[*checks]", _TRIGGER),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
