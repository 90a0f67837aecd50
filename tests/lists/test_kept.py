"""What a list comes to is kept while nothing is written in the village, and never shown after a write."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import SQLModel

from pointsbank import due, ledger, lists, roster, scoring, staff, witness
from pointsbank.database import Database
from pointsbank.keeper import Keeper
from pointsbank.ledger import keeping
from pointsbank.lists import Asked
from pointsbank.lists.paging import read_totals
from pointsbank.scoring import ScoreRow
from tests.builders import COMMITTEE, VILLAGE
from tests.lists.test_every_list import whole
from tests.proof import whole_village
from tests.proof.month import on

KEPT = [one for one in lists.every() if one.kept]
UNWRITTEN = {"staff", "village"}
"""Names of people and villages, which are never changed."""


@pytest.fixture
def village(database: Database) -> Database:
    """A village in which every table holds rows."""
    whole_village.live(database)
    return database


@contextmanager
def asked_of(database: Database) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def enter(database: Database, number: int) -> None:
    """A score at the meeting that is in session."""
    with database.writing() as session:
        opened = scoring.open_meetings(session, village=VILLAGE)
        [meeting] = [one for one in opened if one.title == "十月评议会"]
        row = ScoreRow("0201", "HJ01", on(number, month=10).date())
        named = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, month=10) + timedelta(minutes=number)}
        scoring.enter_scores(session, meeting=meeting.id, rows=[row], **named)


def look_at_a_file(database: Database) -> None:
    """A look, which is written down: a row that waits for the next entry of the log."""
    with database.writing() as session:
        who = roster.by_code(session, village=VILLAGE, code="0101")
        staff.log_access(session, village=VILLAGE, participant=who.id, by=COMMITTEE, at=on(28))


def test_what_was_counted_is_asked_for_once_and_again_after_a_write(village: Database):
    wanted = lists.find("scores")
    with village.reading() as session:
        asked = whole(session, wanted)
        before, rows = read_totals(session, wanted, asked), lists.read_page(session, wanted, asked).rows
    with asked_of(village) as statements, village.reading() as session:
        assert read_totals(session, wanted, asked) == before
        assert lists.read_page(session, wanted, asked).rows == rows
    enter(village, 1)
    with village.reading() as session:
        after, now = read_totals(session, wanted, asked), lists.read_page(session, wanted, asked).rows

    assert not [one for one in statements if re.search(r"FROM score\b", one)]
    assert after.count == before.count + 1
    assert now != rows


def test_a_version_without_what_waits_for_an_entry_would_show_what_is_over(village: Database):
    """The control: a look at a file makes no entry, and by the head alone nobody would have looked."""
    looks = lists.find("looks")
    seen: dict[bool, list[int]] = {True: [], False: []}
    for _ in range(2):
        with village.reading() as session:
            for entries_alone, counts in seen.items():
                found = ledger.kept(
                    session,
                    village=VILLAGE,
                    about=("looks", entries_alone),
                    make=lambda: read_totals(session, replace(looks, kept=False), Asked(VILLAGE, on(28))),
                    entries_alone=entries_alone,
                )
                counts.append(found.count)
        look_at_a_file(village)

    assert seen[True][0] == seen[True][1]
    assert seen[False][0] + 1 == seen[False][1]


def test_a_look_an_entry_and_another_process_make_a_new_version(village: Database):
    versions = []

    def look() -> None:
        with village.reading() as session:
            versions.append(keeping.version(session, village=VILLAGE))

    look()
    look_at_a_file(village)
    look()
    other = Database(village.url)
    with other.writing() as session:
        named = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, month=10)}
        roster.add(session, code="9901", name="新来户", people=3, **named)
    other.dispose()
    look()

    assert len(set(versions)) == 3


def test_who_writes_sees_what_it_wrote(village: Database):
    wanted = lists.find("roster")
    with village.reading() as session:
        before = read_totals(session, wanted, Asked(VILLAGE, on(28)))
    with village.writing() as session:
        named = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, month=10)}
        roster.add(session, code="9901", name="新来户", people=3, **named)
        during = read_totals(session, wanted, Asked(VILLAGE, on(28)))

    assert (during.count, during.sums["people"]) == (before.count + 1, before.sums["people"] + 3)


def test_whatever_is_kept_is_made_of_rows_that_are_told(village: Database):
    tables = SQLModel.metadata.tables
    untold = set()
    with asked_of(village) as statements, village.reading() as session:
        for wanted in KEPT:
            asked = replace(whole(session, wanted), on_paper=True)
            lists.read_page(session, wanted, asked)
            read_totals(session, wanted, asked)
        due.of_village(session, due.Asked(VILLAGE, on(28)), may=lambda _: True, whole_month=True)
    for name in {name for one in statements for name in re.findall(r"(?:FROM|JOIN|,) \"?(\w+)\"?", one)}:
        told = isinstance(witness.RULES.get(name), witness.Witnessed | witness.Checked)
        if name in tables and not told and name not in UNWRITTEN:
            untold.add(name)

    assert not untold


def test_what_was_not_asked_for_longest_is_let_go_of():
    keeper = Keeper(places=3)
    for about in ("a", "b"):
        keeper.keep(about, 1, about, 1)
    assert keeper.find("a", 1) == ("a",)
    keeper.keep("c", 1, "c", 2)

    assert (keeper.find("a", 1), keeper.find("b", 1), keeper.find("c", 1)) == (("a",), None, ("c",))
    assert keeper.find("a", 2) is None
