"""Without one of these rules an older copy, a spoilt stub or one person alone is let through."""

import pytest

from pointsbank.database import Database
from pointsbank.staff import two_roles
from pointsbank.watermark import accepting, beginning, comparing, standing, stubs
from tests.builders import COMMITTEE
from tests.missed_rules import TakenOut, check
from tests.watermark import test_old_copies

_OLDER = test_old_copies.test_an_older_copy_is_refused_and_every_missing_entry_is_named
_SPOILT = test_old_copies.test_a_spoilt_stub_vouches_for_nothing_but_another_does
RULES = [
    TakenOut(standing.refusal_of, "one.standing is Standing.BEHIND", "False", _OLDER),
    TakenOut(
        comparing.missing_marks,
        "tree.root.hex() == last.root",
        "True",
        test_old_copies.test_another_history_of_the_same_length_is_refused,
    ),
    TakenOut(
        comparing.compare,
        "missing or stub.size > size",
        "missing",
        test_old_copies.test_a_cut_line_tells_of_one_entry_that_an_older_copy_lacks,
    ),
    TakenOut(comparing.compare, "stub.damaged", "False", _SPOILT, {"spoil": "flip"}),
    TakenOut(
        comparing.examine, "known | seen", "known", test_old_copies.test_a_village_that_is_gone_is_missed
    ),
    TakenOut(
        comparing._is_accepted,
        "_named(stub.marks[-1]) in [one for words in found for one in words.get('missing', [])]",
        "True",
        _OLDER,
    ),
    TakenOut(
        stubs.read_stub,
        "first == head_line(village) and bool(marks) and (None not in marks) and in_order",
        "first == head_line(village) and (None not in marks) and in_order",
        _SPOILT,
        {"spoil": "head"},
    ),
    TakenOut(stubs._mark, "checksum != _checksum(text) + b'\\n'", "False", _SPOILT, {"spoil": "flip"}),
    TakenOut(
        two_roles.have_two_roles,
        "len(roles[0] | roles[1]) > 1",
        "True",
        test_old_copies.test_one_person_or_one_role_cannot_say_so,
        {"second": "zhou"},
    ),
    TakenOut(
        accepting.accept,
        "staff.have_two_roles(people, village)",
        "True",
        test_old_copies.test_one_person_or_one_role_cannot_say_so,
        {"second": COMMITTEE},
    ),
    TakenOut(
        beginning.begin,
        "any(unvouched(stood)) and _has_entries(database) and (not just_made)",
        "False",
        test_old_copies.test_nobody_alone_begins_a_stub_over_a_log_with_entries,
    ),
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(
    rule: TakenOut, database: Database, request: pytest.FixtureRequest
) -> None:
    check(rule, request)
