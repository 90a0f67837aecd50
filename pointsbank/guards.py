"""Triggers that keep rows as they were written, on SQLite and PostgreSQL, made by one function.

A capability lists its guards beside its tables; `tables.py` gathers them, and every migration ends by making
them anew, since SQLite's way of altering a table drops triggers without a word.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from pointsbank.text import ERASED


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses UPDATE or DELETE of a table's rows; `unless` is SQL over OLD that lets some through."""

    table: str
    on: Literal["INSERT", "UPDATE", "DELETE"]
    unless: str = ""

    @property
    def name(self) -> str:
        """The trigger's name."""
        return f"guard_{self.table}_{self.on.lower()}"

    @property
    def message(self) -> str:
        """What the database says when it refuses."""
        return f"{self.table}: rows are never changed or removed"


def append_only(*tables: str) -> tuple[Guard, ...]:
    """The guards of tables whose rows are never changed and never removed."""
    return tuple(Guard(table, on) for table in tables for on in ("UPDATE", "DELETE"))


def erased_only(texts: Iterable[str], kept: Iterable[str]) -> str:
    """SQL for an UPDATE that leaves these columns as they are and at most erases these texts."""
    erased = [f"(NEW.{text} IS NOT DISTINCT FROM OLD.{text} OR NEW.{text} = '{ERASED}')" for text in texts]
    return " AND ".join([*(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in kept), *erased])


def replace_guards(connection: Connection, guards: Iterable[Guard]) -> None:
    """Make every guard whose table exists anew, in the connection's own transaction."""
    existing = set(inspect(connection).get_table_names())
    for guard in guards:
        if guard.table in existing:
            write = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
            for statement in write(guard):
                connection.exec_driver_sql(statement)


def _on_sqlite(guard: Guard) -> list[str]:
    """The statements for SQLite."""
    refuse = f"SELECT RAISE(ABORT, '{guard.message}')"
    when = f"WHEN NOT ({guard.unless})" if guard.unless else ""
    return [
        f'DROP TRIGGER IF EXISTS "{guard.name}"',
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.on} ON "{guard.table}" {when} BEGIN {refuse}; END',
    ]


def _on_postgresql(guard: Guard) -> list[str]:
    """The statements for PostgreSQL; TRUNCATE goes round row triggers, so it is refused with DELETE."""
    refuse = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'restrict_violation'"
    row = "OLD" if guard.on == "DELETE" else "NEW"
    body = f"IF {guard.unless} THEN RETURN {row}; END IF; {refuse}" if guard.unless else refuse
    statements = _postgresql_trigger(guard.name, guard.table, guard.on, body, "FOR EACH ROW")
    if guard.on == "DELETE":
        name = f"guard_{guard.table}_truncate"
        statements += _postgresql_trigger(name, guard.table, "TRUNCATE", refuse, "")
    return statements


def _postgresql_trigger(name: str, table: str, on: str, body: str, each: str) -> list[str]:
    """One trigger with its function, made anew."""
    function = f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql'
    return [
        f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
        f"{function} AS $guard$ BEGIN {body}; END $guard$",
        f'CREATE TRIGGER "{name}" BEFORE {on} ON "{table}" {each} EXECUTE FUNCTION "{name}"()',
    ]
