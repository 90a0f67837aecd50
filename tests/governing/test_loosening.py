"""Who is held back by a setting does not loosen it alone; anybody who may change it tightens it at once."""

from typing import Any

import pytest

from pointsbank import governing, staff, villages
from pointsbank.database import Database
from pointsbank.villages.loosening import LOOSER, loosens
from tests.builders import NOW, VILLAGE
from tests.staff.people import HASHED, hire

PROTECT_NOBODY = {"deduction_floor", "contact_phone", "hotline", "red_places"}
EXAMPLES = [
    ("notice_days", 3, 2, True),
    ("notice_days", 3, 4, False),
    ("objection_working_days", 7, 8, True),
    ("second_check_single", 5000, 5001, True),
    ("second_check_single", 5000, 0, False),
    ("second_check_day", 10000, 10**9, True),
    ("daily_limit", None, 3000, False),
    ("daily_limit", 3000, 3001, True),
    ("daily_limit", 3000, None, True),
    ("daily_limit", None, None, False),
    ("names_on_cards", "masked", "named", True),
    ("names_on_cards", "named", "masked", False),
    ("ticket_seconds", 120, 900, True),
    ("hotline", "", "12345", False),
]


@pytest.mark.parametrize(("name", "old", "new", "looser"), EXAMPLES)
def test_what_loosens_and_what_does_not(name: str, old: Any, new: Any, looser: bool) -> None:
    assert loosens(name, old, new) is looser


def test_every_setting_is_known_to_protect_or_not_to() -> None:
    assert {one.name for one in villages.SETTINGS} == LOOSER.keys() | PROTECT_NOBODY


def test_only_two_people_loosen_a_limit(database: Database) -> None:
    ids = {login: hire(database, login, role).id for login, role in PEOPLE}
    hire(database, "county", "county", village=None)
    with database.writing() as session:
        known = {one.staff.login: one for one in staff.everyone(session)}
        place: dict[str, Any] = {"village": VILLAGE, "at": NOW, "second_check_single": 10**9}
        with pytest.raises(governing.problems.LooseningNeedsTwo):
            governing.change_alone(session, by=ids["sun"], **place)
        with pytest.raises(governing.problems.LoosenersNotAllowed):
            governing.change_together(session, people=(known["zhao"], known["sun"]), **place)
        with pytest.raises(governing.problems.LoosenersNotAllowed):
            governing.change_together(session, people=(known["sun"], known["county"]), **place)
        with pytest.raises(staff.problems.LoginNotIndependent):
            governing.change_together(session, people=(known["sun"], known["sun"]), **place)
        assert governing.change_together(session, people=(known["sun"], known["zhao"]), **place)
        staff.change_password(session, staff=ids["zhao"], password=HASHED, by=ids["sun"], at=NOW)
        with pytest.raises(staff.problems.LoginNotIndependent):
            governing.change_together(session, people=(known["sun"], known["zhao"]), **place)


PEOPLE = (("sun", "admin"), ("zhao", "supervisor"))
