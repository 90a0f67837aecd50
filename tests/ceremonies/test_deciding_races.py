"""Two people decide about one announcement at once: it is decided once, and scored once."""

import pytest

from pointsbank import ceremonies, proof, scoring
from pointsbank.ceremonies import deciding
from pointsbank.database import Database
from tests.builders import VILLAGE
from tests.ceremonies.scene import announced, decided, founded, reported, sitting
from tests.scoring.test_racing import at_once

HANDS = 4
problems = ceremonies.problems


def decide_at_once(database: Database) -> tuple[list[object], int]:
    """Let several decide at once; what each got, and how many scores the meeting has."""
    founded(database)
    one = announced(database)
    reported(database, one)
    meeting = sitting(database)
    answers = at_once(lambda _: decided(database, one, meeting, confirmed=True), list(range(HANDS)))
    with database.reading() as session:
        return answers, len(scoring.scores(session, village=VILLAGE, meeting=meeting))


def test_two_who_decide_at_once_decide_once(database: Database):
    answers, scores = decide_at_once(database)

    assert scores == 1
    assert [type(one) for one in answers].count(problems.CeremonyStands) == HANDS - 1
    assert proof.verify(database, village=VILLAGE).holds


def test_without_the_lock_of_the_announcement_they_would_not_be_told(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
):
    found = deciding.ceremony_row
    unlocked = {"lock": False}
    monkeypatch.setattr(deciding, "ceremony_row", lambda *given, **more: found(*given, **more | unlocked))

    answers, scores = decide_at_once(postgresql_database)

    # What the table refuses is a defect to whoever pressed the button, and no sentence.
    assert any(not isinstance(one, problems.CeremonyStands | scoring.Score) for one in answers)
    assert scores == 1
