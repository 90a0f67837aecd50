"""Brings a database to this version's tables: one transaction, keys off while it runs and checked after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, inspect
from sqlalchemy.pool import NullPool

from pointsbank import tables
from pointsbank.database import Database
from pointsbank.drift import rule_differences
from pointsbank.errors import Refused
from pointsbank.guards import drop_guards
from pointsbank.paths import shipped


class DatabaseTooNew(Refused):
    """The database was migrated by a newer pointsbank than this one."""

    code = "database_too_new"
    sentence = "数据库版本 {found} 比程序新，请先升级程序，再打开数据。"
    fixed_by = "管理员"


class ForeignKeysBroken(Refused):
    """After migrating, some rows point at nothing: the migration was undone."""

    code = "foreign_keys_broken"
    sentence = "升级后有{count}行数据失去对应（{tables}），升级已撤销，请联系维护人员。"
    fixed_by = "管理员"


def head() -> str | None:
    """Return the newest revision this program knows."""
    return _scripts().get_current_head()


def current(database: Database) -> str | None:
    """Return the revision of a database; None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str | None) -> bool:
    """Return whether this program knows that revision."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def is_empty(database: Database) -> bool:
    """Return whether a database has no tables yet."""
    return not inspect(database.engine).get_table_names()


def upgrade(database: Database, *, before: Callable[[], object] | None = None) -> bool:
    """Go to the newest revision, calling `before` first when there is data to lose; return whether it moved.

    Raises:
        DatabaseTooNew: the database's revision is unknown here.
        ForeignKeysBroken: rows would point at nothing; the database is as it was.
    """
    found = current(database)
    if found == head():
        return False
    if found is not None and not is_known(found):
        raise DatabaseTooNew(found=found)
    if before is not None and not is_empty(database):
        before()
    _move(database, command.upgrade, "head")
    return True


def downgrade(database: Database, revision: str) -> None:
    """Go back to an older revision, for tests and rescue; raises ForeignKeysBroken."""
    _move(database, command.downgrade, revision)


def drift(database: Database) -> list[str]:
    """Return how the database differs from the models, each in words; empty when they agree.

    Tables, columns, keys and indexes are compared by Alembic, the text of CHECKs and triggers by us.
    """
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [repr(difference) for difference in compare_metadata(context, tables.metadata)]
    with database.engine.connect() as connection:
        return [*found, *map(str, rule_differences(connection))]


def _move(database: Database, step: Callable[[Config, str], None], revision: str) -> None:
    """Run Alembic on a connection of our own, without the guards, which are made anew at the end.

    SQLite cannot rename a table while a trigger names it, and a step may have to change guarded rows.
    """
    with _migrating_connection(database) as connection:
        config = _config()
        config.attributes["connection"] = connection
        drop_guards(connection)
        step(config, revision)
        tables.make_guards(connection)
        _check_foreign_keys(connection)


@contextmanager
def _migrating_connection(database: Database) -> Iterator[Connection]:
    """One writing transaction. SQLite's keys are off: batch mode would empty child tables through them."""
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            yield connection
        return
    engine = create_engine(
        database.url, poolclass=NullPool, connect_args={"isolation_level": None, "timeout": 8}
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        yield connection


def _check_foreign_keys(connection: Connection) -> None:
    """Refuse, and so undo, a migration that left rows pointing at nothing."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise ForeignKeysBroken(count=len(broken), tables="、".join(sorted({str(row[0]) for row in broken})))


def _config() -> Config:
    """Return Alembic's settings; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    """Return the chain of migrations."""
    return ScriptDirectory.from_config(_config())
