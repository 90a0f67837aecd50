"""Two hands at once at one meeting: it begins once, and somebody is left to judge; and without the locks."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import IntegrityError

from pointsbank import scoring
from pointsbank.database import Database
from pointsbank.scoring import attending
from pointsbank.scoring.attendance import attendance
from tests.publicity.test_correcting_race import together
from tests.publicity.test_settling_race import without_locks
from tests.scoring.calling import HAO, LONG, TODAY, Kept, keep

Work = Callable[[], Any]


def begin_twice(kept: Kept) -> list[Any]:
    """Two begin a meeting that was called for today."""
    called = kept.call(day=TODAY).id
    work: Work = lambda: kept.write(scoring.begin_called, call_id=called)  # noqa: E731
    return together(kept.stage.village.database, "FROM meeting_call", work, work)


def leave_together(kept: Kept) -> tuple[list[Any], list[str]]:
    """Each of the last two judges is marked absent, by two people; the answers, and who is left."""
    meeting = kept.convene().meeting
    given = {"meeting": meeting, "present": False}
    works: list[Work] = [
        lambda place=place: kept.write(scoring.set_presence, position=place, **given) for place in (LONG, HAO)
    ]
    answers = together(kept.stage.village.database, "FROM participant", *works)
    people = kept.read(attendance, meeting=meeting)
    return answers, [one.name for one in people if one.role == "judge"]


def test_of_two_who_begin_a_meeting_one_does(database: Database) -> None:
    kept = keep(database)
    answers = begin_twice(kept)

    [begun] = [one for one in answers if isinstance(one, scoring.Meeting)]
    [other] = [one for one in answers if one is not begun]
    assert isinstance(other, scoring.problems.MeetingBegun)
    assert begun.judges == ("龙凤泉", "郝田发")


def test_without_the_locks_the_second_is_stopped_by_a_key_alone(database: Database, monkeypatch) -> None:
    kept = keep(database)
    with without_locks(database, monkeypatch):
        answers = begin_twice(kept)

    causes = [one if isinstance(one, IntegrityError) else getattr(one, "__cause__", None) for one in answers]
    assert any(cause is not None for cause in causes)


def test_when_the_last_two_are_marked_absent_at_once_one_stays(database: Database) -> None:
    answers, left = leave_together(keep(database))

    assert [type(one) for one in answers if isinstance(one, Exception)] == [scoring.problems.JudgesInvalid]
    assert len(left) == 1


def test_without_the_lock_nobody_is_left(postgresql_database: Database, monkeypatch) -> None:
    kept = keep(postgresql_database)
    monkeypatch.setattr(attending, "lock_open", lambda *_, **__: 0)

    assert leave_together(kept)[1] == []
