"""Praise for a deed on the month's poster: behind the ranking, kind by kind, with what it is for."""

from datetime import UTC, datetime

from pointsbank import boards, disclosure, proof
from pointsbank.database import Database
from pointsbank.sheets.poster.gathering import gather
from tests.boards.test_praise import TIDY, adopt, propose, vote
from tests.publicity.scene import CODE, LI, MONTH, after, hung, settle

OCTOBER = datetime(2026, 10, 3, 2, tzinfo=UTC)


def test_deeds_stand_behind_the_ranking_with_their_kind(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        settle(session, hung(session, ("0101", "A1"), ("0102", "A2")))
        ranked = boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=after(4))
    vote(sqlite_database, *ranked, *propose(sqlite_database, adopt(sqlite_database), "0201"))
    with sqlite_database.writing() as session:
        proof.close_month(session, village=CODE, month=MONTH, by=LI, at=OCTOBER)

    with sqlite_database.reading() as session:
        poster = gather(session, village=CODE, by=LI, at=OCTOBER, public_url="")
        [red] = [
            one
            for one in disclosure.of_village(session, village=CODE, at=OCTOBER)
            if one.section.name == "red_board"
        ]
    assert [(one.kind, one.reason) for one in poster.red] == [
        ("", "环境卫生5分"),
        ("", "公益事业2.5分"),
        ("美丽庭院", TIDY),
    ]
    assert [one.kind for one in red.found.places] == ["", "", "美丽庭院"]
