"""What a list comes to is kept while nothing is written in the village, and never shown after a write."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel

from pointsbank import due, ledger, lists, roster, scoring, staff, witness
from pointsbank.database import Database
from pointsbank.keeper import Keeper
from pointsbank.ledger import keeping
from pointsbank.lists import Asked
from pointsbank.lists.paging import read_totals
from pointsbank.scoring import ScoreRow
from pointsbank.web import household_facts
from tests.builders import COMMITTEE, VILLAGE
from tests.lists.test_every_list import whole
from tests.proof import whole_village
from tests.proof.month import on
from tests.statements import asked_of

KEPT = [one for one in lists.every() if one.kept]
UNWRITTEN = {"staff", "village", "scan_ticket"}
"""Names of people and villages, which are never changed; tickets are read with the sale that used them."""


@pytest.fixture
def village(database: Database) -> Database:
    """A village in which every table holds rows."""
    whole_village.live(database)
    return database


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
    """The control: a look at a file makes no entry, and by entries or acts alone it would not be seen."""
    looks = lists.find("looks")
    ways = {"entries": {"entries_alone": True}, "acts": {}, "all": {"by_reading": True}}
    seen: dict[str, list[int]] = {name: [] for name in ways}
    for _ in range(2):
        with village.reading() as session:
            for name, way in ways.items():
                found = ledger.kept(
                    session,
                    village=VILLAGE,
                    about=("looks", name),
                    make=lambda: read_totals(session, replace(looks, kept=False), Asked(VILLAGE, on(28))),
                    **way,
                )
                seen[name].append(found.count)
        look_at_a_file(village)

    assert {name: after - before for name, (before, after) in seen.items()} == {
        "entries": 0,
        "acts": 0,
        "all": 1,
    }


def test_a_look_at_a_file_throws_nothing_away_but_the_lists_of_what_reading_wrote(village: Database):
    wanted = {one.name: one for one in KEPT}
    counts = {}
    for name, one in wanted.items():
        with village.reading() as session:
            counts[name] = read_totals(session, one, whole(session, one)).count
    look_at_a_file(village)
    asked_again = set()
    for name, one in wanted.items():
        with village.reading() as session:
            asked = whole(session, one)
            keeping.version(session, village=VILLAGE)
            with asked_of(village) as statements:
                now = read_totals(session, one, asked).count
        assert now == counts[name] + one.by_reading, name
        asked_again |= {name} if statements else set()

    assert asked_again == {one.name for one in KEPT if one.by_reading} == {"looks"}


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
        ask_for_what_else_is_kept(session)
    for name in named_in(statements):
        told = isinstance(witness.RULES.get(name), witness.Witnessed | witness.Checked)
        if name in tables and not told and name not in UNWRITTEN:
            untold.add(name)

    assert not untold


def test_what_reading_writes_is_asked_by_its_own_lists_alone(village: Database):
    def tables_asked(*, by_reading: bool) -> set[str]:
        with asked_of(village) as statements, village.reading() as session:
            for wanted in (one for one in KEPT if one.by_reading is by_reading):
                lists.read_page(session, wanted, whole(session, wanted))
                read_totals(session, wanted, whole(session, wanted))
            if not by_reading:
                ask_for_what_else_is_kept(session)
        return named_in(statements) & set(keeping.tables_by_reading())

    assert tables_asked(by_reading=True) == {"file_look"}
    assert tables_asked(by_reading=False) == set()


def ask_for_what_else_is_kept(session: Session) -> None:
    """What is due, and a household's file."""
    due.of_village(session, due.Asked(VILLAGE, on(28)), may=lambda _: True, whole_month=True)
    who = roster.by_code(session, village=VILLAGE, code="0101")
    household_facts.facts_of(
        session, village=VILLAGE, who=who, unit=ledger.POINTS, before=None, day=on(28).date()
    )


def named_in(statements: list[str]) -> set[str]:
    """Every word of these statements that may be the name of a table."""
    return {name for one in statements for name in re.findall(r"(?:FROM|JOIN|,) \"?(\w+)\"?", one)}


def test_what_was_not_asked_for_longest_is_let_go_of():
    keeper = Keeper(places=3)
    for about in ("a", "b"):
        keeper.keep(about, 1, about, 1)
    assert keeper.find("a", 1) == ("a",)
    keeper.keep("c", 1, "c", 2)

    assert (keeper.find("a", 1), keeper.find("b", 1), keeper.find("c", 1)) == (("a",), None, ("c",))
    assert keeper.find("a", 2) is None
