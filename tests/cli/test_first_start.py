"""The first start: an empty directory prepares itself, and only that; a slip of the hand leaves no trace."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pointsbank import backups, migrating
from pointsbank.cli import data_directories
from pointsbank.cli.data_directories import DataDirectoryEmpty, DataDirectoryForeign, check
from pointsbank.database import Database
from tests.cli.conftest import Run
from tests.cli.serving import free_port, wait_until_up

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")


def tree(folder: Path) -> list[str]:
    """All that lies in a folder."""
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*"))


@posix_only
def test_a_server_on_an_empty_directory_prepares_it_and_backs_it_up(tmp_path: Path):
    data, port = tmp_path / "村里", free_port()
    data.mkdir()
    words = [sys.executable, "-m", "pointsbank", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        wait_until_up(port)
        server.send_signal(signal.SIGTERM)
        said, err = server.communicate(timeout=30)
    finally:
        server.kill()

    assert server.returncode == 0
    assert "一次性安装码" in said
    assert str(data) in err
    database = Database(f"sqlite:///{data / 'pointsbank.sqlite3'}")
    assert backups.problems(database) == []
    database.dispose()
    assert not (data / "preparing").exists()
    # Stubs lie outside the directory, so that a copy put back is noticed.
    assert list((tmp_path / "村里-watermark").iterdir())


@pytest.mark.parametrize("verb", ["serve", "village settings", "db check", "db backup x.gz", "ledger verify"])
def test_a_mistyped_directory_is_refused_with_its_full_path_and_nothing_is_made(
    run: Run, tmp_path: Path, verb: str
):
    told = run(*verb.split(), "--data", tmp_path / "no" / "such")

    assert told.status == 1
    assert str(tmp_path / "no" / "such") in told.err
    assert tree(tmp_path) == []


@pytest.mark.parametrize("verb", ["serve", "village settings"])
def test_a_folder_of_other_things_is_refused_and_left_as_it_was(run: Run, tmp_path: Path, verb: str):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "花名册.xlsx").touch()

    told = run(*verb.split())

    assert told.status == 1
    assert DataDirectoryForeign(path=tmp_path / "data").detail in told.err
    assert tree(tmp_path / "data") == ["花名册.xlsx"]


def test_other_commands_leave_an_empty_directory_empty(run: Run, tmp_path: Path):
    (tmp_path / "data").mkdir()

    told = run("village", "settings")

    assert DataDirectoryEmpty(path=tmp_path / "data").detail in told.err
    assert tree(tmp_path / "data") == []


def test_a_database_that_is_gone_is_not_made_anew(run: Run, tmp_path: Path):
    assert run("db", "upgrade").status == 0
    (tmp_path / "data" / "pointsbank.sqlite3").unlink()

    told = run("serve")

    assert told.status == 1
    assert "db restore" in told.err


def test_a_start_that_was_killed_on_the_way_goes_on(tmp_path: Path):
    (tmp_path / "pointsbank.toml").touch()
    assert check(tmp_path, "prepared", environ={})
    (tmp_path / "secret_key").touch()
    (tmp_path / "pointsbank.sqlite3").touch()

    # Killed here: the next start finds the mark, whatever lies beside it.
    assert check(tmp_path, "prepared", environ={})
    assert not check(tmp_path, "kept", environ={})
    database = Database(f"sqlite:///{tmp_path / 'pointsbank.sqlite3'}")
    data_directories.prepare(tmp_path, database)

    assert migrating.current(database) == migrating.head()
    assert not check(tmp_path, "prepared", environ={})
    database.dispose()


def test_where_the_data_is_in_a_server_of_its_own_an_empty_directory_is_no_mistake(tmp_path: Path):
    assert not check(tmp_path, "kept", environ={"POINTSBANK_DATABASE_URL": "postgresql+psycopg://a/b"})
    assert tree(tmp_path) == []
