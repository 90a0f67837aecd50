"""Each duty: when it is due, what it does, and what it says."""

import json
import os
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from pointsbank import duties, jobs, staff
from pointsbank.database import Database
from pointsbank.durable import locked
from pointsbank.duties import Runner, Site, printed_files
from tests.builders import NOW, chayuan
from tests.duties.together import site
from tests.staff.people import hire


def look(here: Site, name: str, at: object = NOW) -> jobs.Job:
    """Look once, and return how the duty stands."""
    Runner(here, now=lambda: at, duties=[duties.find(name)]).run_due()  # type: ignore[arg-type, return-value]
    with here.database.reading() as session:
        return jobs.find(session, name=name)


def test_every_duty_declares_itself_in_words():
    assert len(duties.every()) >= 4
    for duty in duties.every():
        assert duty.name.isidentifier() and duty.name.islower()
        assert duty.when.endswith("。") and duty.title


def test_where_nothing_is_due_nothing_is_written(database: Database, tmp_path: Path):
    chayuan(database)
    quiet = [duty for duty in duties.every() if duty.name != "backup"]
    Runner(site(database.url, tmp_path), now=lambda: NOW, duties=quiet).run_due()

    with database.reading() as session:
        assert jobs.every(session) == {}


def test_sign_ins_that_are_over_and_tokens_that_ended_a_month_ago_are_forgotten(
    database: Database, tmp_path: Path
):
    chayuan(database)
    chen = hire(database, "chen", "clerk")
    with database.writing() as session:
        live = staff.begin(session, staff=chen.id, at=NOW)
        staff.begin(session, staff=chen.id, at=NOW - timedelta(hours=1), lasts=timedelta(minutes=90))
        for days in (10, 50):
            staff.make_token(session, login="chen", by=chen.id, at=NOW, days=days)
    here, later = site(database.url, tmp_path), NOW + timedelta(hours=1)

    told = look(here, "ended_sign_ins", later)
    assert told.result == "清除了1个已经结束的登录和访问令牌。"
    with database.reading() as session:
        assert staff.signed_in(session, token=live, at=later)

    told = look(here, "ended_sign_ins", NOW + timedelta(days=41))
    assert told.result == "清除了2个已经结束的登录和访问令牌。"
    with database.reading() as session:
        assert len(staff.api_tokens(session, login="chen")) == 1


def test_printed_files_go_when_they_have_had_their_days(sqlite_database: Database, tmp_path: Path):
    out = tmp_path / "out"
    out.mkdir()
    for name, age in (("cards.pdf", 8), ("cards-2.pdf", 6), ("mine.pdf", 99)):
        (out / name).touch()
        moment = (NOW - timedelta(days=age)).timestamp()
        os.utime(out / name, (moment, moment))

    told = look(site(sqlite_database.url, tmp_path), "old_prints")

    assert told.result == "删除了1个到期的打印文件。"
    assert sorted(one.name for one in out.iterdir()) == ["cards-2.pdf", "mine.pdf"]


def test_nobody_can_have_the_login_under_which_the_program_acts(sqlite_database: Database):
    with pytest.raises(staff.problems.LoginReserved):
        hire(sqlite_database, staff.SYSTEM, "admin", village=None)

    with sqlite_database.reading() as session:
        assert staff.actors(session, ids=[staff.SYSTEM]) == {staff.SYSTEM: "程序自动"}


def test_of_two_who_print_at_once_each_file_goes_when_it_has_had_its_days(tmp_path: Path):
    mine, other, begun = tmp_path / "cards-1.pdf", tmp_path / "cards-2.pdf", Event()
    for file in (mine, other):
        file.write_bytes(b"%PDF")
    (tmp_path / "kept-days.json").write_text("{}", "utf-8")

    def print_too() -> None:
        begun.set()
        printed_files.list_for_removal(tmp_path, [other], days=7)

    with ThreadPoolExecutor(1) as another:
        with locked(tmp_path / "kept-days.lock", 1):
            listed = another.submit(print_too)
            begun.wait()
            # Long enough for who waits for nobody.
            wait([listed], 0.4)
            (tmp_path / "kept-days.json").write_text(json.dumps({mine.name: 7}), "utf-8")
        listed.result()

    late = datetime.now(UTC) + timedelta(days=8)
    assert sorted(printed_files.too_old(tmp_path, at=late)) == [mine, other]
