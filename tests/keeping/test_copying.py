"""A village moves from a file to a server and back, and nothing about it changes."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from pointsbank import backups, copying, migrating, proof, tables
from pointsbank.copying import TargetNotEmpty, VersionsDiffer
from pointsbank.database import Database
from tests.builders import VILLAGE, chayuan
from tests.cli.conftest import Run, run
from tests.proof import month

__all__ = ["run"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Database:
    """A file nobody has written to yet."""
    return Database(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}")


def test_a_village_goes_to_a_server_and_back_unchanged(
    sqlite_database: Database, postgresql_database: Database, elsewhere: Database
):
    digits = month.live(sqlite_database).anchor.digits

    there = copying.copy(sqlite_database, postgresql_database)
    back = copying.copy(postgresql_database, elsewhere)

    assert there == back
    assert there["posting"] > 0
    reports = [proof.verify(one, village=VILLAGE, digits=digits) for one in (sqlite_database, elsewhere)]
    assert reports[0] == reports[1]
    assert reports[0].findings == ()
    assert prints(sqlite_database) == prints(elsewhere)


def prints(database: Database) -> dict[str, tuple[int, int]]:
    """Every table's count and fingerprint."""
    with database.reading() as session:
        return {table.name: copying.fingerprint(session, table) for table in tables.metadata.sorted_tables}


def test_a_copy_has_its_guards(sqlite_database: Database, postgresql_database: Database):
    village = chayuan(sqlite_database)
    village.give(village.wang, 5)
    copying.copy(sqlite_database, postgresql_database)

    assert backups.problems(postgresql_database) == []
    with pytest.raises(DBAPIError, match="never changed"), postgresql_database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM posting")


def test_a_village_goes_on_in_its_copy_where_it_stood(
    sqlite_database: Database, postgresql_database: Database
):
    village = chayuan(sqlite_database)
    village.give(village.wang, 5)
    copying.copy(sqlite_database, postgresql_database)
    moved = replace(village, database=postgresql_database)

    moved.give(moved.wang, 3)

    assert moved.balance(moved.wang).points == 800
    assert proof.verify(postgresql_database, village=VILLAGE).size == 2


def test_a_copy_never_mixes_with_what_is_there(sqlite_database: Database, elsewhere: Database):
    chayuan(sqlite_database)
    copying.copy(sqlite_database, elsewhere)

    with pytest.raises(TargetNotEmpty):
        copying.copy(sqlite_database, elsewhere)


def test_a_copy_into_tables_of_another_version_is_refused(sqlite_database: Database, elsewhere: Database):
    migrating.upgrade(elsewhere)
    migrating.downgrade(elsewhere, "-1")

    with pytest.raises(VersionsDiffer):
        copying.copy(sqlite_database, elsewhere)


def test_the_command_line_copies_and_says_what_next(run: Run, tmp_path: Path):
    run("db", "upgrade")
    run("village", "create", "chayuan", "茶源村")

    told = run("db", "copy", f"sqlite:///{tmp_path / 'copy.sqlite3'}")

    assert told.status == 0
    assert "POINTSBANK_DATABASE_URL" in told.out
    with sqlite3.connect(tmp_path / "copy.sqlite3") as connection:
        assert connection.execute("SELECT id FROM village").fetchall() == [("chayuan",)]


def test_a_target_that_is_no_database_is_refused_with_a_sentence(run: Run):
    run("db", "upgrade")

    told = run("db", "copy", "mysql://somewhere")

    assert told.status == 1
    assert "PostgreSQL" in told.err
