"""Whoever writes into a cell behind the program's back is found: every column of every table."""

import random
import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import pytest
from sqlalchemy import Table, Update, select, update

from pointsbank import proof
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.tables import metadata
from pointsbank.witness import RULES, Checked, Unwitnessed, Witnessed
from tests.builders import VILLAGE
from tests.proof import whole_village
from tests.proof.attributing import Look, found_alone, found_by_name, found_by_timetable
from tests.proof.editor import Edit, Editor, editing

TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
EDITS = 200
"""How many edits of each table `--full` makes on SQLite; else every second column is edited once, on
PostgreSQL one of each table."""

EMPTY_HERE = {"setup_code", "job"}
"""Tables without rows in this village: somebody can sign in, so no code to set it up is left."""


BLINDING = {"village", "log_head"}
"""Tables of which an edit may keep all else from being looked at: edited one cell at a time."""

NO_REPORT = "the village itself is not found"


def is_listed(edit: Edit) -> bool:
    """Whether a column is on the list of what nobody vouches for."""
    rule = RULES[edit.table]
    if isinstance(rule, Witnessed):
        rule = rule.apart.get(edit.column, rule)
    return isinstance(rule, Unwitnessed)


def is_named(edit: Edit, findings: Iterable[Any]) -> bool:
    """Whether a finding names the edited column, or the row that its edited key has lost."""
    here = [one for one in findings if one != NO_REPORT and one.table == edit.table]
    return any(edit.column in one.columns or not one.columns for one in here)


def looking(database: Database, editor: Editor) -> Look:
    """Return a function that makes some edits, returns what verifying finds, and takes them back."""

    def look(edits: Sequence[Edit]) -> frozenset[Hashable]:
        for edit in edits:
            editor.make(edit)
        try:
            return frozenset(proof.verify(database, village=VILLAGE).findings)
        except Problem:
            return frozenset({NO_REPORT})
        finally:
            for edit in edits:
                editor.undo(edit)

    return look


def cells_of(
    editor: Editor, dice: random.Random, number: int, table: Table, *, edits: int | None, one_of: int = 1
) -> list[Edit]:
    """Return edits of a table's cells, each column at least once if there are enough.

    `edits`: how many; None for each column once, of so many columns `one_of`.
    """
    places = editor.places(table.name)
    if not places:
        assert table.name in EMPTY_HERE, f"{table.name} holds no row to edit"
        return []
    columns = list(table.columns)[number % one_of :: one_of]
    turn = number % len(columns)
    # Keys are the first columns: not all at once, since a lost key makes two findings.
    columns = [*columns[turn:], *columns[:turn]]
    if edits is not None:
        more = dice.choices(columns, k=max(edits - len(columns), 0))
        columns = [*columns, *more] if edits > len(columns) else dice.sample(columns, edits)
    planned = [editor.plan(column, dice.choice(places)) for column in columns]
    return [edit for edit in planned if edit is not None]


class Search:
    """The edits of every table, and which of them were found."""

    def __init__(self, made: dict[str, list[Edit]]) -> None:
        self.made = made
        self.found: set[Edit] = set()

    def left(self, which: Callable[[Edit], bool] = lambda edit: True) -> list[list[Edit]]:
        """The edits of each table that were not found yet."""
        rest = [
            [one for one in queue if one not in self.found and which(one)] for queue in self.made.values()
        ]
        return [queue for queue in rest if queue]

    def unlisted(self) -> dict[str, Edit]:
        """The missed columns that no list names, with one edit of each."""
        return {
            f"{one.table}.{one.column}": one for queue in self.left() for one in queue if not is_listed(one)
        }

    @property
    def share(self) -> float:
        """The share of all edits that was found."""
        return len(self.found) / sum(map(len, self.made.values()))

    def show(self) -> None:
        """Print the share found of each table."""
        for table, queue in self.made.items():
            sys.stderr.write(f"\n{table}: {sum(one in self.found for one in queue)} of {len(queue)}")
        total = sum(map(len, self.made.values()))
        sys.stderr.write(f"\nall: {len(self.found)} of {total}, {self.share:.1%}\n")


def edit_everything(
    database: Database, tables: Sequence[Table] = TABLES, *, edits: int | None = None, one_of: int = 1
) -> Search:
    """Edit cell after cell, many at a time, take each back again, and tell for each whether it is found."""
    dice = random.Random("edits")
    with editing(database, dice, list(tables)) as editor:
        look = looking(database, editor)
        search = Search(
            {
                table.name: cells_of(editor, dice, number, table, edits=edits, one_of=one_of)
                for number, table in enumerate(tables)
            }
        )
        told = search.left(lambda one: one.table not in BLINDING and isinstance(RULES[one.table], Witnessed))
        search.found |= set(found_by_name(told, look, is_named))
        together = search.left(lambda one: one.table not in BLINDING)
        search.found |= set(found_by_timetable(together, look))
        search.found |= set(found_alone(search.left(is_listed), look, likely=False))
        search.found |= set(found_alone(search.left(lambda one: not is_listed(one)), look))
    return search


def tamper_with(database: Database, order: Update) -> None:
    """Write into the tellings past triggers and checks."""
    with editing(database, random.Random(), [metadata.tables["row_witness"]]) as editor:
        editor.write(order)


@pytest.fixture
def lived(database: Database) -> Database:
    """The whole village, whose books are in order."""
    whole_village.live(database)
    report = proof.verify(database, village=VILLAGE)
    assert report.findings == ()
    assert not report.older
    return database


def test_an_edit_of_any_column_of_any_table_is_found(lived: Database, full: bool):
    fewer, more = (None, EDITS) if lived.is_sqlite else (1, None)
    edits = more if full else fewer
    search = edit_everything(lived, edits=edits, one_of=1 if full or not lived.is_sqlite else 2)
    search.show()

    assert search.unlisted() == {}
    assert search.share >= 0.95
    assert proof.verify(lived, village=VILLAGE).holds


@pytest.mark.parametrize("column", ["salt", "cells"])
def test_what_is_added_to_the_tellings_of_a_row_that_is_gone_is_found(lived: Database, column: str) -> None:
    told = metadata.tables["row_witness"].c
    gone = select(told.table_name, told.row_key, told.position).where(told.digest.is_(None))
    with lived.reading() as session:
        table, key, last = session.connection().execute(gone.order_by(told.position.desc())).first() or (
            "",
            "",
            0,
        )

    assert last > 1
    for position in (1, last):
        row = (told.table_name == table, told.row_key == key, told.position == position)
        was = select(told[column]).where(*row)
        with lived.reading() as session:
            assert session.connection().execute(was).scalar() is None
        change = update(told.row_key.table).where(*row)
        tamper_with(lived, change.values({column: b"x" * 16}))
        [found] = proof.verify(lived, village=VILLAGE).findings
        tamper_with(lived, change.values({column: None}))

        assert (found.table, found.row) == (table, key)


def test_what_no_rule_vouches_for_is_named(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch):
    careless = Witnessed(table="consent", apart={"shown_as": Checked(by="nobody")})
    monkeypatch.setitem(RULES, "consent", careless)
    # Not the copy of one that lived under the rule as it is.
    whole_village.live.__wrapped__(sqlite_database)  # type: ignore[attr-defined]

    search = edit_everything(sqlite_database, [metadata.tables["consent"]])

    assert list(search.unlisted()) == ["consent.shown_as"]
