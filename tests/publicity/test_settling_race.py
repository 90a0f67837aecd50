"""Two settle one notice at the same moment, people or the program: it is posted once, thanks to the lock."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Thread, current_thread
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from pointsbank import duties, jobs, ledger, publicity, scoring
from pointsbank.database import BUSY_SECONDS, Database
from pointsbank.duties import Runner, Site
from pointsbank.jobs import Job
from pointsbank.prepared import compiling
from pointsbank.publicity import Hanging, Notice, Objection, Settled
from tests.duties.together import site
from tests.faults.unlocking import begin_like_readers, keep_compiled_apart, without_for_update
from tests.publicity.scene import CODE, LI, after, found_village, honour, hung, meeting_with, scores_of

MEETING_POINT_SECONDS = 1.5


ANY_READ = re.compile("FROM notice")
ONE_READ = re.compile(r"FROM notice\s+WHERE notice.village_id = \S+ AND notice.id = ")
"""Where two meet: whenever a notice is read, or only when one is read by its id, which is its lock."""


def together(
    database: Database,
    *works: Callable[[Session], Any],
    alone: Callable[[], Any] | None = None,
    last: int | None = None,
    read: re.Pattern[str] = ANY_READ,
) -> list[Any]:
    """Two threads write; both wait for each other after reading the notice, if the lock lets them.

    `alone` opens its own transactions; `read` is the question after which they wait. The one numbered `last`
    goes on once the other is through, or when it sees that the other waits for it.
    """
    barrier, answers = Barrier(2), list[Any]()
    other_is_through = Event()
    place = read if alone is None else ONE_READ

    def met(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if place.search(statement) and current_thread().name.startswith("writer"):
            with_the_other(barrier)
            if current_thread().name == f"writer-{last}":
                other_is_through.wait(MEETING_POINT_SECONDS)

    def write(work: Callable[[Session], Any]) -> Any:
        with database.writing() as session:
            return work(session)

    def run(act: Callable[[], Any]) -> None:
        try:
            answers.append(act())
        except Exception as problem:
            answers.append(problem)
        if current_thread().name != f"writer-{last}":
            other_is_through.set()

    event.listen(database.engine, "after_cursor_execute", met)
    acts = [*(partial(write, work) for work in works), *([alone] if alone else [])]
    threads = [Thread(target=run, args=[act], name=f"writer-{n}") for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    event.remove(database.engine, "after_cursor_execute", met)
    return answers


def settling(notice: Notice) -> Callable[[Session], Settled]:
    """Somebody settles the notice when its days are over."""
    return lambda session: publicity.settle(session, village=CODE, notice=notice.id, by=LI, at=after(4))


def objecting(score: str) -> Callable[[Session], Objection]:
    """Somebody objects to a score at the last moment."""
    return lambda session: publicity.raise_objection(
        session, village=CODE, score=score, raised_by="匿名", reason="不在家", by=LI, at=after(4)
    )


def with_the_other(barrier: Barrier) -> None:
    """Wait for the other thread; where the lock keeps it away, go on alone."""
    try:
        barrier.wait(MEETING_POINT_SECONDS)
    except BrokenBarrierError:
        return


@contextmanager
def without_locks(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take every lock out: FOR UPDATE on PostgreSQL; on SQLite the writers' queue and BEGIN IMMEDIATE."""
    monkeypatch.setattr(database, "_writer", nullcontext(BUSY_SECONDS))
    if database.is_sqlite:
        begin_like_readers(database.engine)
    else:
        # Statements compiled with their locks are kept, and must not be used here, nor these elsewhere.
        monkeypatch.setattr(compiling, "_compiled", {})
        keep_compiled_apart(database.engine)
        compiler = without_for_update(database.engine, keep_the_log=False)
        monkeypatch.setattr(database.engine.dialect, "statement_compiler", compiler)
    yield


def test_two_settlers_post_once(database: Database) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A2"))

    answers = together(database, settling(notice), settling(notice))

    assert sorted((one.posted, one.already) for one in answers if isinstance(one, Settled)) == [
        (0, True),
        (2, False),
    ]
    with database.reading() as session:
        assert (honour(session, "0101"), honour(session, "0102")) == (500, 250)


def test_the_lock_is_what_keeps_them_apart(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A2"))

    with without_locks(database, monkeypatch):
        answers = together(database, settling(notice), settling(notice))

    failed = [one for one in answers if isinstance(one, Exception)]
    assert failed, "both read the notice as open, and the second was only stopped by a constraint"
    with database.reading() as session:
        assert honour(session, "0101") == 500


def test_an_objection_and_a_settlement_never_both_win(database: Database) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"))
        score = scores_of(session, notice)[0].id

    answers = together(database, settling(notice), objecting(score))

    [done] = [one for one in answers if isinstance(one, Settled)]
    [other] = [one for one in answers if not isinstance(one, Settled)]
    assert isinstance(other, Objection)
    with database.reading() as session:
        # Whoever came first: what was posted counts on, what was contested before is not posted.
        status = scoring.score(session, village=CODE, score_id=score).status
        assert status == ("posted" if done.posted else "contested")
        assert honour(session, "0101") == 500 * done.posted


def looking(database: Database, folder: Path) -> Callable[[], Job]:
    """The program looks what is due, and settles it."""
    settings = site(database.url, folder).settings
    duty = Runner(Site(database, settings), now=lambda: after(4), duties=[duties.find("settling")])

    def look() -> Job:
        duty.run_due()
        with database.reading() as session:
            return jobs.find(session, name="settling")

    return look


def test_the_program_and_a_person_post_once(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A2"))

    answers = together(database, settling(notice), alone=looking(database, tmp_path))

    [person] = [one for one in answers if isinstance(one, Settled)]
    [program] = [one for one in answers if isinstance(one, Job)]
    assert (person.posted, program.state, program.result) in [
        (2, "done", "期满的公示已经有人入账。"),
        (0, "done", "入账1份公示，共2条。"),
    ]
    with database.reading() as session:
        assert (honour(session, "0101"), honour(session, "0102")) == (500, 250)


def test_the_lock_keeps_the_program_from_a_person(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A2"))
    look = looking(database, tmp_path)

    with without_locks(database, monkeypatch):
        answers = together(database, settling(notice), alone=look)

    failed = [one for one in answers if isinstance(one, Exception) or getattr(one, "state", "") == "failed"]
    assert failed, "both read the notice as open, and the second was only stopped by a constraint"
    with database.reading() as session:
        assert honour(session, "0101") == 500


def recording(notice: Notice, place: str) -> Callable[[Session], Hanging]:
    """Somebody records that a further copy hangs in a place."""
    return lambda session: publicity.hang(
        session, village=CODE, notice=notice.id, place=place, by=LI, at=after(1)
    )


def unhung(database: Database) -> Notice:
    """A notice whose paper hangs nowhere yet."""
    with database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0101", "A1"))
        return publicity.close_and_publish(session, village=CODE, meeting=meeting, by=LI, at=after(0))


def test_of_two_hangings_at_once_one_is_the_first(database: Database) -> None:
    notice = unhung(database)

    answers = together(database, recording(notice, "村务公开栏"), recording(notice, "一组路口"))

    assert sorted(one.number for one in answers) == [1, 2]
    with database.reading() as session:
        hangs = publicity.notice(session, village=CODE, notice_id=notice.id).notice
        entries = ledger.log_entries(session, village=CODE, kinds=("notice_hung",))
    assert hangs.ends_on is not None
    assert [("ends_on" in (one.words or {})) for one in entries] == [False, True]


def test_the_lock_keeps_two_hangings_apart(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = unhung(database)

    with without_locks(database, monkeypatch):
        answers = together(database, recording(notice, "村务公开栏"), recording(notice, "一组路口"))

    assert [one for one in answers if isinstance(one, Exception)], "both read that nothing hangs yet"


def hung_while_settled(database: Database, notice: Notice, last: int | None = None) -> list[Any]:
    """A further copy is written down on the day on which somebody settles."""
    place = {"notice": notice.id, "place": "一组路口", "hung_on": after(1).date()}

    def hanging(session: Session) -> Hanging:
        return publicity.hang(session, village=CODE, by=LI, at=after(4), **place)

    return together(database, hanging, settling(notice), last=last)


def entries_in_order(database: Database) -> list[str]:
    with database.reading() as session:
        kinds = ("notice_hung", "notice_down")
        found = ledger.log_entries(session, village=CODE, kinds=kinds)
    return [one.kind for one in sorted(found, key=lambda one: one.index)]


def test_what_is_settled_is_hung_nowhere_more_whoever_comes_first(database: Database) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"))

    answers = hung_while_settled(database, notice)

    [done] = [one for one in answers if isinstance(one, Settled)]
    [other] = [one for one in answers if not isinstance(one, Settled)]
    assert done.posted == 1
    assert isinstance(other, Hanging | publicity.problems.NoticeSettled)
    assert entries_in_order(database)[-1] == "notice_down"


def test_without_the_lock_a_hanging_would_be_written_of_what_is_settled(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"))

    with without_locks(database, monkeypatch):
        answers = hung_while_settled(database, notice, last=0)

    refusals = (Settled, Hanging, publicity.problems.NoticeSettled)
    strays = [one for one in answers if not isinstance(one, refusals)]
    assert strays or entries_in_order(database)[-1] != "notice_down"
