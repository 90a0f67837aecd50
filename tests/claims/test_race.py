"""The same claim is taken over at two screens at once: it scores once, thanks to the lock."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import Session

from pointsbank import claims, scoring
from pointsbank.database import Database
from pointsbank.scoring import Score
from tests.builders import COMMITTEE, VILLAGE
from tests.claims.scene import HERE, filed, founded, sitting
from tests.publicity.test_settling_race import together, without_locks

READ = re.compile(r"FROM claim\s+WHERE")


def taking(claim: claims.Claim, meeting: str) -> Callable[[Session], Score]:
    """Somebody takes the claim over."""
    return lambda session: claims.take_over(session, claim=claim.id, meeting=meeting, by=COMMITTEE, **HERE)


def scored(database: Database, meeting: str) -> int:
    """How many scores the meeting has."""
    with database.reading() as session:
        return len(scoring.scores(session, village=VILLAGE, meeting=meeting))


def test_two_screens_score_a_claim_once(database: Database) -> None:
    founded(database)
    claim, meeting = filed(database), sitting(database)

    answers = together(database, taking(claim, meeting), taking(claim, meeting), read=READ)

    assert sorted(type(one).__name__ for one in answers) == ["ClaimDecided", "Score"]
    assert scored(database, meeting) == 1


def test_the_lock_is_what_keeps_them_apart(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    founded(database)
    claim, meeting = filed(database), sitting(database)

    with without_locks(database, monkeypatch):
        answers = together(database, taking(claim, meeting), taking(claim, meeting), read=READ)

    assert not any(isinstance(one, claims.problems.ClaimDecided) for one in answers), (
        "both read the claim as waiting, and the second was only stopped by a constraint"
    )
    assert scored(database, meeting) == 1
