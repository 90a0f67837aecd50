"""Every table can be spread by village, every constraint has a name, migrations and models agree."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Table, UniqueConstraint, inspect
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, select

from pointsbank import backups, migrating
from pointsbank.database import Database
from pointsbank.market.models import AttemptRow
from pointsbank.tables import GUARDS, metadata
from pointsbank.village_tables import VillageTable
from tests.drawing import mostly_sqlite

EXEMPT = {
    "village",
    "township",
    "village_township",
    "staff",
    "staff_role",
    "account_act",
    "staff_session",
    "password_due",
    "second_factor",
    "code_use",
    "recovery_code",
    "staff_event",
    "api_token",
    "throttle",
    "setup_code",
    "card_token",
    "job",
}  # asked before the village is known
TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
OF_A_VILLAGE = [table for table in TABLES if table.name not in EXEMPT]
named = pytest.mark.parametrize("table", OF_A_VILLAGE, ids=lambda table: table.name)


@named
def test_the_key_begins_with_the_village(table: Table):
    assert next(iter(table.primary_key.columns)).name == "village_id"


def test_every_table_of_a_village_is_made_of_the_base():
    rows = {mapper.local_table.name: mapper.class_ for mapper in SQLModel._sa_registry.mappers}

    assert {name for name, row in rows.items() if not issubclass(row, VillageTable)} == EXEMPT


@named
def test_every_row_leads_to_its_village(table: Table):
    towards, led = [table], {table.name}
    while towards:
        found = {key.referred_table for key in towards.pop().foreign_key_constraints}
        towards += [each for each in found if each.name not in led]
        led |= {each.name for each in found}

    assert "village" in led


def test_a_condition_names_the_village_of_an_alias_too():
    other = aliased(AttemptRow)
    asked = select(AttemptRow.id).where(AttemptRow.in_village("chayuan"), other.in_village_of(AttemptRow))

    assert "attempt.village_id = 'chayuan' AND attempt_1.village_id = attempt.village_id" in str(
        asked.compile(compile_kwargs={"literal_binds": True})
    )


@named
def test_every_foreign_key_begins_with_the_village(table: Table):
    astray = [key.name for key in table.foreign_key_constraints if key.column_keys[0] != "village_id"]

    assert not astray


@named
def test_every_unique_rule_and_index_begins_with_the_village(table: Table):
    unique = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    astray = [
        rule.name for rule in [*unique, *table.indexes] if next(iter(rule.columns)).name != "village_id"
    ]

    assert not astray


def test_every_constraint_and_index_has_a_name():
    nameless = [
        f"{table.name}: {rule!r}"
        for table in TABLES
        for rule in [*table.constraints, *table.indexes]
        if not rule.name
    ]

    assert not nameless


def test_the_books_can_only_be_added_to():
    guarded = {(guard.table, guard.on) for guard in GUARDS}

    assert {
        (table, on) for table in ("transaction", "posting", "log_entry") for on in ("UPDATE", "DELETE")
    } <= guarded


def test_the_migrations_have_one_head_and_four_digit_names():
    scripts = ScriptDirectory.from_config(migrating._config())

    assert len(scripts.get_heads()) == 1
    assert all(script.revision[:4].isdigit() for script in scripts.walk_revisions())


def test_the_migrations_make_what_the_models_say(database: Database):
    assert migrating.drift(database) == []


def test_the_migrations_make_every_check(database: Database):
    wanted = {
        str(rule.name) for table in TABLES for rule in table.constraints if isinstance(rule, CheckConstraint)
    }
    inspector = inspect(database.engine)
    made = {rule["name"] for table in TABLES for rule in inspector.get_check_constraints(table.name)}

    assert wanted <= made


@mostly_sqlite
def test_triggers_survive_going_down_and_up_again(database: Database):
    assert backups.problems(database) == []

    migrating.downgrade(database, "base")
    migrating.upgrade(database)

    assert backups.problems(database) == []


def test_a_missing_trigger_is_found(sqlite_database: Database):
    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql('DROP TRIGGER "guard_posting_update"')

    assert any("guard_posting_update" in sentence for sentence in backups.problems(sqlite_database))


def test_a_model_that_moved_on_without_a_migration_would_be_found(sqlite_database: Database):
    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql('ALTER TABLE "village" ADD COLUMN "mayor" TEXT')

    assert any("mayor" in difference for difference in migrating.drift(sqlite_database))
