"""Dumps of PostgreSQL: a whole one comes back whole, and what a part of one leaves out is named."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from pointsbank import backups, migrating, proof, tables, witness
from pointsbank.cli import main
from pointsbank.database import Database
from pointsbank.drift import rule_differences
from pointsbank.proof.row_rules import GROWING
from pointsbank.shortfalls import shortfalls
from pointsbank.witness import Unwitnessed
from scripts.cluster import Cluster
from tests.builders import VILLAGE
from tests.ledger.tampering import drop_guards, tamper, write_unguarded
from tests.proof import month, whole_village

TOGETHER = 8
"""So many tables are emptied before a check that names each of them; one at a time with --full."""
RESTORING = Path(__file__).parents[2] / "docs" / "restoring.md"


def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.engine.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in SQLModel.metadata.tables
        }


def named(database: Database) -> set[str]:
    """The tables that a check says are short."""
    found = "".join(backups.problems(database)).split("的表 ")[1:]
    return {part.split(" ")[0] for part in found}


@pytest.fixture
def lived(postgresql_database: Database) -> Database:
    """A village that lived a month."""
    month.live(postgresql_database)
    postgresql_database.dispose()
    return postgresql_database


@pytest.fixture
def dump(cluster: Cluster, lived: Database, tmp_path: Path) -> Path:
    """The whole village in pg_dump's own format."""
    file = tmp_path / "village.dump"
    done = cluster.client("pg_dump", str(lived.engine.url.database), "-Fc", "-f", file)
    assert done.returncode == 0, done.stderr
    return file


def test_the_whole_dump_comes_back_into_an_empty_database(cluster: Cluster, lived: Database, dump: Path):
    options = ("--exit-on-error", "--single-transaction", "--no-owner")
    assert " ".join(options) in RESTORING.read_text("utf-8")
    back = Database(cluster.create("back"))
    try:
        done = cluster.client("pg_restore", "back", *options, dump)

        assert done.returncode == 0, done.stderr
        assert backups.problems(back) == []
        assert proof.verify(back, village=VILLAGE).holds
        assert counts(back) == counts(lived)
    finally:
        back.dispose()
        cluster.drop("back")


def test_a_dump_is_no_backup_of_ours_and_restore_names_its_programs(
    lived: Database,
    dump: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
):
    monkeypatch.setenv("POINTSBANK_DATABASE_URL", lived.engine.url.render_as_string(hide_password=False))

    assert main(["db", "restore", str(dump), "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "数据在 PostgreSQL 里，请用 pg_dump 备份、pg_restore 恢复。\n"


def test_data_alone_come_back_when_triggers_rest(cluster: Cluster, lived: Database, dump: Path):
    options = ("--exit-on-error", "--single-transaction", "--data-only", "--disable-triggers")
    assert " ".join(options) in RESTORING.read_text("utf-8")
    back = _migrated(cluster)
    try:
        done = cluster.client("pg_restore", "back", *options, dump)

        assert done.returncode == 0, done.stderr
        assert backups.problems(back) == []
        assert proof.verify(back, village=VILLAGE).holds
        assert counts(back) == counts(lived)
    finally:
        back.dispose()
        cluster.drop("back")


@pytest.mark.parametrize("dumped", ["--data-only", "-Fc"])
def test_data_alone_that_were_kept_out_are_named(
    cluster: Cluster, lived: Database, tmp_path: Path, dumped: str
):
    """Guards let no score into a closed meeting, whoever brings it: pg_restore warns, a check names it.

    A whole dump, of which only the data are restored, has them in no order that foreign keys can bear.
    """
    file, back = tmp_path / "data.dump", _migrated(cluster)
    cluster.client("pg_dump", str(lived.engine.url.database), "-Fc", dumped, "-f", file)
    try:
        cluster.client("pg_restore", "back", "--data-only", file)

        there, here = counts(lived), counts(back)
        short = {name for name in there if here[name] < there[name]}
        assert {"score", "scheme_item", "meeting_attendance"} <= short
        if dumped == "-Fc":
            assert {"log_head", "account"} <= named(back)
        else:
            assert short <= named(back)
    finally:
        back.dispose()
        cluster.drop("back")


def _migrated(cluster: Cluster) -> Database:
    """An empty database of this version, without the row that says so, which the dump brings along."""
    back = Database(cluster.create("back", template="template_village"))
    cluster.run("DELETE FROM alembic_version", "back")
    return back


def without_a_path(database: Database) -> list[str]:
    """The guards' functions that look for tables where the session happens to look."""
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT proname FROM pg_proc JOIN pg_trigger ON tgfoid = pg_proc.oid"
            " WHERE NOT tgisinternal AND proconfig IS DISTINCT FROM ARRAY['search_path=public, pg_temp']"
        )
        return [str(row[0]) for row in rows]


def test_every_guard_finds_its_tables_whatever_the_session_looks_at(postgresql_database: Database):
    assert without_a_path(postgresql_database) == []


def test_guards_of_an_older_database_are_named_and_mended_by_the_next_upgrade(postgresql_database: Database):
    def named() -> set[str]:
        with postgresql_database.engine.connect() as connection:
            return {one.name for one in rule_differences(connection) if one.name.startswith("guard_")}

    migrating.downgrade(postgresql_database, "-1")
    # The guards of tables that the last step made.
    missing = named()
    with postgresql_database.engine.begin() as connection:
        connection.exec_driver_sql('ALTER FUNCTION "guard_score_insert"() RESET search_path')
    assert without_a_path(postgresql_database) == ["guard_score_insert"]
    assert named() - missing == {"guard_score_insert"}

    migrating.upgrade(postgresql_database)

    assert without_a_path(postgresql_database) == []


def test_a_table_that_was_emptied_is_named_with_both_numbers(database: Database, full: bool):
    whole_village.live(database)
    rows = counts(database)
    unnoticed = {name for name, rule in witness.RULES.items() if isinstance(rule, Unwitnessed)}
    # The log last: what it no longer holds, it no longer tells of; its head says how long it was.
    last = ("row_witness", "log_private", "log_entry")
    drop_guards(database)
    names = sorted(name for name in rows.keys() - {"log_head", *last} if rows[name])
    # What is counted is the same on both: on PostgreSQL every fourth shows that it is counted there.
    chosen = names if full or database.is_sqlite else names[::4]
    together = 1 if full else TOGETHER
    batches = [chosen[start : start + together] for start in range(0, len(chosen), together)]
    for batch in [*batches, *([name] for name in last if rows[name])]:
        for name in batch:
            write_unguarded(database, f'DELETE FROM "{name}"')
        said = "".join(shortfalls(database))
        found = {name for name in batch if f"的表 {name} 缺行：日志记着至少" in said}
        assert found == set(batch) - unnoticed

    for name in unnoticed:
        assert f"`{name}`" in RESTORING.read_text("utf-8"), name


def test_a_person_without_a_role_is_not_missed_where_only_the_roles_are_gone(sqlite_database: Database):
    whole_village.live(sqlite_database)
    tamper(sqlite_database, "DELETE FROM staff_role", "DELETE FROM village_township")

    assert named(sqlite_database) == {"staff_role", "village_township"}


@pytest.mark.parametrize("tellings", [True, False])
def test_what_a_restore_left_out_is_named_by_the_check(a_month: Path, tmp_path: Path, tellings: bool):
    """Each by what tells of it: its digests, its entries, the month's close, or that there is a village."""
    shutil.copyfile(a_month, tmp_path / "short.sqlite3")
    short = Database(f"sqlite:///{tmp_path / 'short.sqlite3'}")
    emptied = {"scheme_item", "meeting_attendance", "listing_notification"}
    emptied |= {"card_token"} if tellings else {"log_head", "row_witness"}

    tamper(short, *(f'DELETE FROM "{name}"' for name in emptied))

    assert emptied <= named(short)
    short.dispose()


def test_a_whole_village_is_short_of_nothing(database: Database):
    whole_village.live(database)

    assert not named(database)


def test_closed_months_count_every_table_whose_rows_stay():
    kept = {guard.table for guard in tables.GUARDS if guard.on == "DELETE" and not guard.unless}
    of_villages = {name for name in kept if "village_id" in tables.metadata.tables[name].c}

    assert set(GROWING) == of_villages
