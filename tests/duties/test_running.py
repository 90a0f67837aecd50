"""What is due is done once, whoever looks; a killed job is taken up again; clocks decide nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pointsbank import jobs
from pointsbank.database import Database
from pointsbank.duties import Duty, Runner, Work
from pointsbank.failures import DiskFull
from pointsbank.jobs import Job, JobLost
from tests.duties.together import once, site, write_down
from tests.house.source import ROOT

NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


def process(database: Database, folder: Path, name: str, *how: str) -> subprocess.Popen[bytes]:
    """A process of its own that looks once."""
    words = [sys.executable, "-m", "tests.duties.together", database.url, str(folder), name, *how]
    return subprocess.Popen(words, cwd=ROOT)


def happened(folder: Path) -> list[str]:
    """What the processes wrote down, in order."""
    file = folder / "happened"
    return file.read_text().split("\n")[:-1] if file.exists() else []


def runner(
    database: Database, folder: Path, *duties: Duty, at: datetime = NOON, patience: float = 60
) -> Runner:
    """What does these duties, with the clock at one moment."""
    here = site(database.url, folder)
    return Runner(here, now=lambda: at, duties=duties, patience=patience)


def stands(database: Database) -> Job:
    """The job as it is written down."""
    with database.reading() as session:
        return jobs.find(session, name="once")


def both(database: Database, folder: Path, *how: str) -> list[str]:
    """Let two processes look at the same moment; say which ones began."""
    started = [process(database, folder, name, *how) for name in ("one", "two")]
    assert [one.wait(60) for one in started] == [0, 0]
    return sorted(happened(folder))


def test_of_two_processes_that_find_a_job_due_at_once_one_does_it(database: Database, tmp_path: Path):
    assert len(both(database, tmp_path)) == 1
    assert stands(database).state == "done"
    assert stands(database).result == "做了。"


def test_without_the_comparison_both_would_do_it(database: Database, tmp_path: Path):
    assert both(database, tmp_path, "--careless") == ["one began", "two began"]


@posix_only
def test_a_job_whose_process_was_killed_is_taken_up_again_by_the_next(database: Database, tmp_path: Path):
    assert process(database, tmp_path, "one", "--killed").wait(60) == -signal.SIGKILL
    assert stands(database).is_running
    next_one = runner(database, tmp_path, once(_writing(tmp_path)), patience=0.2)

    next_one.run_due()
    assert happened(tmp_path) == ["one began"]  # as long as it may be alive
    time.sleep(0.25)
    next_one.run_due()

    assert happened(tmp_path) == ["one began", "again, try 2"]
    assert (stands(database).state, stands(database).attempts) == ("done", 0)


def test_a_worker_that_shows_life_keeps_its_job_whatever_the_clocks_say(
    sqlite_database: Database, tmp_path: Path
):
    _take(sqlite_database, "other")
    far_ahead = runner(
        sqlite_database, tmp_path, once(_writing(tmp_path)), at=NOON + timedelta(days=999), patience=0.05
    )

    for _ in range(3):
        try:
            with sqlite_database.writing() as session:
                jobs.beat(session, name="once", worker="other")
        except JobLost:
            pytest.fail("taken away from a worker that lives")
        far_ahead.run_due()
        time.sleep(0.06)

    assert stands(sqlite_database).worker == "other"
    assert happened(tmp_path) == []


def test_who_was_taken_for_dead_writes_nothing_more(sqlite_database: Database, tmp_path: Path):
    def overtaken(work: Work) -> str:
        _take(sqlite_database, "other")
        work.report(0, 1, "做事")
        return "做了。"

    runner(sqlite_database, tmp_path, once(overtaken)).run_due()

    assert (stands(sqlite_database).worker, stands(sqlite_database).result) == ("other", "")
    with pytest.raises(JobLost), sqlite_database.writing() as session:
        jobs.finish(session, name="once", worker="nobody", result="", at=NOON)


def test_a_refusal_is_kept_as_its_sentence_and_tried_again_after_a_rest(
    sqlite_database: Database, tmp_path: Path
):
    tries: list[int] = []

    def refuse(_work: Work) -> str:
        tries.append(1)
        raise DiskFull()

    duty = once(refuse)
    for minutes in (0, 0, 1, 2, 3, 4):  # rests one minute after the first try, two after the second
        runner(sqlite_database, tmp_path, duty, at=NOON + timedelta(minutes=minutes)).run_due()

    assert len(tries) == 3
    assert (stands(sqlite_database).error, stands(sqlite_database).attempts) == (DiskFull().detail, 3)


def test_a_clock_that_was_put_back_lets_nothing_rest_for_years(sqlite_database: Database, tmp_path: Path):
    def refuse(_work: Work) -> str:
        raise DiskFull()

    in_ten_years = NOON + timedelta(days=3650)
    runner(sqlite_database, tmp_path, once(refuse), at=in_ten_years).run_due()
    runner(sqlite_database, tmp_path, once(_writing(tmp_path)), at=NOON).run_due()

    assert happened(tmp_path) == ["again, try 2"]


def test_an_unexpected_failure_is_a_reference_and_stops_no_other_duty(
    sqlite_database: Database, tmp_path: Path
):
    def fall(_work: Work) -> str:
        raise ZeroDivisionError

    other = Duty("other", "另一件", "总是。", lambda *_: True, _writing(tmp_path))
    runner(sqlite_database, tmp_path, once(fall), other).run_due()

    assert "编号" in stands(sqlite_database).error
    assert happened(tmp_path) == ["again, try 1"]


def test_what_somebody_asks_for_is_done_though_it_is_not_due(sqlite_database: Database, tmp_path: Path):
    duty = Duty("once", "一件事", "从不。", lambda *_: False, _writing(tmp_path))
    with sqlite_database.writing() as session:
        jobs.request(session, name="once", by="sun", at=NOON)

    for _ in range(2):
        runner(sqlite_database, tmp_path, duty).run_due()

    assert happened(tmp_path) == ["again, try 1"]
    assert stands(sqlite_database).asked_at is None


@pytest.mark.parametrize("fails", [False, True])
def test_what_somebody_asks_for_while_it_is_done_is_done_once_more(
    database: Database, tmp_path: Path, fails: bool
):
    def asked_meanwhile(work: Work) -> str:
        with work.site.database.writing() as session:
            jobs.request(session, name="once", by="li", at=NOON + timedelta(seconds=1))
        if fails:
            raise DiskFull()
        return "做了。"

    duty = Duty("once", "一件事", "从不。", lambda *_: False, asked_meanwhile)
    with database.writing() as session:
        jobs.request(session, name="once", by="sun", at=NOON)
    runner(database, tmp_path, duty).run_due()
    assert stands(database).asked_by == "li"

    runner(database, tmp_path, replace(duty, run=_writing(tmp_path))).run_due()

    assert len(happened(tmp_path)) == 1
    assert (stands(database).asked_at, stands(database).asked_by) == (None, "")


def test_a_server_that_stops_gives_its_job_back(sqlite_database: Database, tmp_path: Path):
    def stop(work: Work) -> str:
        work.stopping.set()
        work.report(0, 1, "做事")
        raise AssertionError("not reached")

    runner(sqlite_database, tmp_path, once(stop)).run_due()

    assert (stands(sqlite_database).state, stands(sqlite_database).attempts) == ("waiting", 0)


def test_nothing_is_taken_from_a_database_that_may_not_be_written(sqlite_database: Database, tmp_path: Path):
    here = site(sqlite_database.url, tmp_path)
    Runner(here, now=lambda: NOON, may_write=lambda: False, duties=[once(_writing(tmp_path))]).run_due()

    assert happened(tmp_path) == []


def test_a_started_runner_looks_at_once_shows_life_and_ends_when_told_to(
    sqlite_database: Database, tmp_path: Path
):
    beats: list[int] = []

    def long(work: Work) -> str:
        until = time.monotonic() + 20
        while stands(sqlite_database).beat < 3 and time.monotonic() < until:
            time.sleep(0.02)
        beats.append(stands(sqlite_database).beat)
        write_down(tmp_path, "done")
        return "做了。"

    here = site(sqlite_database.url, tmp_path)
    started = Runner(here, now=lambda: NOON, duties=[once(long)], beat=0.05)
    started.start()
    until = time.monotonic() + 20
    while stands(sqlite_database).state != "done" and time.monotonic() < until:
        time.sleep(0.02)
    started.stop()

    assert happened(tmp_path) == ["done"]
    assert beats[0] >= 3


def _take(database: Database, worker: str) -> None:
    with database.writing() as session:
        assert jobs.take(session, seen=jobs.find(session, name="once"), worker=worker, at=NOON)


def _writing(folder: Path) -> Callable[[Work], str]:
    """Write down that the job is done, and at which try."""

    def run(work: Work) -> str:
        with work.site.database.reading() as session:
            write_down(folder, f"again, try {jobs.find(session, name=work.name).attempts}")
        return "做了。"

    return run
