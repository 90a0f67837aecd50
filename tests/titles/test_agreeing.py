"""A person of a household takes back that it is named with its title: nowhere in full from then on."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import ledger, proof, sheets, titles
from pointsbank.database import Database
from pointsbank.errors import Problem
from tests.builders import COMMITTEE, VILLAGE
from tests.titles.scene import TODAY, checked, founded, here, later, nominated, standing, stands, voted
from tests.titles.test_titles import public, refusal

HER: dict[str, Any] = {"kind": "好媳妇", "person": "李梅花"}
PAPERS = ("title_notice", "honour_roll", "title_certificate", "title_benefits", "title_recommendation")


def good_daughters(database: Database) -> None:
    """The rule of a title that goes to persons."""
    founded(database, name="好媳妇", holder="person", quota=None, years=1)


def said(database: Database, one: titles.Title, agreed: bool, days: int = 7, **more: Any) -> titles.Title:
    """She signs that she agrees, or not any more."""
    verb = titles.agree_to_name if agreed else titles.withdraw_name
    with database.writing() as session:
        return verb(session, title_id=one.id, **more, **here(days))


def in_full(database: Database, days: int) -> list[str]:
    """The papers, and the board, on which she is named in full on a day."""
    found = {"board": str(public(database, days))}
    asked: Any = {
        "village": VILLAGE,
        "by": COMMITTEE,
        "at": later(days),
        "public_url": "https://jf.example.cn",
    }
    with database.reading() as session:
        for name in PAPERS:
            try:
                found[name] = str(sheets.find(name).gather(session, **asked))
            except Problem:
                found[name] = ""
    return [name for name, words in found.items() if "李梅花" in words]


def test_who_takes_back_to_be_named_is_nowhere_in_full_from_that_moment(database: Database) -> None:
    good_daughters(database)
    one = standing(database, **HER, agreed_on=TODAY)
    assert in_full(database, 7) == ["board", *PAPERS[1:]]

    then = said(database, one, agreed=False)

    assert (then.state, then.agreed_on, then.name_withdrawn) == ("standing", None, True)
    assert in_full(database, 7) == []
    assert [each.name for each in public(database, 7).holders] == ["李*花"]
    assert said(database, one, agreed=True, days=9).agreed_on == later(9).date()
    assert in_full(database, 9) == ["board", *PAPERS[1:]]
    assert proof.verify(database, village=VILLAGE).holds
    with database.reading() as session:
        told = ledger.log_entries(session, village=VILLAGE, limit=2)
    assert [ledger.describe(each.kind, each.words or {}, str) for each in told] == [
        "好媳妇第1号，2026-09-10签字",
        "好媳妇第1号，2026-09-08签字",
    ]
    assert "李梅花" not in str(told)


def test_the_notice_that_is_printed_after_it_masks_her_too(sqlite_database: Database) -> None:
    good_daughters(sqlite_database)
    one = checked(sqlite_database, nominated(sqlite_database, **HER, agreed_on=TODAY))
    voted(sqlite_database, one)
    assert in_full(sqlite_database, 0) == ["title_notice"]

    said(sqlite_database, one, agreed=False, days=0)

    assert in_full(sqlite_database, 0) == []


def test_what_may_be_said_and_when(sqlite_database: Database) -> None:
    good_daughters(sqlite_database)
    assert refusal(nominated, sqlite_database, **HER | {"person": "李梅花（低保户）"}) == "Wording"
    one = standing(sqlite_database, **HER, agreed_on=TODAY)

    assert refusal(said, sqlite_database, one, True) == "TitleNameShown"
    assert refusal(said, sqlite_database, one, False, signed_on=later(-1).date()) == "TitleDayInvalid"
    assert refusal(said, sqlite_database, one, False, signed_on=later(8).date()) == "TitleDayInvalid"
    said(sqlite_database, one, agreed=False)
    assert refusal(said, sqlite_database, one, False) == "TitleNameHidden"
    assert refusal(said, sqlite_database, one, True, signed_on=later(6).date()) == "TitleDayInvalid"
    with sqlite_database.writing() as session:
        titles.withdraw(session, title_id=one.id, reason="本人不想再挂", **here(8))
    assert refusal(said, sqlite_database, one, True, 9) == "TitleNameOver"
    with sqlite_database.writing() as session:
        kind = {"name": "清洁户", "holder": "household", "criteria": ["院内干净"], "from_date": TODAY}
        titles.adopt_kind(session, **kind, resolution="2026年村民会议", **here(9))
    assert refusal(said, sqlite_database, nominated(sqlite_database, days=9), True, 9) == "TitleNobodyNamed"


@pytest.mark.both
@pytest.mark.parametrize(
    "values",
    ["2, {no}", "1, {yes}", "1, {no}, '2026-08-31'"],
    ids=["a number left out", "the same again", "before she agreed"],
)
def test_no_sql_says_what_was_not_signed(database: Database, values: str) -> None:
    good_daughters(database)
    one = standing(database, **HER, agreed_on=TODAY)
    dialect = database.engine.dialect.name
    yes, no = ("true", "false") if dialect == "postgresql" else ("1", "0")
    row = values.format(yes=yes, no=no)
    row = row if row.count(",") == 2 else f"{row}, '2026-09-08'"
    added = (
        "INSERT INTO title_agreement (village_id, title_id, number, agreed, day, recorded_at, recorded_by)"
        f" VALUES ('{VILLAGE}', '{one.id}', {row}, '2026-09-08 00:00:00', 'x')"
    )

    with pytest.raises(DatabaseError, match="title_agreement"), database.writing() as session:
        session.execute(text(added))
    said(database, one, agreed=False)
    for changed in ("UPDATE title_agreement SET agreed = NOT agreed", "DELETE FROM title_agreement"):
        with pytest.raises(DatabaseError, match="title_agreement"), database.writing() as session:
            session.execute(text(changed))


def test_a_title_of_a_household_has_its_own_word(sqlite_database: Database) -> None:
    founded(sqlite_database)
    one = standing(sqlite_database)

    assert refusal(said, sqlite_database, one, False) == "TitleNobodyNamed"
    assert stands(sqlite_database, one).agreements == ()
