"""Where everybody stood in a month."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from pointsbank import boards, publicity, roster, scoring
from pointsbank.database import Database
from pointsbank.dates import MonthInvalid
from tests.builders import hang_out
from tests.publicity.scene import CODE, LI, MONTH, NOW, after, hung, meeting_with, settle


def scored(database: Database) -> None:
    """0101 leads, 0102 and 0201 are level, 0202 lost points."""
    deeds = [("0101", "A1"), ("0101", "A2"), ("0102", "A1"), ("0201", "A1"), ("0202", "B1"), ("D01", "A2")]
    with database.writing() as session:
        settle(session, hung(session, *deeds))


def places(database: Database) -> dict[str, tuple[int, int]]:
    """Place and honour by code."""
    with database.reading() as session:
        codes = {one.id: one.code for one in roster.everyone(session, village=CODE)}
        lines = boards.standing(session, village=CODE, month=MONTH)
        return {codes[line.participant]: (line.place, line.honour) for line in lines}


STOOD = {
    "0101": (1, 750),
    "0102": (2, 500),
    "0201": (2, 500),
    **dict.fromkeys(("0203", "0301", "0302", "0303"), (4, 0)),
    "0202": (8, -300),
    "D01": (1, 250),
    **dict.fromkeys(("Q01", "Y01", "Z01"), (1, 0)),
}


def test_households_rank_among_households_with_ties(sqlite_database: Database) -> None:
    scored(sqlite_database)

    assert places(sqlite_database) == STOOD


def test_frozen_it_stays_whatever_comes_later(database: Database) -> None:
    scored(database)
    with database.writing() as session:
        assert boards.freeze_standing(session, village=CODE, month=MONTH, at=after(30)) == 12
        later = meeting_with(session, ("0202", "A1"))
        settle(session, hang_out(session, village=CODE, meeting=later, by=LI, at=NOW))

    assert places(database) == STOOD
    with pytest.raises(boards.problems.StandingFrozen), database.writing() as session:
        boards.freeze_standing(session, village=CODE, month=MONTH, at=after(30))


def test_the_database_keeps_a_frozen_standing(database: Database) -> None:
    scored(database)
    with database.writing() as session:
        boards.freeze_standing(session, village=CODE, month=MONTH, at=after(30))

    for change in ("UPDATE standing SET place = 1", "DELETE FROM standing"):
        with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
            session.connection().execute(text(change))


def test_groups_rank_by_honour_per_household(sqlite_database: Database) -> None:
    scored(sqlite_database)
    with sqlite_database.reading() as session:
        groups = boards.board(session, village=CODE, month=MONTH, at=after(5)).groups

    assert [(one.place, one.name, one.households, one.honour, one.average) for one in groups] == [
        (1, "一组", 2, 1250, 625),
        (2, "二组", 3, 200, 67),
        (3, "三组", 3, 0, 0),
    ]


def test_a_month_without_scores_has_everybody_level(sqlite_database: Database) -> None:
    scored(sqlite_database)
    with sqlite_database.reading() as session:
        lines = boards.standing(session, village=CODE, month="2026-08")

    assert {(line.place, line.honour) for line in lines} == {(1, 0)}


def test_a_month_that_is_none_is_refused(sqlite_database: Database) -> None:
    scored(sqlite_database)

    with pytest.raises(MonthInvalid), sqlite_database.reading() as session:
        boards.board(session, village=CODE, month="2026-13", at=NOW)


def test_a_contested_score_does_not_count_yet(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"))
        score = scoring.scores(session, village=CODE, meeting=notice.meeting)[0]
        publicity.raise_objection(
            session, village=CODE, score=score.id, raised_by="匿名", reason="不实", by="li", at=NOW
        )
        settle(session, notice)

    assert places(sqlite_database)["0101"] == (1, 0)
    assert date(2026, 9, 1) == score.occurred_on


def away(session: Session, code: str) -> None:
    """A household is away all year."""
    facts = roster.NewFacts(status="away")
    roster.edit(session, village=CODE, code=code, facts=facts, reason="全家在外打工", by=LI, at=NOW)


def test_who_is_away_all_year_has_no_place_and_no_part_in_averages(database: Database) -> None:
    scored(database)
    with database.writing() as session:
        away(session, "0101")
        away(session, "0203")
        boards.freeze_standing(session, village=CODE, month=MONTH, at=after(30))
    with database.reading() as session:
        groups = boards.board(session, village=CODE, month=MONTH, at=after(5)).groups

    stood = places(database)
    assert (stood["0101"], stood["0203"]) == ((0, 750), (0, 0))
    assert (stood["0102"], stood["0201"], stood["0301"]) == ((1, 500), (1, 500), (3, 0))
    assert [(one.name, one.households, one.average) for one in groups] == [
        ("一组", 1, 500),
        ("二组", 2, 100),
        ("三组", 3, 0),
    ]


def test_who_is_away_is_drafted_for_no_red_board_and_may_be_chosen(sqlite_database: Database) -> None:
    scored(sqlite_database)
    with sqlite_database.writing() as session:
        away(session, "0101")
        drafted = boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=NOW)
        chosen = boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=NOW, participants=["0101"])

    assert "0101" not in {one.participant.code for one in drafted}
    assert [(one.participant.code, one.place, one.honour) for one in chosen] == [("0101", None, 750)]
