"""What one database of a test process compiled serves the next; another compiler has its own."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlmodel import Session

from pointsbank.database import Database
from pointsbank.villages.models import VillageRow
from tests.compiled import COMPILED
from tests.publicity.test_settling_race import without_locks


def test_a_statement_is_compiled_once_for_all_databases(sqlite_template: Path, tmp_path: Path):
    query = select(VillageRow.id).where(VillageRow.id == "somewhere", VillageRow.name == "else")
    sizes = []
    for number in range(2):
        file = tmp_path / f"{number}.sqlite3"
        shutil.copyfile(sqlite_template, file)
        database = Database(f"sqlite:///{file}")
        with database.reading() as session:
            before = len(COMPILED)
            assert session.execute(query).all() == []
            sizes.append(len(COMPILED) - before)
        database.dispose()

    assert sizes == [1, 0]


def test_a_dialect_that_compiles_otherwise_is_another(tmp_path: Path):
    ours, plain = Database(f"sqlite:///{tmp_path / 'ours'}").engine, create_engine("sqlite://")

    assert ours.dialect == Database(f"sqlite:///{tmp_path / 'too'}").engine.dialect
    assert ours.dialect != plain.dialect


def test_what_was_compiled_without_locks_serves_nobody_else(postgresql_database: Database) -> None:
    query = select(VillageRow.id).where(VillageRow.id == "somewhere").with_for_update()

    def locked(session: Session) -> bool:
        return "FOR UPDATE" in str(session.connection().execute(query).context.compiled)

    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        without_locks(postgresql_database, monkeypatch),
        postgresql_database.writing() as session,
    ):
        assert not locked(session)

    with Database(postgresql_database.url).writing() as session:
        assert locked(session)
