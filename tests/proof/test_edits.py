"""Whoever writes into a cell behind the program's back is found: every column of every table."""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Column, Table

from pointsbank import proof
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.tables import metadata
from pointsbank.witness import RULES, Checked, Unwitnessed, Witnessed
from tests.builders import VILLAGE
from tests.proof import whole_village
from tests.proof.editor import Edit, Editor, editing

TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
EDITS = 200
"""How many edits of each table `--full` makes; the suite edits each column once, on PostgreSQL a few."""

EMPTY_HERE = {"setup_code"}
"""Tables without rows in this village: somebody can sign in, so no code to set it up is left."""


def is_listed(column: Column) -> bool:
    """Whether a column is on the list of what nobody vouches for."""
    rule = RULES[column.table.name]
    if isinstance(rule, Witnessed):
        rule = rule.apart.get(column.name, rule)
    return isinstance(rule, Unwitnessed)


def report_of(database: Database) -> proof.Report | None:
    """What verifying finds; None where the village itself is not to be found."""
    try:
        return proof.verify(database, village=VILLAGE)
    except Problem:
        return None


def named(report: proof.Report | None, edit: Edit) -> bool:
    """Whether a finding names the edited column, or the row that its edited key has lost."""
    found = [one for one in report.findings if one.table == edit.table] if report else []
    return any(edit.column in one.columns or not one.columns for one in found)


class Shares:
    """How many edits of each table were caught, and which were missed."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.caught: Counter[str] = Counter()
        self.missed: dict[Column, Edit] = {}

    def count(self, column: Column, edit: Edit, *, caught: bool) -> None:
        """Count one edit."""
        self.made[column.table.name] += 1
        if caught:
            self.caught[column.table.name] += 1
        else:
            self.missed[column] = edit

    def unlisted(self) -> dict[str, Edit]:
        """The missed columns that no list names, with one edit of each."""
        return {str(column): edit for column, edit in self.missed.items() if not is_listed(column)}

    def show(self) -> None:
        """Print the share caught of each table."""
        for table, made in sorted(self.made.items()):
            sys.stderr.write(f"\n{table}: {self.caught[table]} of {made}")
        total, caught = sum(self.made.values()), sum(self.caught.values())
        sys.stderr.write(f"\nall: {caught} of {total}, {caught / total:.1%}\n")


def batches(
    editor: Editor, dice: random.Random, tables: Sequence[Table], *, edits: int | None
) -> Iterator[list[tuple[Column, object]]]:
    """Yield cells to be edited together, of each table at most one.

    `edits`: how many of each table, each column at least once if there are enough; None for each column once.
    """
    alone: list[tuple[Column, object]] = []
    queues: list[list[tuple[Column, object]]] = []
    for number, table in enumerate(tables):
        places = editor.places(table.name)
        if not places:
            assert table.name in EMPTY_HERE, f"{table.name} holds no row to edit"
            continue
        columns = list(table.columns)
        turn = number % len(columns)
        # Keys are the first columns: not all at once, since a lost key makes two findings.
        columns = [*columns[turn:], *columns[:turn]]
        if edits is not None:
            more = dice.choices(columns, k=max(edits - len(columns), 0))
            columns = [*columns, *more] if edits > len(columns) else dice.sample(columns, edits)
        cells = [(column, dice.choice(places)) for column in columns]
        if isinstance(RULES[table.name], Witnessed):
            queues.append(cells)
        else:
            alone += cells
    for cell in alone:
        yield [cell]
    # Few enough for one report.
    for start in range(0, len(queues), 20):
        some = queues[start : start + 20]
        for number in range(max(map(len, some))):
            yield [queue[number] for queue in some if number < len(queue)]


def edit_everything(
    database: Database, tables: Sequence[Table] = TABLES, *, edits: int | None = None
) -> Shares:
    """Edit cell after cell, and take each back again."""
    dice, shares = random.Random("edits"), Shares()
    with editing(database, dice, list(tables)) as editor:
        for batch in batches(editor, dice, tables, edits=edits):
            edits = [(column, editor.edit(column, place)) for column, place in batch]
            made = [(column, edit) for column, edit in edits if edit is not None]
            report = report_of(database)
            for _, edit in made:
                editor.undo(edit)
            for column, edit in made:
                if len(batch) == 1:
                    shares.count(column, edit, caught=report is None or not report.holds)
                else:
                    caught = named(report, edit) or found_alone(database, editor, edit)
                    shares.count(column, edit, caught=caught)
    return shares


def found_alone(database: Database, editor: Editor, edit: Edit) -> bool:
    """Whether this edit alone is found: beside others it may hide behind them."""
    editor.redo(edit)
    report = report_of(database)
    editor.undo(edit)
    return report is None or not report.holds


@pytest.fixture
def lived(database: Database) -> Database:
    """The whole village, whose books are in order."""
    whole_village.live(database)
    report = proof.verify(database, village=VILLAGE)
    assert report.findings == ()
    assert not report.older
    return database


def test_an_edit_of_any_column_of_any_table_is_found(lived: Database, full: bool):
    shares = edit_everything(lived, edits=EDITS if full else None if lived.is_sqlite else 3)
    shares.show()

    assert shares.unlisted() == {}
    assert sum(shares.caught.values()) >= 0.95 * sum(shares.made.values())
    assert proof.verify(lived, village=VILLAGE).holds


def test_what_no_rule_vouches_for_is_named(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch):
    careless = Witnessed(table="consent", apart={"shown_as": Checked(by="nobody")})
    monkeypatch.setitem(RULES, "consent", careless)
    # Not the copy of one that lived under the rule as it is.
    whole_village.live.__wrapped__(sqlite_database)  # type: ignore[attr-defined]

    shares = edit_everything(sqlite_database, [metadata.tables["consent"]])

    assert list(shares.unlisted()) == ["consent.shown_as"]
