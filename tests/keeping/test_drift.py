"""CHECKs and triggers that differ between the models and the database are found by their text."""

import importlib.util
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import CheckConstraint, text

from pointsbank import backups, guards, migrating, tables
from pointsbank.database import Database
from pointsbank.drift import replace_checks, rule_differences
from pointsbank.guards import Guard
from scripts import make_migration


def check(name: str) -> CheckConstraint:
    """A CHECK of the models by its name."""
    [found] = [
        rule
        for table in tables.metadata.tables.values()
        for rule in table.constraints
        if str(rule.name) == name
    ]
    assert isinstance(found, CheckConstraint)
    return found


def run(database: Database, *statements: str) -> None:
    """Do something to the database behind the program's back."""
    with database.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.fixture
def other_check(monkeypatch: pytest.MonkeyPatch) -> str:
    """A CHECK of the models that became another."""
    monkeypatch.setattr(check("ck_goods_moves"), "sqltext", text("moves >= 0 and moves < 1000000"))
    return "ck_goods_moves"


@pytest.fixture
def other_guard(monkeypatch: pytest.MonkeyPatch) -> str:
    """A guard of the models that became another."""
    [old] = [guard for guard in tables.GUARDS if guard.name == "guard_log_private_delete"]
    kept = [guard for guard in tables.GUARDS if guard is not old]
    monkeypatch.setattr(tables, "GUARDS", [*kept, Guard(old.table, old.on, "OLD.log_index > 5")])
    return old.name


def test_the_shipped_migrations_make_the_rules_of_the_models(database: Database):
    with database.engine.connect() as connection:
        assert rule_differences(connection) == []


def test_a_changed_check_is_found_by_its_text(database: Database, other_check: str):
    [difference] = migrating.drift(database)

    assert other_check in difference
    assert "1000000" in difference
    assert any(other_check in sentence for sentence in backups.problems(database))


def test_a_check_that_the_database_has_not_or_alone_has_is_found(postgresql_database: Database):
    run(
        postgresql_database,
        "ALTER TABLE goods DROP CONSTRAINT ck_goods_moves",
        "ALTER TABLE goods ADD CONSTRAINT ck_goods_colour CHECK (name <> 'red')",
    )

    assert migrating.drift(postgresql_database) == [
        "多出检查约束 ck_goods_colour",
        "缺少检查约束 ck_goods_moves",
    ]


def test_a_check_that_the_old_rows_were_spared_is_found(postgresql_database: Database):
    run(
        postgresql_database,
        "ALTER TABLE goods DROP CONSTRAINT ck_goods_moves",
        "ALTER TABLE goods ADD CONSTRAINT ck_goods_moves CHECK (moves >= 0) NOT VALID",
    )

    [difference] = migrating.drift(postgresql_database)
    assert "ck_goods_moves" in difference


def test_a_dropped_trigger_is_found(database: Database):
    on = "" if database.is_sqlite else "ON posting"
    run(database, f'DROP TRIGGER "guard_posting_update" {on}')

    assert migrating.drift(database) == ["缺少触发器 guard_posting_update"]


def test_a_trigger_that_lets_more_through_is_found(database: Database, other_guard: str):
    [difference] = migrating.drift(database)

    assert f"{other_guard} 的内容不同" in difference


def test_a_trigger_switched_off_or_of_another_event_is_found(postgresql_database: Database):
    run(
        postgresql_database,
        "ALTER TABLE posting DISABLE TRIGGER guard_posting_update",
        "DROP TRIGGER guard_posting_delete ON posting",
        "CREATE TRIGGER guard_posting_delete AFTER DELETE ON posting"
        " FOR EACH ROW EXECUTE FUNCTION guard_posting_delete()",
    )

    assert [
        "guard_posting_delete" in one or "guard_posting_update" in one
        for one in migrating.drift(postgresql_database)
    ] == [
        True,
        True,
    ]


def test_a_trigger_of_nobody_is_found_and_goes_with_the_next_migration(database: Database):
    with database.engine.begin() as connection:
        guards.replace_guards(connection, [*tables.GUARDS, Guard("goods", "DELETE")])
    assert any("多出触发器 guard_goods_delete" in one for one in migrating.drift(database))

    migrating.downgrade(database, "-1")
    migrating.upgrade(database)

    assert migrating.drift(database) == []


def test_replacing_the_checks_of_every_table_loses_nothing(database: Database):
    with migrating._migrating_connection(database) as connection:
        op = Operations(MigrationContext.configure(connection))
        guards.drop_guards(connection)
        for table in tables.metadata.sorted_tables:
            replace_checks(op, table.name, {})
        replace_checks(op, "goods", {"ck_goods_moves": None, "ck_goods_colour": "name <> 'red'"})
        tables.make_guards(connection)

    assert migrating.drift(database) == ["多出检查约束 ck_goods_colour", "缺少检查约束 ck_goods_moves"]


def test_a_migration_for_a_changed_check_makes_it_and_goes_back(
    database: Database, tmp_path: Path, other_check: str
):
    assert make_migration.main("moves are bounded", tmp_path) == 0
    [file] = tmp_path.glob("*.py")
    spec = importlib.util.spec_from_file_location("written", file)
    assert spec is not None and spec.loader is not None
    written = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(written)

    with (
        migrating._migrating_connection(database) as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        written.upgrade()
        tables.make_guards(connection)
    assert migrating.drift(database) == []
    with (
        migrating._migrating_connection(database) as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        written.downgrade()
        tables.make_guards(connection)
    assert len(migrating.drift(database)) == 1


def test_a_migration_without_a_step_is_written_for_changed_guards_alone(tmp_path: Path):
    assert make_migration.main("nothing", tmp_path) == 1
    assert not list(tmp_path.glob("*.py"))

    assert make_migration.main("more may go", tmp_path, guards=True) == 0
    assert len(list(tmp_path.glob("*.py"))) == 1
