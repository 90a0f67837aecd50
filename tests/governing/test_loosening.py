"""Who is held back by a setting does not loosen it alone; anybody who may change it tightens it at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pointsbank import governing, villages
from pointsbank.database import Database
from pointsbank.villages.loosening import LOOSER, loosens
from tests.builders import NOW, VILLAGE
from tests.staff.people import hire

PROTECT_NOBODY = {
    *("red_places", "settling", "question_role", "question_shown_days"),
    *("card_heading", "poster_heading", "period_measure"),
}
EXAMPLES = [
    ("notice_days", 3, 2, True),
    ("notice_days", 3, 4, False),
    ("objection_working_days", 7, 8, True),
    ("question_working_days", 7, 8, True),
    ("second_check_single", 5000, 5001, True),
    ("second_check_single", 5000, 0, False),
    ("second_check_day", 10000, 10**9, True),
    ("daily_limit", None, 3000, False),
    ("daily_limit", 3000, 3001, True),
    ("daily_limit", 3000, None, True),
    ("daily_limit", None, None, False),
    ("names_on_cards", "masked", "named", True),
    ("names_on_cards", "named", "masked", False),
    ("deduction_floor", "stop_at_zero", "below_zero", True),
    ("deduction_floor", "below_zero", "stop_at_zero", False),
    ("ticket_seconds", 120, 900, True),
    ("hotline", "", "12345", True),
    ("hotline", "12345", "139", True),
    ("hotline", "12345", "12345", False),
    ("contact_phone", "12345", "", True),
    ("red_places", 10, 20, False),
]


@pytest.mark.parametrize(("name", "old", "new", "looser"), EXAMPLES)
def test_what_loosens_and_what_does_not(name: str, old: Any, new: Any, looser: bool) -> None:
    assert loosens(name, old, new) is looser


def test_every_setting_is_known_to_protect_or_not_to() -> None:
    assert {one.name for one in villages.SETTINGS} == LOOSER.keys() | PROTECT_NOBODY


def test_one_person_tightens_and_does_not_loosen(database: Database) -> None:
    place: dict[str, Any] = {"village": VILLAGE, "by": hire(database, "sun", "admin").id, "at": NOW}
    with database.writing() as session:
        assert governing.change_alone(session, **place, second_check_single=2000)

    with pytest.raises(governing.problems.LooseningNeedsTwo), database.writing() as session:
        governing.change_alone(session, **place, notice_days=60, second_check_single=2001)

    with database.reading() as session:
        now = villages.settings(session, village=VILLAGE)
    assert (now.second_check_single, now.notice_days) == (2000, 3)


def test_tightening_that_comes_late_does_not_loosen(database: Database) -> None:
    place: dict[str, Any] = {"village": VILLAGE, "by": hire(database, "sun", "admin").id, "at": NOW}

    def four_days() -> str:
        try:
            with database.writing() as session:
                governing.change_alone(session, **place, notice_days=4)
        except governing.problems.LooseningNeedsTwo:
            return "refused"
        return "done"

    with ThreadPoolExecutor(1) as other:
        with database.writing() as session:
            governing.change_alone(session, **place, notice_days=6)
            late = other.submit(four_days)
            # Long enough to have read what was there before; whoever waits for the lock still waits.
            time.sleep(0.2)
        assert late.result() == "refused"
