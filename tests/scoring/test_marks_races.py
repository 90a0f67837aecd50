"""Judges and recorders at one moment: no mark behind a result, one score of a case, one telephone a code."""

from collections.abc import Callable
from typing import Any

import pytest

from pointsbank import scoring
from pointsbank.database import Database
from pointsbank.scoring import Case, marking
from tests.builders import NOW
from tests.publicity.test_correcting_race import together
from tests.publicity.test_settling_race import without_locks
from tests.scoring.judging import HAO, LONG, SHI, TIAN, WU, Judging, judge

Work = Callable[[], Any]


def all_but_one(judging: Judging) -> Case:
    """A case that 吴秀英 alone has not marked."""
    [case] = judging.put("0202")
    for position in (LONG, HAO, TIAN, SHI):
        judging.mark(case, position, "6")
    return case


def mark_while_another_goes(judging: Judging) -> tuple[list[Any], Case]:
    """吴秀英 marks while she is marked as absent, and the result is drawn then."""
    case = all_but_one(judging)
    works: list[Work] = [
        lambda: judging.mark(case, WU, "10"),
        lambda: judging.write(scoring.set_presence, position=WU, present=False),
    ]
    return together(judging.stage.village.database, "FROM meeting_attendance", *works), case


def draw_while_a_mark_arrives(judging: Judging) -> tuple[list[Any], Case]:
    """郝田发 changes the mark while what it comes to is drawn."""
    case = all_but_one(judging)
    judging.write(scoring.set_presence, position=WU, present=False)
    judging.write(scoring.set_presence, position=WU, present=True)
    works: list[Work] = [
        lambda: judging.mark(case, HAO, "10"),
        lambda: (judging.mark(case, WU, "6"), judging.draw(case))[1],
    ]
    return together(judging.stage.village.database, "FROM meeting_case", *works), case


def test_two_judges_mark_at_once_and_both_count(database: Database) -> None:
    judging = judge(database)
    [case] = judging.put("0202")
    works: list[Work] = [
        lambda position=position: judging.mark(case, position, "6") for position in (LONG, HAO)
    ]
    answers = together(database, "FROM meeting_case", *works)

    assert answers == [1, 1]
    assert judging.now(case).given == {LONG, HAO}


def test_a_mark_counts_or_is_refused_but_never_lands_behind_the_result(database: Database) -> None:
    judging = judge(database)
    answers, case = draw_while_a_mark_arrives(judging)
    problems = [one for one in answers if isinstance(one, Exception)]

    assert all(
        isinstance(one, scoring.problems.CaseEnded | scoring.problems.CaseComplete) for one in problems
    )
    [score] = [one for one in answers if isinstance(one, scoring.Score)]
    found = judging.now(case)
    assert found.result is not None
    assert score.counted_points == found.result.mark, "what is kept is what was counted"


def test_of_two_recorders_who_draw_at_once_one_does(database: Database) -> None:
    judging = judge(database)
    case = all_but_one(judging)
    judging.mark(case, WU, "7")
    answers = together(database, "FROM meeting_case", *[lambda: judging.draw(case)] * 2)

    assert sorted(type(one).__name__ for one in answers) == ["CaseEnded", "Score"]
    assert len(judging.stage.read(scoring.scores, meeting=judging.meeting)) == 1


def test_without_the_locks_both_read_the_case_as_open(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging = judge(database)
    case = all_but_one(judging)
    judging.mark(case, WU, "7")
    with without_locks(database, monkeypatch):
        answers = together(database, "FROM meeting_case", *[lambda: judging.draw(case)] * 2)

    assert not any(isinstance(one, scoring.problems.CaseEnded) for one in answers)


def test_who_is_marked_absent_meanwhile_has_marked_before_or_is_refused(database: Database) -> None:
    judging = judge(database)
    answers, case = mark_while_another_goes(judging)

    marked = WU in judging.now(case).given
    assert marked != any(isinstance(one, scoring.problems.JudgeAway) for one in answers)


def test_without_the_meetings_lock_a_mark_comes_from_who_is_absent(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging = judge(postgresql_database)
    monkeypatch.setattr(marking, "lock_open", lambda *_, **__: 0)
    answers, case = mark_while_another_goes(judging)

    assert not any(isinstance(one, Exception) for one in answers)
    assert WU in judging.now(case).given


def test_a_code_is_taken_by_one_of_two_telephones(database: Database) -> None:
    judging = judge(database)
    code = judging.write(scoring.show_code, position=HAO)

    def take() -> str:
        with database.writing() as session:
            return scoring.take_code(session, village="chayuan", code=code, at=NOW)

    answers = together(database, "meeting_mark_code", take, take)

    assert sorted(type(one).__name__ for one in answers) == ["MarkCodeWrong", "str"]
