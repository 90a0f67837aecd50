"""What one database of a test process compiled serves the next; another compiler has its own."""

import shutil
from pathlib import Path

from sqlalchemy import create_engine, select

from pointsbank.database import Database
from pointsbank.villages.models import VillageRow
from tests.compiled import COMPILED


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
