"""Backups: taken while in use, checked before they replace anything."""

import gzip
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from pointsbank import migrating
from pointsbank.database import Database
from tests.cli.conftest import Run

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows keeps owners in other ways")


def test_a_second_upgrade_changes_nothing(village: Run):
    assert "最新" in village("db", "upgrade").out


def test_a_backup_is_compressed_and_its_owners_only(village: Run, tmp_path: Path):
    file = tmp_path / "kept.gz"

    assert village("db", "backup", file).status == 0

    assert gzip.decompress(file.read_bytes()).startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    "words",
    [
        ("db", "backup"),
        ("ledger", "export"),
        ("print", "cards", "--out"),
        ("import", "scheme", "x", "--template"),
    ],
    ids=" ".join,
)
def test_no_command_writes_over_what_an_installation_lives_on(
    village: Run, tmp_path: Path, words: tuple[str, ...]
):
    data = tmp_path / "data"
    (tmp_path / "moved").write_bytes((data / "pointsbank.sqlite3").read_bytes())
    for name in ("pointsbank.sqlite3", "secret_key", "../moved"):
        before = (data / name).read_bytes()
        told = village(*words, data / name)

        assert told.status == 1 and "请换一个文件名" in told.err
        assert (data / name).read_bytes() == before


def test_a_backup_to_a_stick_that_is_away_is_refused_and_makes_no_folder(village: Run, tmp_path: Path):
    told = village("db", "backup", tmp_path / "stick" / "backups" / "today.gz")

    assert told.status == 1 and "U 盘请先插好" in told.err
    assert not (tmp_path / "stick").exists()


@posix_only
def test_a_device_is_no_place_for_a_backup(village: Run, tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    assert "不是普通文件" in village("db", "backup", tmp_path / "pipe").err
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_backup_takes_the_place_of_an_older_one(village: Run, tmp_path: Path):
    (tmp_path / "kept.gz").write_bytes(b"older")

    assert village("db", "backup", tmp_path / "kept.gz").status == 0


@posix_only
def test_everything_in_the_data_directory_is_its_owners_only(village: Run, tmp_path: Path):
    village("db", "backup", tmp_path / "data" / "backups" / "now.gz")

    open_to_others = [
        path for path in (tmp_path / "data").rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]

    assert not open_to_others


def test_restoring_brings_back_what_was(village: Run, tmp_path: Path):
    village("db", "backup", tmp_path / "kept.gz")
    village("village", "create", "liulin", "柳林村")

    assert village("db", "restore", tmp_path / "kept.gz").status == 0

    assert village("village", "create", "liulin", "柳林村").status == 0
    assert list((tmp_path / "data" / "backups").glob("before-restore-*"))


def test_restoring_says_that_another_key_signs_here(village: Run, tmp_path: Path):
    village("ledger", "key", "make", "--replace")
    village("db", "backup", tmp_path / "kept.gz")
    assert "签名密钥" not in village("db", "restore", tmp_path / "kept.gz").out
    (tmp_path / "data" / "signing_key").unlink()

    assert "这里也没有" in village("db", "restore", tmp_path / "kept.gz").out
    village("ledger", "key", "make")
    assert "这里是另一把" in village("db", "restore", tmp_path / "kept.gz").out


def test_who_takes_everything_along_or_puts_it_back_is_read_by_supervisors(village: Run, tmp_path: Path):
    village("db", "backup", tmp_path / "kept.gz")
    village("db", "copy", f"sqlite:///{tmp_path / 'copied.sqlite3'}")
    before = village("list", "signins").out
    village("db", "restore", tmp_path / "kept.gz")

    after = village("list", "signins").out

    assert "下载备份或看口令" in before and "kept.gz，" in before
    assert "把全部数据复制出去" in before and "copied.sqlite3" in before
    assert "恢复备份" in after and "服务器上的操作员" in after


def test_a_backup_can_be_taken_while_somebody_writes(village: Run, tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path / 'data' / 'pointsbank.sqlite3'}")
    with database.reading() as session:
        session.connection()
        told = village("db", "backup", tmp_path / "kept.gz")
    database.dispose()

    assert told.status == 0


def test_an_upgrade_keeps_a_copy_of_what_was(village: Run, tmp_path: Path):
    _step_back(f"sqlite:///{tmp_path / 'data' / 'pointsbank.sqlite3'}")
    (tmp_path / "data" / "signing_key").unlink()

    told = village("db", "upgrade").out

    # As in an installation from before there were keys: what to do is said here, and where one asks.
    assert "已升级" in told and "ledger key make" in told
    assert "ledger key make" in village("ledger", "key", "show").out
    assert list((tmp_path / "data" / "backups").glob("before-upgrade-*"))
    assert village("db", "check").status == 0


def test_a_backup_of_an_older_version_is_upgraded(village: Run, tmp_path: Path):
    _step_back(f"sqlite:///{tmp_path / 'data' / 'pointsbank.sqlite3'}")
    village("db", "backup", tmp_path / "old.gz")

    assert village("db", "restore", tmp_path / "old.gz").status == 0

    assert village("db", "check").status == 0


def test_postgresql_is_upgraded_and_left_to_its_own_backups(
    run: Run, postgresql_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    url = postgresql_database.url
    monkeypatch.setenv("POINTSBANK_DATABASE_URL", url)
    _step_back(url)

    assert run("db", "upgrade").status == 0
    assert run("village", "create", "chayuan", "茶源村").status == 0
    assert run("db", "check").status == 0
    assert "pg_dump" in run("db", "backup", tmp_path / "no.gz").err


@pytest.mark.parametrize("damage", ["cut", "text", "other", "newer", "torn"])
def test_an_unusable_backup_replaces_nothing(village: Run, tmp_path: Path, damage: str):
    file = tmp_path / "kept.gz"
    village("db", "backup", file)
    _spoil(file, damage)

    told = village("db", "restore", file)

    assert told.status == 1
    assert "没有改动" in told.err
    assert village("db", "check").status == 0


def test_a_database_of_a_newer_program_is_left_alone(village: Run, tmp_path: Path):
    with sqlite3.connect(tmp_path / "data" / "pointsbank.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    assert "升级程序" in village("db", "upgrade").err


def test_a_check_names_a_trigger_that_is_gone(village: Run, tmp_path: Path):
    with sqlite3.connect(tmp_path / "data" / "pointsbank.sqlite3") as connection:
        connection.execute("DROP TRIGGER guard_posting_delete")

    told = village("db", "check")

    assert told.status == 1
    assert "guard_posting_delete" in told.err


def _step_back(url: str) -> None:
    """Take the newest migration back."""
    database = Database(url)
    migrating.downgrade(database, "-1")
    database.dispose()


def _spoil(file: Path, damage: str) -> None:
    """Make a good backup unusable in one way."""
    content = gzip.decompress(file.read_bytes())
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    elif damage == "text":
        file.write_text("not a backup", "utf-8")
    elif damage == "other":
        file.write_bytes(gzip.compress(b"nothing like a database" * 100))
    elif damage == "torn":
        file.write_bytes(gzip.compress(content[:8192] + b"\xff" * 8192 + content[16384:]))
    else:
        plain = file.with_suffix(".plain")
        plain.write_bytes(content)
        with sqlite3.connect(plain) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        file.write_bytes(gzip.compress(plain.read_bytes()))


def test_the_first_village_is_founded_in_an_empty_directory(run: Run):
    assert run("village", "create", "chayuan", "茶源村").status == 0
    assert run("village", "create", "chayuan", "茶源村").status == 1
