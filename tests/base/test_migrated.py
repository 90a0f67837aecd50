"""What is made at once from nothing is what the chain of migrations makes; nothing else is made at once."""

from pathlib import Path

from alembic import command

from pointsbank import migrating
from pointsbank.database import Database

NAMED = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"


def written(database: Database) -> tuple[list[tuple[object, ...]], dict[str, int]]:
    """Everything that makes the tables, in order, and how many rows each has."""
    with database.engine.connect() as connection:
        made = [tuple(row) for row in connection.exec_driver_sql(NAMED)]
        names = [str(name) for kind, name, _ in made if kind == "table"]
        rows = {
            name: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())
            for name in names
        }
    database.dispose()
    return made, {name: count for name, count in rows.items() if count}


def climbed(file: Path) -> Database:
    """A new file brought to the newest version."""
    database = Database(f"sqlite:///{file}")
    assert migrating.upgrade(database)
    return database


def test_a_file_made_at_once_is_the_one_that_the_chain_made(sqlite_template: Path, tmp_path: Path):
    chain, at_once = Database(f"sqlite:///{sqlite_template}"), climbed(tmp_path / "new.sqlite3")

    assert migrating.current(at_once) == migrating.head()
    assert migrating.drift(at_once) == []
    assert written(at_once) == written(chain)
    assert written(chain)[1] == {"alembic_version": 1}


def test_only_what_is_empty_is_made_at_once(sqlite_template: Path, tmp_path: Path):
    database = climbed(tmp_path / "new.sqlite3")
    migrating.downgrade(database, "-1")
    assert migrating.current(database) != migrating.head()
    migrating.upgrade(database)

    assert migrating.drift(database) == []
    assert command.upgrade.__wrapped__ is not command.upgrade  # type: ignore[attr-defined]
