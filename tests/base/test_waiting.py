"""Who waits for whom: lookers go together, who commits goes alone, and nobody waits for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from pointsbank import database as databases
from pointsbank.database import Database
from pointsbank.staff import passwords
from pointsbank.waiting import HASHING, OneForAll, ReadWriteLock, WriterLock


def gets_in(way: Callable[[], AbstractContextManager[object]]) -> bool:
    """Whether somebody else, in a thread of their own, gets in."""

    def try_it() -> bool:
        try:
            with way():
                return True
        except WaitedTooLong:
            return False

    with ThreadPoolExecutor(1) as other:
        return other.submit(try_it).result(10)


def test_two_passwords_are_judged_at_once_and_the_third_waits():
    judged = threading.Thread(target=passwords.matches, args=(None, "a password"))
    with HASHING, HASHING:
        judged.start()
        judged.join(0.1)
        waits = judged.is_alive()
    judged.join(10)

    assert waits and not judged.is_alive()


def test_any_number_look_together() -> None:
    gate = ReadWriteLock(0.05)
    with gate.read():
        assert gets_in(gate.read)


def test_nobody_looks_while_somebody_commits() -> None:
    gate = ReadWriteLock(0.05)
    with gate.write():
        assert not gets_in(gate.read)

    assert gets_in(gate.read)


def test_who_cannot_commit_in_time_lets_the_others_look() -> None:
    gate = ReadWriteLock(0.05)
    with gate.read():
        assert not gets_in(gate.write)
        assert gets_in(gate.read)

    assert gets_in(gate.write)


def test_who_looks_may_look_again_though_somebody_waits_to_commit() -> None:
    gate, came = ReadWriteLock(5), threading.Event()

    def commit() -> None:
        came.set()
        with gate.write():
            pass

    # The gate is let go before the other is waited for.
    with ThreadPoolExecutor(1) as other, gate.read():
        waiting = other.submit(commit)
        came.wait(5)
        with gate.read():
            assert not waiting.done()


def test_a_commit_that_fails_opens_the_gate() -> None:
    gate = ReadWriteLock(0.05)
    with pytest.raises(ZeroDivisionError), gate.write():
        raise ZeroDivisionError

    assert gets_in(gate.read)


def test_writers_go_one_by_one() -> None:
    queue = WriterLock(0.05)
    with queue:
        assert not gets_in(lambda: queue)

    assert gets_in(lambda: queue)


@pytest.fixture
def without_wal(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A file whose library has no write-ahead log to be trusted, and a gate that is soon given up."""
    monkeypatch.setattr(databases, "_HAS_WAL", False)
    monkeypatch.setattr(sqlite_database, "_gate", ReadWriteLock(0.05))
    return sqlite_database


LARGE = """
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 5000)
INSERT INTO scratch SELECT randomblob(1000) FROM number
"""
"""More than a connection keeps in memory by itself."""


def test_everybody_looks_while_much_is_being_written(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        session.connection().exec_driver_sql("CREATE TABLE scratch (content BLOB)")

    def rows() -> object:
        with sqlite_database.reading() as other:
            other.connection().exec_driver_sql("PRAGMA busy_timeout=0")
            return other.connection().exec_driver_sql("SELECT count(*) FROM scratch").scalar()

    with sqlite_database.writing() as session, ThreadPoolExecutor(1) as somebody:
        session.connection().exec_driver_sql(LARGE)
        assert somebody.submit(rows).result(20) == 0
    assert rows() == 5000


def test_the_database_lets_nobody_look_during_a_commit(without_wal: Database) -> None:
    with without_wal._gate.write():
        assert not gets_in(without_wal.reading)

    assert gets_in(without_wal.reading)


def test_the_database_commits_nothing_while_somebody_looks(without_wal: Database) -> None:
    with without_wal.reading():
        assert not gets_in(without_wal.writing)

    assert gets_in(without_wal.writing)


def test_one_look_answers_all_who_ask_within_its_seconds() -> None:
    seconds, looks = [0.0], list[float]()

    def find() -> float:
        looks.append(seconds[0])
        seconds[0] += 3  # finding takes as long
        return looks[-1]

    shared = OneForAll[float](10, lambda: seconds[0])
    first = [shared.answer("village", 1, find) for _ in range(100)]
    seconds[0] = 9.9
    late = shared.answer("village", 1, find)
    other = shared.answer("village", 2, find)
    seconds[0] = 30.0

    assert set(first) == {late} == {0.0} and other == 9.9
    assert shared.answer("village", 2, find) == 30.0
    assert len(looks) == 3


def test_who_waits_for_a_look_that_fails_looks_anew() -> None:
    shared, tries = OneForAll[int](10), list[int]()

    def find() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise LookupError
        return 7

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(shared.answer, "village", 1, find) for _ in range(4)]
    failed = [one.exception() for one in asked if one.exception()]

    assert len(failed) == 1 and len(tries) == 2
    assert {one.result() for one in asked if not one.exception()} == {7}
