"""A household is forgotten: its words are gone from every table, and every proof still holds."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pointsbank import boards, households, ledger, proof, publicity, roster
from pointsbank.database import Database, execute
from pointsbank.households.erasing import Erased, erase
from pointsbank.tables import metadata
from pointsbank.text import ERASED
from tests.builders import CLERK, COMMITTEE, HANDED, SUPERVISOR, VILLAGE
from tests.proof import month
from tests.proof.month import on

LATER = on(30, 9)
SECRETS = ("不是我家堆放的", "走访核实", "提醒后未清理", "院墙外垃圾", "hostname", "买买提·艾力")


def call(database: Database, verb: Any, **given: Any) -> Any:
    """Call a verb that changes something, after the month."""
    with database.writing() as session:
        return verb(session, **({"village": VILLAGE, "by": COMMITTEE, "at": LATER} | given))


def forget(database: Database, code: str) -> Erased:
    """Close a household and erase it; what of it hangs comes down first."""
    with database.reading() as session:
        who = roster.by_code(session, village=VILLAGE, code=code).id
        listed = boards.open_listings(session, village=VILLAGE, participant=who, day=LATER.date())
    for one in listed:
        call(database, boards.take_down, listing=one.id, reason="已经迁出")
    call(database, households.close, participant=code, decision="全家迁出", request_id=f"close-{code}")
    erased = call(database, erase, participant=code, reason="本人申请")
    assert isinstance(erased, Erased)
    return erased


def everything(database: Database) -> str:
    """Everything that stands in every table, as one text."""
    found = []
    with database.reading() as session:
        for table in metadata.sorted_tables:
            found += [_as_text(value) for row in execute(session, select(table)) for value in row]
    return "\n".join(found)


def _as_text(value: Any) -> str:
    """A stored value as somebody looking for a word would read it."""
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def test_no_word_about_a_forgotten_household_is_left_anywhere(database: Database) -> None:
    month.live(database)
    before = everything(database)
    forget(database, "0301")
    forget(database, "0201")

    left = everything(database)
    assert [word for word in SECRETS if word not in before] == []
    assert [word for word in SECRETS if word in left] == []


def test_every_proof_still_verifies_and_the_paper_still_fits(database: Database) -> None:
    anchor = month.live(database).anchor
    erased = forget(database, "0101")

    report = proof.verify(database, village=VILLAGE, digits=anchor.digits.replace(" ", ""))
    assert (report.findings, report.month) == ((), month.MONTH)
    assert len(erased.entries) >= 6


def test_each_forgotten_entry_has_its_tombstone_and_its_amounts(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    wang = call(sqlite_database, _find, code="0101")
    with sqlite_database.reading() as session:
        before = ledger.statement(session, village=VILLAGE, participant=wang.id).lines
    forget(sqlite_database, "0101")

    with sqlite_database.reading() as session:
        after = ledger.statement(session, village=VILLAGE, participant=wang.id).lines
    assert [line.amount for line in after[1:]] == [line.amount for line in before]
    assert all(line.words is None for line in after)


def _find(session: Any, *, village: str, code: str, by: str, at: Any) -> roster.Participant:
    """A household by its code."""
    return roster.by_code(session, village=village, code=code)


def test_the_standing_of_a_closed_month_outlives_the_name(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    with sqlite_database.reading() as session:
        before = boards.standing(session, village=VILLAGE, month=month.MONTH)
    forget(sqlite_database, "0101")

    with sqlite_database.reading() as session:
        after = boards.standing(session, village=VILLAGE, month=month.MONTH)
        wall = publicity.public_board(session, village=VILLAGE, month=month.MONTH, at=LATER)
    assert [(line.participant, line.honour) for line in after] == [
        (line.participant, line.honour) for line in before
    ]
    assert "王建国" not in repr(wall)


def test_only_what_has_ended_is_forgotten_and_only_once(database: Database) -> None:
    month.live(database)
    with pytest.raises(households.problems.NotClosedYet):
        call(database, erase, participant="0301", reason="本人申请")
    forget(database, "0301")
    with pytest.raises(households.problems.AlreadyErased):
        call(database, erase, participant="0301", reason="本人申请")


def test_an_import_does_not_write_the_name_back(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    forget(sqlite_database, "0301")
    result = call(sqlite_database, roster.import_roster, table=month.table("roster", month.ROSTER))

    assert call(sqlite_database, _find, code="0301").name == ERASED
    assert result.changed == 0
    assert any("0301" in warning for warning in result.warnings)


def test_the_guards_let_nothing_else_be_changed(database: Database) -> None:
    month.live(database)
    for order in (
        "UPDATE score_objection SET reason = '另一个理由'",
        f"UPDATE score_objection SET reason = '{ERASED}', made_by = '{CLERK}'",
        f"UPDATE score_objection_answer SET decision = '{ERASED}', decided_by = '{CLERK}'",
        "UPDATE listing SET fact = '另一件事'",
    ):
        if "listing" in order:
            call(database, _reject_one)
        with pytest.raises(Exception, match="never changed or removed"), database.writing() as session:
            session.connection().exec_driver_sql(order)


def _reject_one(session: Any, *, village: str, by: str, at: Any) -> None:
    """A proposal that the vote does not carry."""
    one = boards.propose_black(
        session,
        village=village,
        month="2026-10",
        participant="0201",
        rule="HJ08",
        fact="乱堆垃圾未清理",
        by=SUPERVISOR,
        at=at + timedelta(days=2),
    )
    day = (at + timedelta(days=2)).date()
    told = {"by": by, "at": at + timedelta(days=2)}
    boards.deliver(session, village=village, listing=one.id, on=day, **HANDED, **told)
    later = at + timedelta(days=20)
    boards.decide(
        session,
        village=village,
        listing=one.id,
        votes_for=1,
        votes_against=5,
        on=later.date(),
        by=by,
        at=later,
    )
