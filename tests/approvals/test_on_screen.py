"""The second person confirms on the first one's screen, with login and code."""

from datetime import timedelta
from typing import Any

from pointsbank import approvals
from pointsbank.errors import Problem
from tests.approvals.office import Office
from tests.builders import NOW, VILLAGE
from tests.staff.test_second_factor import enrol, wrong

LATER = NOW + timedelta(minutes=2)


def confirm(office: Office, one: approvals.Approval, login: str, code: str, *, by: str = "chen") -> str:
    """What is said to a login and a code typed on the requester's screen; the sentence if it is done."""
    typed: dict[str, Any] = {"village": VILLAGE, "approval": one.id, "login": login, "code": code}
    try:
        done = approvals.confirm_on_screen(office.database, **typed, by=office.id(by), at=LATER)
    except Problem as problem:
        return problem.code
    assert done.approval.on_screen and done.approval.ended_by == office.id(login.lower())
    return done.sentence


def test_the_other_s_code_confirms_on_the_first_one_s_screen(office: Office) -> None:
    telephone = enrol(office.database, office.people["li"])
    one = office.request()

    assert confirm(office, one, "li", wrong(telephone)) == "code_wrong"
    assert office.status(one) == "waiting"
    assert confirm(office, one, " Li ".strip(), telephone.at(LATER)) == "王建国（0101）的兑换密码已设好。"
    assert office.has_pin()


def test_whose_code_does_not_count_and_on_whose_screen(sqlite_office: Office) -> None:
    office = sqlite_office
    wu, li = (enrol(office.database, office.people[login]) for login in ("wu", "li"))
    one = office.request()

    assert confirm(office, one, "wu", wu.at(LATER)) == "second_not_allowed"
    assert confirm(office, one, "nobody", "123456") == "second_not_allowed"
    assert confirm(office, one, "zhao", "123456") == "second_factor_missing"
    assert confirm(office, one, "li", li.at(LATER), by="wu") == "not_the_requester"
    assert office.status(one) == "waiting"


def test_guesses_are_counted_whatever_becomes_of_the_request(sqlite_office: Office) -> None:
    office = sqlite_office
    telephone = enrol(office.database, office.people["li"])
    one = office.request()

    told = [confirm(office, one, "li", wrong(telephone)) for _ in range(60)]
    assert set(told) == {"code_wrong", "too_many_attempts"}
    assert confirm(office, one, "li", telephone.at(LATER)) == "too_many_attempts"
    # The owner's own sign-in is held up by nobody's guesses.
    assert office.confirm(one, by="li").approval.status == "confirmed"
