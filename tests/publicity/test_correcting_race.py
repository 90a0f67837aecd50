"""Two hands at once at one correction, at one cap, and while the month is closed; and without the locks."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from threading import Barrier, Event, Thread, current_thread
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError

from pointsbank import boards, ledger, proof, publicity, scoring, villages
from pointsbank.database import Database
from pointsbank.points import whole
from tests.publicity.desk import LATER, Desk, august, desk
from tests.publicity.test_settling_race import with_the_other, without_locks

HOUR = august("0101", "志愿", quantity=Decimal(1))


def together(database: Database, meeting_at: str, *works: Callable[[], Any]) -> list[Any]:
    """Threads that write; they wait for each other after a statement, if the locks let them."""
    barrier, answers = Barrier(len(works)), list[Any]()

    def met(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if meeting_at in statement and current_thread().name.startswith("writer"):
            with_the_other(barrier)

    def run(work: Callable[[], Any]) -> None:
        try:
            answers.append(work())
        except Exception as problem:
            answers.append(problem)

    event.listen(database.engine, "after_cursor_execute", met)
    event.listen(database.engine, "begin", wait_however_long)
    threads = [Thread(target=run, args=[work], name=f"writer-{n}") for n, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    event.remove(database.engine, "after_cursor_execute", met)
    event.remove(database.engine, "begin", wait_however_long)
    return answers


def wait_however_long(connection: Connection) -> None:
    """Give up no lock because the machine is busy: after 8 seconds a writer is told so, and it was once."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")


def twice(at: Desk) -> list[Any]:
    """Two corrections of one score at the same moment."""
    works = [lambda hours=hours: at.correct(at.scores[0], quantity=hours) for hours in (200, 300)]
    return together(at.panel.village.database, "FROM score_correction", *works)


def test_of_two_corrections_of_one_score_one_is_made(database):
    at = desk(database, HOUR)

    answers = twice(at)

    [done] = [one for one in answers if isinstance(one, scoring.Correction)]
    [other] = [one for one in answers if one is not done]
    assert isinstance(other, scoring.problems.AlreadyCorrected) and other.__cause__ is None
    assert at.honour("wang") == at.version(done).counted_points
    assert at.findings() == []


def test_without_the_locks_the_second_is_stopped_by_a_constraint_alone(database, monkeypatch):
    at = desk(database, HOUR)

    with without_locks(at.panel.village.database, monkeypatch):
        answers = twice(at)

    causes = [one if isinstance(one, IntegrityError) else getattr(one, "__cause__", None) for one in answers]
    assert any(cause is not None for cause in causes)
    assert len(at.panel.read(scoring.corrections)) <= 1


def into_one_cap(database: Database) -> int:
    """Two deeds of two meetings become sweeping of one household in one month: 5 is there, 12 is the cap."""
    at = desk(database, august("0101", "清扫", 1), august("0101", "助邻", 2))
    other = at.panel.next_meeting()
    [second] = other.enter(august("0101", "助邻", 3))
    notice = other.hang_out()
    other.write(publicity.settle, notice=notice.id, at=LATER)
    scores = [at.scores[1], at.panel.now(second)]
    asked = [at.asked(one, item="清扫", occurred_on=date(2026, 8, 10)) for one in scores]

    def correct(score: scoring.Score, should_be: scoring.ShouldBe) -> Any:
        given = {"reason": "记错了", "second": "zhao", "at": LATER}
        return at.panel.write(publicity.correct_score, score=score.id, should_be=should_be, **given)

    works = [
        lambda one=one, should_be=should_be: correct(one, should_be)
        for one, should_be in zip(scores, asked, strict=True)
    ]
    answers = together(at.panel.village.database, "FROM closed_month", *works)
    made = [at.version(one).counted_points for one in answers]
    return whole(5) + sum(made)


def test_a_cap_holds_for_two_corrections_at_once(database):
    assert into_one_cap(database) == whole(12)


def test_without_the_lock_of_the_accounts_it_would_not(postgresql_database, monkeypatch):
    monkeypatch.setattr(
        scoring.correcting,
        "lock_for_correcting",
        lambda session, old, codes, *, village: villages.hold_months(session, village=village),
    )
    monkeypatch.setattr(scoring, "lock_for_correcting", scoring.correcting.lock_for_correcting)

    assert into_one_cap(postgresql_database) == whole(15)


def while_closing(at: Desk) -> tuple[list[Any], int, int]:
    """A correction while August is closed; what the frozen board says, and what August's scores come to."""
    works = [lambda: at.correct(at.scores[0], quantity=300), lambda: at.close()]
    answers = together(at.panel.village.database, "FROM closed_month", *works)
    lines = at.panel.read(boards.standing, month="2026-08")
    wang = at.panel.village.wang.id
    return answers, next(int(one.honour) for one in lines if one.participant == wang), at.honour("wang")


def test_a_month_closed_while_something_is_corrected_agrees_with_its_board(database):
    at = desk(database, HOUR)

    answers, frozen, counted = while_closing(at)

    assert not [one for one in answers if isinstance(one, Exception)]
    assert frozen == counted
    assert counted + at.honour("wang", "2026-09") == whole(6)
    assert proof.verify(at.panel.village.database, village="chayuan").findings == ()


def until_waiting(database: Database, writer: Thread) -> None:
    """Come back once a writer waits for a lock that another one has, or is through without any."""
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while writer.is_alive():
        with database.engine.connect() as connection:
            if connection.execute(query).scalar_one():
                return
        Event().wait(0.01)


def one_behind_the_other(database: Database, first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Hold the first one where it has read which months are closed, until the second one waits for it."""
    has_read, goes_on = Event(), Event()
    failed = list[Exception]()

    def met(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM closed_month" in statement and current_thread().name == "first":
            has_read.set()
            goes_on.wait()

    def run(work: Callable[[], Any]) -> None:
        try:
            work()
        except Exception as problem:
            failed.append(problem)
            has_read.set()

    event.listen(database.engine, "after_cursor_execute", met)
    threads = [
        Thread(target=run, args=[work], name=name) for work, name in ((first, "first"), (second, "second"))
    ]
    threads[0].start()
    has_read.wait()
    threads[1].start()
    until_waiting(database, threads[1])
    goes_on.set()
    for thread in threads:
        thread.join()
    event.remove(database.engine, "after_cursor_execute", met)
    assert failed == []


@pytest.mark.parametrize(("closes_first", "august", "september"), [(False, 6, 0), (True, 2, 4)])
def test_whichever_comes_first_the_board_has_what_counts(
    postgresql_database: Database, closes_first: bool, august: int, september: int
) -> None:
    """Nothing comes between a board that is drawn and its close: the later one waits, and sees the other."""
    at = desk(postgresql_database, HOUR)
    works: list[Callable[[], Any]] = [lambda: at.correct(at.scores[0], quantity=300), lambda: at.close()]
    one_behind_the_other(postgresql_database, *(reversed(works) if closes_first else works))

    lines = at.panel.read(boards.standing, month="2026-08")
    frozen = next(int(one.honour) for one in lines if one.participant == at.panel.village.wang.id)
    assert (frozen, at.honour("wang")) == (whole(august), whole(august))
    assert at.honour("wang", "2026-09") == whole(september)
    assert at.findings() == []


def test_without_holding_the_months_the_board_would_not_agree(postgresql_database, monkeypatch):
    at = desk(postgresql_database, HOUR)
    monkeypatch.setattr(scoring.correcting.villages, "hold_months", lambda *_, **__: None)

    _, frozen, counted = while_closing(at)

    assert (frozen, counted) == (whole(2), whole(6))


def hung_twice(at: Desk, score: str) -> list[Any]:
    """Two people write down at once where the paper of a correction hangs."""

    def hang(place: str) -> Any:
        given = {"score": score, "place": place, "at": LATER}
        return at.panel.write(publicity.hang_correction, **given)

    works = [lambda place=place: hang(place) for place in ("村务公开栏", "一组路口")]
    return together(at.panel.village.database, "FROM score_correction", *works)


def test_of_two_who_hang_a_correction_at_once_one_begins_its_days(database):
    at = desk(database, HOUR)
    made = at.correct(at.scores[0], struck=True)

    answers = hung_twice(at, made.score_id)

    [done] = [one for one in answers if isinstance(one, scoring.Correction)]
    [other] = [one for one in answers if one is not done]
    assert isinstance(other, publicity.problems.CorrectionHung)
    assert at.panel.read(scoring.correction, score=made.score_id).place == done.place
    assert len(at.panel.read(ledger.log_entries, kinds=("correction_hung",))) == 1
    assert at.findings() == []


def test_without_the_locks_both_would_begin_them(database, monkeypatch):
    at = desk(database, HOUR)
    made = at.correct(at.scores[0], struck=True)

    with without_locks(at.panel.village.database, monkeypatch):
        answers = hung_twice(at, made.score_id)

    endings = (
        scoring.Correction,
        scoring.problems.CorrectionEnded,
        publicity.problems.CorrectionHung,
    )
    strays = [one for one in answers if not isinstance(one, endings)]
    assert strays or sum(isinstance(one, scoring.Correction) for one in answers) == 2
