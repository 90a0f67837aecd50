"""A household leaves all boards by one signature: ranked and praised nowhere, it sees its own place."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import boards, ledger, roster
from pointsbank.boards import OwnPlace
from pointsbank.database import Database
from tests.boards.test_red_board import TODAY, draft, scored, vote, wall
from tests.boards.test_standing import places
from tests.publicity.scene import CODE, LI, MONTH, after


def sign(database: Database, code: str, *, back: bool = False, on: date = TODAY) -> None:
    """A household signs at the office on the fifth."""
    verb = boards.rejoin if back else boards.leave
    with database.writing() as session:
        verb(session, village=CODE, participant=code, signed_on=on, by=LI, at=after(4))


def own(database: Database, code: str) -> OwnPlace | None:
    """The place that a household's own page says."""
    with database.reading() as session:
        who = roster.by_code(session, village=CODE, code=code).id
        return boards.own_place(session, village=CODE, participant=who, month=MONTH)


def test_who_left_has_no_place_and_the_next_moves_up(database: Database) -> None:
    scored(database)

    sign(database, "0101")

    found = places(database)
    assert (found["0101"], found["0102"], found["0202"]) == ((0, 750), (1, 500), (7, -300))
    place = own(database, "0101")
    assert place is not None and (place.place, place.of, place.honour) == (1, 8, 750)


def test_in_a_closed_month_the_own_place_is_that_of_its_close(database: Database) -> None:
    scored(database)
    sign(database, "0102")
    open_month = [own(database, code) for code in ("0101", "0102", "0202")]
    with database.writing() as session:
        boards.freeze_standing(session, village=CODE, month=MONTH, at=after(30))

    assert [own(database, code) for code in ("0101", "0102", "0202")] == open_month
    assert [one and (one.place, one.of) for one in open_month] == [(1, 7), (2, 8), (7, 7)]


def test_who_left_is_not_proposed_and_who_came_back_is(sqlite_database: Database) -> None:
    scored(sqlite_database)
    sign(sqlite_database, "0101")

    assert [one.participant.code for one in draft(sqlite_database)] == ["0102", "0201"]
    with pytest.raises(boards.problems.HasLeftBoards):
        draft(sqlite_database, "0101")

    sign(sqlite_database, "0101", back=True)
    assert [one.participant.code for one in draft(sqlite_database)] == ["0101"]


def test_what_was_proposed_is_not_voted_on_and_what_is_up_is_shown_no_more(
    sqlite_database: Database,
) -> None:
    scored(sqlite_database)
    first, second, _ = draft(sqlite_database)
    vote(sqlite_database, first)
    assert len(wall(sqlite_database).red) == 1

    sign(sqlite_database, "0101")
    sign(sqlite_database, "0102")

    assert not wall(sqlite_database).red
    with sqlite_database.reading() as session:
        waiting = boards.undecided_red(session, village=CODE, month=MONTH)
    assert [one.participant.code for one in waiting] == ["0201"]
    with pytest.raises(boards.problems.HasLeftBoards):
        vote(sqlite_database, second)


def test_a_signature_counts_once_on_its_day(sqlite_database: Database) -> None:
    with pytest.raises(boards.problems.BoardsNotLeft):
        scored(sqlite_database)
        sign(sqlite_database, "0101", back=True)
    with pytest.raises(boards.problems.SigningDayInvalid):
        sign(sqlite_database, "0101", on=date(2026, 9, 6))
    sign(sqlite_database, "0101")
    with pytest.raises(boards.problems.BoardsLeftAlready):
        sign(sqlite_database, "0101")
    with pytest.raises(boards.problems.SigningDayInvalid):
        sign(sqlite_database, "0101", back=True, on=date(2026, 9, 4))

    with sqlite_database.reading() as session:
        entries = ledger.log_entries(session, village=CODE, kinds=("boards_left",), limit=5)
    assert [one.words["signed_on"] for one in entries if one.words] == ["2026-09-05"]


def test_the_database_keeps_what_was_signed(database: Database) -> None:
    scored(database)
    sign(database, "0101")
    sign(database, "0101", back=True)

    for change in ("DELETE FROM board_leave", "UPDATE board_leave SET back_on = NULL"):
        with pytest.raises(DBAPIError), database.writing() as session:
            session.execute(text(change))
