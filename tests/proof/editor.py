"""Somebody with the database's password, who writes into one cell of any table, and can take it back."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, Executable, Table, create_engine, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from pointsbank.database import Database, UtcDateTime
from tests.ledger.tampering import drop_guards


@dataclass(frozen=True, eq=False)
class Edit:
    """One change of a cell: where the row lay at first, what the cell was and becomes."""

    table: str
    column: str
    place: Any
    before: Any
    after: Any


class Editor:
    """Edits through one connection on which no rule of the database holds."""

    def __init__(self, connection: Connection, dice: random.Random) -> None:
        self._connection = connection
        self._dice = dice
        self._rowid = "rowid" if connection.dialect.name == "sqlite" else "ctid"
        # PostgreSQL writes a changed row to another place.
        self._moved: dict[tuple[str, Any], Any] = {}

    def places(self, table: str) -> list[Any]:
        """Where the rows of a table lie, in an order that is the same in every run."""
        keys = ", ".join(f'"{name}"' for name in self._keys(table))
        return [row[0] for row in self._run(f'SELECT {self._rowid} FROM "{table}" ORDER BY {keys}')]

    def plan(self, column: Column[Any], place: Any) -> Edit | None:
        """Return a plausible change of one cell; None where the database has no room for any."""
        table, now = column.table.name, self._moved.get((column.table.name, place), place)
        query = f'SELECT "{column.name}" FROM "{table}" WHERE {self._rowid} = :place'
        [[was]] = self._run(query, place=now)
        for _ in range(20):
            edit = Edit(table, column.name, place, was, self._another(column, was))
            if edit.after == was:
                continue
            try:
                self.make(edit)
            except DBAPIError:
                continue
            self.undo(edit)
            return edit
        return None

    def make(self, edit: Edit) -> None:
        """Write the new value."""
        self._set(edit, edit.after)

    def undo(self, edit: Edit) -> None:
        """Put the old value back."""
        self._set(edit, edit.before)

    def write(self, order: Executable) -> None:
        """Run any order."""
        self._connection.execute(order)

    def _set(self, edit: Edit, value: Any) -> None:
        order = f'UPDATE "{edit.table}" SET "{edit.column}" = :value WHERE {self._rowid} = :place'
        now = self._moved.get((edit.table, edit.place), edit.place)
        [[moved]] = self._run(f"{order} RETURNING {self._rowid}", value=value, place=now)
        self._moved[edit.table, edit.place] = moved

    def _run(self, order: str, **values: Any) -> list[Any]:
        return list(self._connection.execute(text(order), values))

    def _keys(self, table: str) -> list[str]:
        return inspect(self._connection).get_pk_constraint(table)["constrained_columns"]

    def _another(self, column: Column[Any], was: Any) -> Any:
        """Return a value that an attacker might like better."""
        kind = datetime if isinstance(column.type, UtcDateTime) else column.type.python_type
        dice = self._dice
        if was is not None and column.nullable and dice.random() < 0.1:
            return None
        if kind is bool:
            return type(was)(not was) if was is not None else True
        if kind is int:
            return (was or 0) + dice.choice((-100, -1, 1, 7, 100))
        if kind is bytes:
            return _flipped(bytes(was), dice) if was else dice.randbytes(32)
        if kind in (date, datetime, time):
            return _moved(kind, was, dice)
        return _reworded(was or "", dice)


def _flipped(was: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(was))
    return was[:place] + bytes([was[place] ^ dice.randrange(1, 256)]) + was[place + 1 :]


def _reworded(was: str, dice: random.Random) -> str:
    """Return a text with one character added, taken out or exchanged."""
    place = dice.randrange(len(was) + 1)
    kept = was[place + dice.randrange(2) :]
    return (
        was[:place] + dice.choice("abc0189") + kept
        if dice.random() < 0.8 or not was[:place] + kept
        else (was[:place] + was[place + 1 :] if place < len(was) else was[:-1])
    )


def _moved(kind: type, was: Any, dice: random.Random) -> Any:
    """Return a day, a moment or a time some days, seconds or hours away, in the form it was stored in."""
    stored = (
        was
        if was is not None
        else {date: "2026-09-15", time: "09:30:00.000000"}.get(kind, "2026-09-15 08:00:00.000000")
    )
    value: Any = kind.fromisoformat(stored) if isinstance(stored, str) else stored  # type: ignore[attr-defined]
    if kind is time:
        value = value.replace(hour=(value.hour + dice.randrange(1, 24)) % 24)
    else:
        value += timedelta(days=dice.choice((-30, -1, 1, 2, 365)))
    if not isinstance(was, str) and not (was is None and isinstance(stored, str)):
        return value
    if kind is datetime:
        return value.isoformat(sep=" ", timespec="microseconds")
    return value.isoformat(timespec="microseconds") if kind is time else value.isoformat()


@contextmanager
def editing(database: Database, dice: random.Random, tables: list[Table]) -> Iterator[Editor]:
    """An editor of this database; triggers, keys and checks are taken away first."""
    drop_guards(database)
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if database.is_sqlite:
            for order in ("foreign_keys=OFF", "ignore_check_constraints=ON", "synchronous=OFF"):
                connection.execute(text(f"PRAGMA {order}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
            for table in tables:
                for rule in inspect(connection).get_check_constraints(table.name):
                    connection.execute(text(f'ALTER TABLE "{table.name}" DROP CONSTRAINT "{rule["name"]}"'))
        yield Editor(connection, dice)
    engine.dispose()
