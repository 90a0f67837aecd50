"""A household's own word on how it is shown."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import households, publicity, roster
from pointsbank.database import Database
from pointsbank.publicity.masking import NAMED, NUMBERED
from tests.boards import test_black_board as black
from tests.boards import test_praise as praise
from tests.publicity.scene import CODE, LI, MONTH, NOW, after, found_village

WISHES = {"0101": NAMED, "0201": NAMED, "0202": NUMBERED}


def test_a_new_word_takes_the_place_of_the_last_which_stays_on_record(database: Database) -> None:
    with database.writing() as session:
        found_village(session)
        publicity.give_consent(session, village=CODE, participant="0101", by=LI, at=NOW)
        publicity.give_consent(
            session, village=CODE, participant="0101", shown_as=NUMBERED, by=LI, at=after(1)
        )
        who = roster.by_code(session, village=CODE, code="0101")

        assert publicity.shown_as(session, village=CODE) == {who.id: NUMBERED}
        kept = session.connection().execute(text("SELECT shown_as FROM consent ORDER BY given_at")).scalars()
        assert list(kept) == [NAMED, NUMBERED]


def test_taken_back_it_is_no_longer_in_force(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        publicity.give_consent(session, village=CODE, participant="0101", by=LI, at=NOW)
        publicity.withdraw_consent(session, village=CODE, participant="0101", by=LI, at=after(1))

        assert publicity.consents(session, village=CODE) == {}
        with pytest.raises(publicity.problems.ConsentUnknown):
            publicity.withdraw_consent(session, village=CODE, participant="0101", by=LI, at=after(1))


def test_an_organisation_needs_no_consent(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)

        with pytest.raises(publicity.problems.ConsentNotNeeded):
            publicity.give_consent(session, village=CODE, participant="Y01", by=LI, at=NOW)


def test_only_two_ways_can_be_asked_for(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)

        with pytest.raises(publicity.problems.ConsentInvalid):
            publicity.give_consent(session, village=CODE, participant="0101", shown_as="photo", by=LI, at=NOW)


def test_a_word_once_recorded_is_never_deleted(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        publicity.give_consent(session, village=CODE, participant="0101", by=LI, at=NOW)

    with pytest.raises(DBAPIError, match="never changed"), sqlite_database.writing() as session:
        session.connection().execute(text("DELETE FROM consent"))


def test_a_consent_names_nobody_whose_household_has_ended(sqlite_database: Database) -> None:
    common: dict[str, Any] = {"village": CODE, "by": LI, "at": NOW}
    with sqlite_database.writing() as session:
        found_village(session)
        named, other, numbered = (roster.by_code(session, village=CODE, code=one).id for one in WISHES)
        for code, wish in WISHES.items():
            publicity.give_consent(session, participant=code, shown_as=wish, **common)
        for code in ("0101", "0202"):
            households.close(session, participant=code, decision="外迁", request_id=f"close-{code}", **common)

    with sqlite_database.reading() as session:
        assert publicity.shown_as(session, village=CODE) == {other: NAMED, numbered: NUMBERED}
        # What was agreed stands in the file as it was.
        assert named in publicity.consents(session, village=CODE)


def test_who_agreed_is_named_on_no_board_while_a_warning_about_them_stands(sqlite_database: Database) -> None:
    """Else the name beside the masked one would say whose it is."""
    listing = black.hang(sqlite_database)
    praise.vote(sqlite_database, *praise.propose(sqlite_database, praise.adopt(sqlite_database), "0101"))
    with sqlite_database.writing() as session:
        publicity.give_consent(session, village=CODE, participant="0101", by=LI, at=NOW)

    def seen(days: int) -> list[str]:
        with sqlite_database.reading() as session:
            board = publicity.public_board(session, village=CODE, month=MONTH, at=after(days))
        return [*(one.name for one in board.red), *(f"黑{one.name}" for one in board.black or ())]

    assert seen(8) == ["王*国", "黑王*国"]
    assert seen(37) == ["王建国"]
    black.object_(sqlite_database, listing)
    assert seen(8) == ["王建国"]
