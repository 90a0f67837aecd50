"""Compares the rules in a database, CHECK constraints and guards, with those of the models, text by text.

Alembic compares tables, columns, keys and indexes but neither CHECKs nor triggers. PostgreSQL rewrites the
expressions it is given, so the text of a model's CHECK cannot be compared with the server's as it stands: the
models' tables are made beside the real ones as temporary tables, in a transaction that is rolled back, and
the server says how it understood both. SQLite keeps every text as it was given.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from alembic.operations import Operations
from sqlalchemy import CheckConstraint, MetaData, Table, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ProgrammingError

from pointsbank import tables
from pointsbank.guards import existing_triggers, wanted_triggers

Rules = dict[tuple[str, str], str]
"""Texts of rules by table and name."""

_POSTGRESQL_CHECKS = (
    "SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint"
    " JOIN pg_class ON pg_class.oid = conrelid WHERE contype = 'c' AND connamespace = {schema}"
)
_ASIDE = "_aside"


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """A rule that the database and the models do not have alike; None is the text of a rule that is missing.

    `table` is empty for a trigger.
    """

    kind: Literal["check", "trigger"]
    table: str
    name: str
    in_models: str | None
    in_database: str | None

    def __str__(self) -> str:
        """Return the difference in words."""
        what = f"{'检查约束' if self.kind == 'check' else '触发器'} {self.name}"
        if self.in_database is None:
            return f"缺少{what}"
        if self.in_models is None:
            return f"多出{what}"
        return f"{what} 的内容不同，程序为 {self.in_models}，数据库为 {self.in_database}"


def rule_differences(connection: Connection) -> list[RuleDifference]:
    """Return every CHECK and trigger that is missing, left over or has another text than the models say.

    On PostgreSQL the connection must not have begun a transaction: one is begun and rolled back.
    """
    wanted, found = _checks(connection)
    checks = _differences("check", wanted, found)
    triggers = _differences(
        "trigger",
        _keyed(wanted_triggers(connection, tables.GUARDS)),
        _keyed(existing_triggers(connection)),
    )
    return [*checks, *triggers]


def replace_checks(op: Operations, table: str, checks: Mapping[str, str | None]) -> None:
    """Give a table other CHECK constraints, for migrations: SQL by full name, None to drop one.

    Example:
        replace_checks(op, "goods", {"ck_goods_moves": "moves >= 0", "ck_goods_colour": None})
    """
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for name, sql in checks.items():
            op.execute(text(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"'))
            if sql is not None:
                op.create_check_constraint(op.f(name), table, sql)
        return
    # Batch mode copies the CHECKs of a table that is handed to it, not always those that it looks up itself.
    copied = Table(table, MetaData(), autoload_with=connection)
    for rule in [rule for rule in copied.constraints if isinstance(rule, CheckConstraint)]:
        if rule.name in checks:
            copied.constraints.discard(rule)
    for name, sql in checks.items():
        if sql is not None:
            copied.append_constraint(CheckConstraint(sql, name=op.f(name)))
    with op.batch_alter_table(table, recreate="always", copy_from=copied):
        pass


def change_log_kinds(op: Operations, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
    """Let the log hold further kinds of entries, last in their order, or no longer hold some, for migrations.

    A kind to be removed of which the log has an entry stays: entries are never removed, and an older program
    reads them as entries that it does not know.

    Example:
        change_log_kinds(op, add=["group_made", "group_closed"])
    """
    change_kinds(op, "log_entry", add=add, remove=remove)


def change_kinds(
    op: Operations, table: str, *, column: str = "kind", add: Sequence[str] = (), remove: Sequence[str] = ()
) -> list[str]:
    """Let the column `kind`, or another, of a table of rows that stay hold further words, or no longer some.

    A word to be removed that is in use stays. Returns the words that the column may hold then.

    Example:
        change_kinds(op, "transaction", add=["goods_return"])
    """
    connection = op.get_bind()
    name = f"ck_{table}_{column}"
    [rule] = [one for one in inspect(connection).get_check_constraints(table) if one["name"] == name]
    known = re.findall(r"'(\w+)'", rule["sqltext"])
    used = {kind for (kind,) in connection.exec_driver_sql(f'SELECT DISTINCT {column} FROM "{table}"')}
    kept = [kind for kind in known if kind not in {*add, *remove}]
    wanted = [*kept, *add, *(kind for kind in remove if kind in used)]
    replace_checks(op, table, {name: f"{column} in ({', '.join(repr(kind) for kind in wanted)})"})
    return wanted


def _differences(
    kind: Literal["check", "trigger"],
    wanted: Mapping[tuple[str, str], str],
    found: Mapping[tuple[str, str], str],
) -> Iterator[RuleDifference]:
    """Compare rules by table and name."""
    for table, name in sorted(wanted.keys() | found.keys()):
        mine, theirs = wanted.get((table, name)), found.get((table, name))
        if mine != theirs:
            yield RuleDifference(kind, table, name, mine, theirs)


def _keyed(texts: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return the texts of triggers by (no table, name)."""
    return {("", name): text for name, text in texts.items()}


def _checks(connection: Connection) -> tuple[Rules, Rules]:
    """Return the models' CHECKs as this database would write them, and those of the database."""
    if connection.dialect.name == "sqlite":
        wanted = {
            (table.name, str(rule.name)): _one_line(str(rule.sqltext))
            for table in tables.metadata.sorted_tables
            for rule in table.constraints
            if isinstance(rule, CheckConstraint)
        }
        found = {
            (table, str(rule["name"])): _one_line(rule["sqltext"])
            for (_, table), rules in inspect(connection).get_multi_check_constraints().items()
            for rule in rules
        }
        return wanted, found
    with connection.begin() as transaction:
        beside = connection.execution_options(schema_translate_map={None: "pg_temp"})
        tables.metadata.create_all(beside, checkfirst=False)
        wanted = _postgresql_checks(connection, "pg_my_temp_schema()")
        found = _postgresql_checks(connection, "current_schema()::regnamespace")
        for key in wanted.keys() & found.keys():
            if wanted[key] != found[key] and _mean_the_same(connection, key[0], wanted[key], found[key]):
                found[key] = wanted[key]
        transaction.rollback()
    return wanted, found


def _mean_the_same(connection: Connection, table: str, one: str, other: str) -> bool:
    """Return whether PostgreSQL writes two rules alike when it has read its own words again, twice.

    It does not read back what it writes: `kind IN ('a')` over varchar is written as one expression, read
    from a dump as another, and only that one stays as it is. A restored database is no different one.
    """
    for _ in range(2):
        one, other = (_as_read(connection, table, rule) for rule in (one, other))
    return one == other


def _as_read(connection: Connection, table: str, rule: str) -> str:
    """Return how the server writes a rule once a temporary table has it; the rule itself if it takes none."""
    with connection.begin_nested() as trying:
        try:
            connection.exec_driver_sql(f'ALTER TABLE pg_temp."{table}" ADD CONSTRAINT read_again {rule}')
        except ProgrammingError:
            written = rule
        else:
            query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'read_again'"
            written = str(connection.exec_driver_sql(query).scalar_one())
        trying.rollback()
    return written


def _postgresql_checks(connection: Connection, schema: str) -> Rules:
    """Return the CHECKs of the tables of one schema."""
    rows = connection.exec_driver_sql(_POSTGRESQL_CHECKS.format(schema=schema))
    return {(str(table), str(name)): str(text) for table, name, text in rows}


def _one_line(text: str) -> str:
    """Return the text with its white space made single blanks."""
    return " ".join(text.split())


def set_aside(op: Operations, table: str, kinds: Sequence[str]) -> None:
    """Put rows whose kind an older program does not know into a table of their own, for going back.

    Who did what must not be forgotten by going back and forth. An older program ignores the table.

    Example:
        set_aside(op, "staff_event", ["backup_taken"])
    """
    aside, listed = f"{table}{_ASIDE}", ", ".join(repr(kind) for kind in kinds)
    chosen = f"FROM {table} WHERE kind IN ({listed})"
    columns = ", ".join(_columns(op, table))
    if inspect(op.get_bind()).has_table(aside):
        op.execute(text(f"INSERT INTO {aside} ({columns}) SELECT {columns} {chosen}"))
    elif op.get_bind().execute(text(f"SELECT 1 {chosen} LIMIT 1")).first():
        op.execute(text(f"CREATE TABLE {aside} AS SELECT {columns} {chosen}"))
    op.execute(text(f"DELETE {chosen}"))


def take_back(op: Operations, table: str, kinds: Sequence[str]) -> None:
    """Put back what `set_aside` has put away of these kinds, if anything.

    Example:
        take_back(op, "staff_event", ["backup_taken"])
    """
    aside, listed = f"{table}{_ASIDE}", ", ".join(repr(kind) for kind in kinds)
    if not inspect(op.get_bind()).has_table(aside):
        return
    chosen = f"FROM {aside} WHERE kind IN ({listed})"
    columns = ", ".join(_columns(op, table))
    op.execute(text(f"INSERT INTO {table} ({columns}) SELECT {columns} {chosen}"))
    op.execute(text(f"DELETE {chosen}"))
    if op.get_bind().execute(text(f"SELECT 1 FROM {aside} LIMIT 1")).first() is None:
        op.drop_table(aside)


def _columns(op: Operations, table: str) -> list[str]:
    return [column["name"] for column in inspect(op.get_bind()).get_columns(table)]
