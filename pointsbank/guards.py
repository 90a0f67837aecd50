"""Triggers that keep rows as they were written, on SQLite and PostgreSQL, made by one function.

A capability lists its guards beside its tables; `tables.py` gathers them, and every migration ends by making
them anew, since SQLite's way of altering a table drops triggers without a word. `drift` compares the text of
each with the one in the database.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from pointsbank.text import ERASED

_EXISTING = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    # A trigger that was switched off is not the same as one that works, nor is one that looks elsewhere.
    "postgresql": "SELECT tgname, replace(pg_get_triggerdef(pg_trigger.oid, true), '\"', '')"
    " || CASE tgenabled WHEN 'O' THEN '' ELSE ' DISABLED' END || prosrc"
    " || coalesce(array_to_string(proconfig, ' '), '')"
    " FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace",
}
_DROP = {
    "sqlite": 'DROP TRIGGER "{name}"',
    "postgresql": 'DROP FUNCTION IF EXISTS "{name}" CASCADE',
}
_PREFIX = "guard_"
_BYTES = re.compile(r"\bX'([0-9A-F]*)'")


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses INSERT, UPDATE or DELETE of a table's rows unless the SQL over OLD and NEW holds.

    Bytes in it are written as SQLite has them: X'00'.
    """

    table: str
    on: Literal["INSERT", "UPDATE", "DELETE"]
    unless: str = ""

    @property
    def name(self) -> str:
        """The trigger's name."""
        return f"{_PREFIX}{self.table}_{self.on.lower()}"

    @property
    def message(self) -> str:
        """What the database says when it refuses."""
        return f"{self.table}: rows are never changed or removed"


@dataclass(frozen=True, slots=True)
class _Trigger:
    """A guard as one kind of database understands it: the statements that make it, and its text once made."""

    name: str
    statements: tuple[str, ...]
    text: str


def append_only(*tables: str) -> tuple[Guard, ...]:
    """Return the guards of tables whose rows are never changed and never removed."""
    return tuple(Guard(table, on) for table in tables for on in ("UPDATE", "DELETE"))


def erased_only(texts: Iterable[str], kept: Iterable[str]) -> str:
    """Return SQL for an UPDATE that leaves the `kept` columns as they are and at most erases the `texts`."""
    erased = [f"(NEW.{text} IS NOT DISTINCT FROM OLD.{text} OR NEW.{text} = '{ERASED}')" for text in texts]
    return " AND ".join([*(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in kept), *erased])


def replace_guards(connection: Connection, guards: Iterable[Guard]) -> None:
    """Drop every guard and make those whose table exists anew, in the connection's own transaction."""
    drop_guards(connection)
    tables = set(inspect(connection).get_table_names())
    for trigger in _triggers(connection, [guard for guard in guards if guard.table in tables]):
        for statement in trigger.statements:
            connection.exec_driver_sql(statement)


def drop_guards(connection: Connection) -> None:
    """Drop every guard in the database, in the connection's own transaction."""
    for name in existing_triggers(connection):
        if name.startswith(_PREFIX):
            connection.exec_driver_sql(_DROP[connection.dialect.name].format(name=name))


def existing_triggers(connection: Connection) -> dict[str, str]:
    """Return the text of every trigger in the database by its name, a guard's or not."""
    rows = connection.exec_driver_sql(_EXISTING[connection.dialect.name])
    return {str(name): str(text) for name, text in rows}


def wanted_triggers(connection: Connection, guards: Iterable[Guard]) -> dict[str, str]:
    """Return the text that each of these guards has in this kind of database by the trigger's name."""
    return {trigger.name: trigger.text for trigger in _triggers(connection, guards)}


def _triggers(connection: Connection, guards: Iterable[Guard]) -> list[_Trigger]:
    """Return the triggers these guards are made of."""
    if connection.dialect.name == "sqlite":
        return [trigger for guard in guards for trigger in _on_sqlite(guard)]
    schema = str(connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one())
    return [trigger for guard in guards for trigger in _on_postgresql(guard, schema)]


def _on_sqlite(guard: Guard) -> list[_Trigger]:
    """Return the guard's trigger on SQLite, which keeps the statement as it was given."""
    refuse = f"SELECT RAISE(ABORT, '{guard.message}')"
    when = f"WHEN NOT ({guard.unless})" if guard.unless else ""
    text = f'CREATE TRIGGER "{guard.name}" BEFORE {guard.on} ON "{guard.table}" {when} BEGIN {refuse}; END'
    return [_Trigger(guard.name, (text,), text)]


def _on_postgresql(guard: Guard, schema: str) -> list[_Trigger]:
    """Return the guard's triggers on PostgreSQL; TRUNCATE goes round row triggers: refuse it with DELETE."""
    refuse = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'restrict_violation'"
    row = "OLD" if guard.on == "DELETE" else "NEW"
    unless = _BYTES.sub(r"'\\x\1'::bytea", guard.unless)
    body = f"IF {unless} THEN RETURN {row}; END IF; {refuse}" if unless else refuse
    triggers = [_postgresql_trigger(guard.name, guard.table, guard.on, body, "ROW", schema)]
    if guard.on == "DELETE":
        name = f"{_PREFIX}{guard.table}_truncate"
        triggers.append(_postgresql_trigger(name, guard.table, "TRUNCATE", refuse, "STATEMENT", schema))
    return triggers


def _postgresql_trigger(name: str, table: str, on: str, body: str, each: str, schema: str) -> _Trigger:
    """Return one trigger with its function, which finds its tables whatever the session's path is."""
    function = f" BEGIN {body}; END "
    # Dumps empty `search_path` while they are loaded: a guard that looks for a table would find none.
    path = f"{schema}, pg_temp"
    trigger = f'CREATE TRIGGER "{name}" BEFORE {on} ON "{table}" FOR EACH {each} EXECUTE FUNCTION "{name}"()'
    statements = (
        f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
        (
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql'
            f" SET search_path = {path} AS $guard${function}$guard$"
        ),
        trigger,
    )
    return _Trigger(name, statements, trigger.replace('"', "") + function + f"search_path={path}")
