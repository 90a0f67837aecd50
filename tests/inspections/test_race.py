"""Two inspectors hand over the same household at once: it is written down once, thanks to the lock."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import Session

from pointsbank import inspections
from pointsbank.database import Database
from pointsbank.inspections import Inspection
from tests.builders import COMMITTEE, VILLAGE
from tests.inspections.scene import HEAPS, HERE, QIAN, WEEK, begun, founded
from tests.publicity.test_settling_race import together, without_locks

READ = re.compile(r"FROM inspection_round\s+WHERE")


def handing_over(round_id: str, by: str) -> Callable[[Session], Inspection]:
    """An inspector at the door."""
    seen = {"participant": "0101", "verdict": "dirty", "faults": [HEAPS], "due_on": WEEK}
    return lambda session: inspections.hand_over(session, round_id=round_id, **seen, by=by, **HERE)


def written(database: Database) -> int:
    """How many inspections there are."""
    with database.reading() as session:
        return len(inspections.due_again(session, village=VILLAGE))


def test_two_inspectors_hand_a_household_over_once(database: Database) -> None:
    founded(database)
    round_id = begun(database)

    answers = together(database, handing_over(round_id, QIAN), handing_over(round_id, COMMITTEE), read=READ)

    assert sorted(type(one).__name__ for one in answers) == ["HouseholdInspected", "Inspection"]
    assert written(database) == 1


def test_the_lock_is_what_keeps_them_apart(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    founded(database)
    round_id = begun(database)

    with without_locks(database, monkeypatch):
        answers = together(
            database, handing_over(round_id, QIAN), handing_over(round_id, COMMITTEE), read=READ
        )

    assert not any(isinstance(one, inspections.problems.HouseholdInspected) for one in answers), (
        "both saw that nobody had been there, and the second was only stopped by a constraint"
    )
    assert written(database) == 1
