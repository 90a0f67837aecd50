"""A program is a second person nowhere: both questions that every second person goes through say so."""

import pytest

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff import independence, programs
from pointsbank.staff.programs import ForProgram, OwnSignInNeeded
from tests.builders import NOW
from tests.missed_rules import TakenOut, check
from tests.staff.people import hire


@pytest.mark.parametrize(
    ("who", "is_program"),
    [("k2", False), (ForProgram("k2"), True), (str(ForProgram("k2")), False), (ForProgram(""), True)],
)
def test_the_id_of_a_person_says_whether_a_program_acts(who: str, is_program: bool) -> None:
    if is_program:
        with pytest.raises(OwnSignInNeeded, match="网页"):
            programs.check_in_person(who)
    else:
        programs.check_in_person(who)


def test_a_program_acts_first_and_never_second(database: Database) -> None:
    chen, li = (hire(database, login, role).id for login, role in (("chen", "clerk"), ("li", "committee")))
    with database.writing() as session:
        token = staff.make_token(session, login="li", by=li, at=NOW)
    with database.reading() as session:
        found = staff.by_token(session, token=token, at=NOW)
        assert found is not None and found.staff.id == li
        program = found.staff.id

        independence.check(session, first=program, second=chen, at=NOW)
        independence.check(session, first=chen, second=li, at=NOW)
        independence.check_own(session, who=li, at=NOW)
        with pytest.raises(OwnSignInNeeded):
            independence.check(session, first=chen, second=program, at=NOW)
        with pytest.raises(OwnSignInNeeded):
            independence.check_own(session, who=program, at=NOW)


_NEVER_SECOND = test_a_program_acts_first_and_never_second
RULES = [
    TakenOut(independence.check, "check_in_person(second)", "None", _NEVER_SECOND),
    TakenOut(independence.check_own, "check_in_person(who)", "None", _NEVER_SECOND),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
