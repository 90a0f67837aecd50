"""Lets an empty SQLite file become what the chain of migrations made of the first one in this process.

The chain takes two seconds of the processor, and hundreds of commands in the tests begin with an empty file.
What it makes of nothing is always the same: the tables are made as it left them. The first file of each test
process, every file with tables in it and every database of a server go through the chain itself.
"""

from functools import wraps
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_HEAD = "head"
_MADE = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
_kept: list[tuple[str, tuple[Any, ...]]] = []
"""The statements that make the newest tables, and the row that says which they are."""


def keep() -> None:
    """Let what is migrated from nothing from now on be made at once."""
    climb = command.upgrade

    @wraps(climb)
    def upgrade(config: Config, revision: str, **named: Any) -> None:
        connection: Connection = config.attributes["connection"]
        if connection.dialect.name != "sqlite" or revision != _HEAD or _statements(connection):
            climb(config, revision, **named)
            return
        if not _kept:
            climb(config, revision, **named)
            _kept.extend(_written(connection))
            return
        for statement, values in _kept:
            connection.exec_driver_sql(statement, values)

    command.upgrade = upgrade


def _statements(connection: Connection) -> list[str]:
    """Return what makes the tables and indexes that are there."""
    return [str(sql) for sql in connection.exec_driver_sql(_MADE).scalars()]


def _written(connection: Connection) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the statements that make this database anew; no migration writes rows where there are none."""
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    made: list[tuple[str, tuple[Any, ...]]] = [(sql, ()) for sql in _statements(connection)]
    return [*made, ("INSERT INTO alembic_version VALUES (?)", (revision,))]
