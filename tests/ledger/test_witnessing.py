"""Rows are told to the log however they are written, under the entry of the write, never by somebody else."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from pointsbank import boards, governing, ledger, proof, publicity, roster, spreadsheets, villages
from pointsbank.database import Database, execute
from pointsbank.ledger.models import LogEntryRow, RowWitnessRow
from pointsbank.market.models import OpeningHoursRow
from pointsbank.prepared import execute_many
from pointsbank.publicity.models import ConsentRow
from pointsbank.staff import PasswordHash, events
from pointsbank.villages.models import GroupRow
from pointsbank.witness import RULES, Unwitnessed, Witnessed
from tests.builders import COMMITTEE, NEIGHBOUR, NOW, VILLAGE, Chayuan, chayuan
from tests.ledger.tampering import tamper


@pytest.fixture
def village(database: Database) -> Chayuan:
    """The cast, and an entry in the log."""
    cast = chayuan(database)
    cast.give(cast.wang, 5)
    cast.write(governing.make_group, name="四组")
    return cast


def kinds(village: Chayuan) -> list[str]:
    """The kinds of the log's entries, in order."""
    with village.database.reading() as session:
        query = (
            select(LogEntryRow.kind).where(LogEntryRow.in_village(VILLAGE)).order_by(LogEntryRow.log_index)
        )
        return list(execute(session, query).scalars())


def tellings(village: Chayuan, table: str) -> list[tuple[int, int | None, bool, bool]]:
    """How often the rows of a table were told: number, entry, whether there was a row, and has a salt."""
    row = RowWitnessRow
    query = select(row.position, row.log_index, row.digest, row.salt).where(row.in_village(VILLAGE))
    with village.database.reading() as session:
        found = execute(
            session, query.where(col(row.table_name) == table).order_by(row.row_key, row.position)
        )
        return [(number, index, bool(digest), bool(salt)) for number, index, digest, salt in found]


def holds(village: Chayuan) -> bool:
    """Whether every row is as it was told; that no entry says so of some is not what is asked here."""
    findings = proof.verify(village.database, village=VILLAGE).findings
    return all("写明" in one.sentence for one in findings)


def add(session: Session, **_: Any) -> None:
    """Add a row and change it in the same write."""
    publicity.give_consent(session, village=VILLAGE, participant="0101", by=COMMITTEE, at=NOW)
    before = NOW - timedelta(days=1)
    session.exec(update(ConsentRow).where(ConsentRow.in_village(VILLAGE)).values(given_at=before))


def add_many(session: Session, **_: Any) -> None:
    """Insert rows as an import does, whose values are known, and change some before the write ends."""
    east, _ = villages.add_groups(session, village=VILLAGE, names=["五组", "六组"])
    villages.rename_group(session, village=VILLAGE, group_id=east.id, name="河东组")
    session.exec(update(GroupRow).where(col(GroupRow.name) == "六组").values(name="河西组"))


def add_what_is_there(session: Session, **_: Any) -> None:
    """Insert rows of which one is there already and stays as it is."""
    [made] = villages.add_groups(session, village=VILLAGE, names=["五组"])
    row = {"village_id": VILLAGE, "id": made.id, "name": "改名组", "position": 9, "closed_at": None}
    insert_if_new = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    execute_many(session, insert_if_new(GroupRow).on_conflict_do_nothing(), row)


CORRECTED = spreadsheets.read_table(
    "roster.csv", "户号,户主,小组,人口\n0303,李秀英,三组,9\n0302,欧阳犇,三组,7\n".encode()
)


def correct(session: Session, **_: Any) -> None:
    """Change rows by one statement run with many values."""
    roster.import_roster(session, village=VILLAGE, table=CORRECTED, by=COMMITTEE, at=NOW)


def replace(session: Session, **_: Any) -> None:
    """Delete every row of a table and write others with the same keys."""
    for closes in (12, 18):
        session.exec(delete(OpeningHoursRow).where(OpeningHoursRow.in_village(VILLAGE)))
        session.add(OpeningHoursRow(village_id=VILLAGE, weekday=1, opens=time(8), closes=time(closes)))
        session.flush()


def remove(session: Session, **_: Any) -> None:
    """Delete every row of a table."""
    session.exec(delete(OpeningHoursRow).where(OpeningHoursRow.in_village(VILLAGE)))


def hand_out(session: Session, **_: Any) -> None:
    """Insert rows by hundreds, and change the session's own objects."""
    issued = roster.issue(session, village=VILLAGE, participants=None, by=COMMITTEE, at=NOW)
    cards = [card.id for card in issued]
    roster.hand_out(session, village=VILLAGE, cards=cards, by=COMMITTEE, at=NOW)


@pytest.mark.parametrize("act", [add, add_many, add_what_is_there, correct, replace, hand_out])
def test_however_rows_are_written_they_are_told(village: Chayuan, act: Callable[..., None]):
    village.write(act)

    # A row that was written and not told is a finding.
    assert holds(village)


def test_a_write_with_an_entry_of_its_own_needs_no_other(village: Chayuan):
    before = kinds(village)
    village.write(boards.resolve_black_board, resolution="村民代表会议决议", on=date(2026, 9, 1))

    assert kinds(village) == [*before, "black_board_resolved"]
    assert tellings(village, "black_board_resolution") == [(1, len(before), True, True)]


def test_a_write_without_one_makes_one_for_its_rows(village: Chayuan):
    before = kinds(village)
    village.write(replace)

    assert kinds(village) == [*before, "rows_witnessed"]
    assert tellings(village, "opening_hours") == [(1, len(before), True, True)]


def test_a_write_that_is_undone_tells_nothing(village: Chayuan):
    before = kinds(village)
    with pytest.raises(RuntimeError), village.database.writing() as session:
        replace(session)
        raise RuntimeError

    assert (kinds(village), tellings(village, "opening_hours")) == (before, [])
    assert holds(village)


def test_a_row_told_anew_takes_the_salt_of_what_was_told_before(village: Chayuan):
    village.write(replace)
    village.write(remove)

    index = len(kinds(village)) - 1
    assert tellings(village, "opening_hours") == [(1, index - 1, True, False), (2, index, False, False)]
    assert holds(village)


def test_a_sale_tells_no_row(village: Chayuan):
    count = select(func.count()).where(RowWitnessRow.in_village(VILLAGE))
    with village.database.reading() as session:
        before = execute(session, count.select_from(RowWitnessRow)).scalar()
    village.give(village.wang, 3)

    with village.database.reading() as session:
        assert execute(session, count.select_from(RowWitnessRow)).scalar() == before


def statements_of_a_role(village: Chayuan) -> list[str]:
    """The statements about digests with which somebody is given a role everywhere."""
    run: list[str] = []
    engine = village.database.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _d, statement, *_: run.append(statement))
    with village.database.writing() as session:
        login = f"county{len(villages.everyone(session))}"
        person = {"login": login, "password": PasswordHash("-"), "name": "县里", "by": "operator", "at": NOW}
        governing.add_staff(session, roles=[(None, "county")], **person)
    return [statement for statement in run if "row_witness" in statement]


def test_a_role_everywhere_is_told_in_every_log_by_as_few_statements_as_in_two(village: Chayuan):
    village.found_neighbour()
    few = statements_of_a_role(village)
    codes = [f"village-{number}" for number in range(7)]
    for code in codes:
        with village.database.writing() as session:
            governing.found_village(session, code=code, name="新村", by=COMMITTEE, at=NOW)
    many = statements_of_a_role(village)

    assert len(many) == len(few)
    for code in (VILLAGE, NEIGHBOUR, *codes):
        assert proof.verify(village.database, village=code).findings == ()
    tamper(village.database, "UPDATE staff SET name = '镇里' WHERE login = 'county9'")
    assert {len(proof.verify(village.database, village=code).findings) for code in (VILLAGE, *codes)} == {1}


def test_what_happened_in_no_village_is_in_the_log_of_the_first(village: Chayuan):
    village.found_neighbour()
    with village.database.writing() as session:
        events.note(session, "refused", staff=None, by="", at=NOW, places=[None], address="10.0.0.9")
    assert holds(village)

    tamper(village.database, "UPDATE staff_event SET kind = 'signed_in' WHERE village_id IS NULL")
    found = {code: proof.verify(village.database, village=code).findings for code in (VILLAGE, NEIGHBOUR)}
    assert [[one.columns for one in found[code]] for code in (VILLAGE, NEIGHBOUR)] == [[("kind",)], []]


INVENTED = (
    f"INSERT INTO consent (village_id, id, participant_id, shown_as, given_by, given_at)"
    f" SELECT '{VILLAGE}', 'invented', id, 'named', 'zhou', added_at FROM participant WHERE code = '0202'"
)
BEHIND_OUR_BACK = {
    "a row that nobody told of": (INVENTED, "consent", "invented", ()),
    "a row that is gone": ("DELETE FROM consent", "consent", None, ()),
    "another name": (
        "UPDATE participant SET name = '王富贵' WHERE code = '0101'",
        "participant",
        None,
        ("name",),
    ),
    "a told row that nobody vouches for": (
        "UPDATE row_witness SET log_index = NULL WHERE table_name = 'consent'",
        "consent",
        None,
        (),
    ),
}


@pytest.mark.parametrize("what", BEHIND_OUR_BACK)
def test_a_finding_names_table_row_and_column(village: Chayuan, what: str):
    village.write(add)
    order, table, row, columns = BEHIND_OUR_BACK[what]
    tamper(village.database, order)

    report = proof.verify(village.database, village=VILLAGE)
    found = [one for one in report.findings if one.table == table]
    assert [(one.columns, row in (None, one.row)) for one in found] == [(columns, True)]


def test_rows_older_than_their_witness_are_counted_and_not_failed(village: Chayuan):
    village.found_neighbour()
    there = {"village": NEIGHBOUR}
    # As after an upgrade from a version that told nothing.
    tamper(village.database, f"DELETE FROM row_witness WHERE village_id = '{NEIGHBOUR}'")
    village.write(ledger.record, **there, kind="scheme_adopted", words={"resolution": "决议"})
    older = proof.verify(village.database, **there).older
    assert {"village": 1, "village_settings": 1}.items() <= older.items()
    assert found_there(village) == []

    village.write(governing.make_group, **there, name="一组")
    assert (proof.verify(village.database, **there).older, found_there(village)) == (
        {**older, "village_group": 1},
        [],
    )

    tamper(village.database, f"UPDATE village_settings SET red_places = 3 WHERE village_id = '{NEIGHBOUR}'")
    assert found_there(village) == ["village_settings"]


def found_there(village: Chayuan) -> list[str]:
    """The tables in which verifying the neighbour finds something."""
    return [one.table for one in proof.verify(village.database, village=NEIGHBOUR).findings]


def test_a_column_that_a_later_version_adds_makes_no_finding_while_it_is_empty(
    village: Chayuan, monkeypatch: pytest.MonkeyPatch
):
    not_yet = Unwitnessed("cache", "there is no such column yet")
    earlier = Witnessed(table="consent", apart=dict.fromkeys(("withdrawn_at", "withdrawn_by"), not_yet))
    with monkeypatch.context() as patch:
        patch.setitem(RULES, "consent", earlier)
        village.write(publicity.give_consent, participant="0101")

    assert holds(village)
    tamper(village.database, "UPDATE consent SET withdrawn_at = given_at, withdrawn_by = given_by")
    assert not holds(village)


def test_checksums_that_somebody_shortened_are_a_finding(village: Chayuan):
    village.write(publicity.give_consent, participant="0101")
    tamper(village.database, "UPDATE row_witness SET cells = substr(cells, 5) WHERE table_name = 'consent'")

    assert not holds(village)
