"""Backups are whole although the till goes on, come back on an empty machine, and tell their age."""

import io
import shutil
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from pointsbank import backups, ledger, proof
from pointsbank.database import Database
from tests.builders import NOW, VILLAGE, Chayuan, chayuan
from tests.cli.conftest import Run, run
from tests.ledger.moves import award
from tests.proof import month
from tests.staff.people import PASSWORD, hire

__all__ = ["run"]


def test_a_backup_taken_while_tills_write_is_whole(sqlite_database: Database, tmp_path: Path, full: bool):
    village = chayuan(sqlite_database)
    stop, written = threading.Event(), []
    tills = [threading.Thread(target=_post_until, args=(village, stop, written)) for _ in range(4)]
    for till in tills:
        till.start()
    seen = []
    for number in range(50 if full else 5):
        before = len(written)
        backups.backup(sqlite_database, tmp_path / f"{number}.gz")
        seen.append((before, tmp_path / f"{number}.gz"))
    stop.set()
    for till in tills:
        till.join()

    assert len(written) > len(seen)
    for acknowledged, file in seen:
        assert _size(file) >= acknowledged


def _post_until(village: Chayuan, stop: threading.Event, written: list[int]) -> None:
    """Post one award after the other, and note each that was acknowledged."""
    while not stop.is_set():
        [posted] = village.write(ledger.post, entries=[award(village.wang, 1)])
        written.append(posted.index)


def _size(file: Path) -> int:
    """How many entries a backup holds, which must verify."""
    with backups.opened(file, aside=file.parent) as plain:
        copy = Database(f"sqlite:///{plain}")
        report = proof.verify(copy, village=VILLAGE)
        assert report.findings == ()
        assert backups.problems(copy) == []
        copy.dispose()
    return report.size


@pytest.fixture(scope="module")
def closed_once(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with such a data directory and its backups, to be copied; the poster's digits."""
    folder = tmp_path_factory.mktemp("closed")
    (folder / "data").mkdir()
    database = Database(
        f"sqlite:///{shutil.copyfile(sqlite_template, folder / 'data' / 'pointsbank.sqlite3')}"
    )
    month.begin(database)
    for login, role in (("li", "committee"), ("zhao", "supervisor")):
        hire(database, login, role)
    month.object_and_settle(database, month.meet(database))
    month.spend(database)
    month.warn(database)
    backups.backup(database, folder / "before.gz")
    digits = month.close(database).digits
    backups.backup(database, folder / "after.gz")
    database.dispose()
    return folder, digits


@pytest.fixture
def closed_month(run: Run, closed_once: tuple[Path, str], tmp_path: Path) -> str:
    """A data directory whose village has closed September, backups before and after; the poster's digits."""
    folder, digits = closed_once
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return digits


def test_a_backup_comes_back_on_an_empty_machine(run: Run, closed_month: str, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("POINTSBANK_DATA", str(tmp_path / "new machine"))

    assert run("db", "restore", tmp_path / "after.gz", "--anchor", closed_month).status == 0

    assert run("db", "check").status == 0
    assert run("ledger", "verify", "--anchor", closed_month).status == 0


def test_a_backup_older_than_the_last_close_is_refused_by_name(run: Run, closed_month: str, tmp_path: Path):
    told = run("db", "restore", tmp_path / "before.gz")

    assert told.status == 1
    assert "2026年9月" in told.err
    assert "--older" in told.err
    assert run("ledger", "verify", "--anchor", closed_month).status == 0


def test_an_older_backup_is_put_back_when_two_people_say_so(
    run: Run, closed_month: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    alone = run("db", "restore", tmp_path / "before.gz", "--older")
    assert alone.status == 1 and "两位角色不同的人一起运行" in alone.err
    assert run("ledger", "verify", "--anchor", closed_month).status == 0

    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}\n"))
    both = ("--first", "li", "--second", "zhao", "--passwords-stdin")
    assert run("db", "restore", tmp_path / "before.gz", "--older", *both).status == 0

    assert run("ledger", "verify").status == 0
    assert run("ledger", "verify", "--anchor", closed_month).status == 1


def test_a_backup_without_the_posters_digits_is_refused_on_an_empty_machine(
    run: Run, closed_month: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("POINTSBANK_DATA", str(tmp_path / "new machine"))

    told = run("db", "restore", tmp_path / "before.gz", "--anchor", closed_month)

    assert told.status == 1
    assert "存证码" in told.err
    assert "db upgrade" in run("db", "check").err


def test_a_backup_as_new_as_the_database_is_put_back(run: Run, closed_month: str, tmp_path: Path):
    assert run("db", "restore", tmp_path / "after.gz").status == 0


def test_a_damaged_database_does_not_keep_a_good_backup_out(run: Run, closed_month: str, tmp_path: Path):
    with sqlite3.connect(tmp_path / "data" / "pointsbank.sqlite3") as connection:
        connection.execute("DROP TABLE anchor")

    assert run("db", "restore", tmp_path / "after.gz").status == 0

    assert run("ledger", "verify", "--anchor", closed_month).status == 0


def test_a_backup_of_another_village_is_refused_over_a_closed_month(
    run: Run, closed_month: str, tmp_path: Path, sqlite_template: Path
):
    stranger = Database(f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'stranger.sqlite3')}")
    with stranger.writing() as session:
        ledger.found_village(session, code="liulin", name="柳林村", by="li", at=NOW + timedelta(days=90))
    backups.backup(stranger, tmp_path / "stranger.gz")

    assert run("db", "restore", tmp_path / "stranger.gz").status == 1
