"""The red board: drafted from the ranking, hung by people's vote, under names that were agreed to."""

from datetime import date

import pytest

from pointsbank import boards, governing, publicity, roster
from pointsbank.database import Database
from pointsbank.publicity.noticeboard import PublicBoard
from tests.builders import NEIGHBOUR
from tests.publicity.scene import CODE, LI, MONTH, NOW, after, found_village, hung, settle

TODAY = date(2026, 9, 5)


def scored(database: Database) -> None:
    """0101 leads, 0102 and 0201 are level, 0202 lost points and the party member won some."""
    deeds = [("0101", "A1"), ("0101", "A2"), ("0102", "A1"), ("0201", "A1"), ("0202", "B1"), ("D01", "A1")]
    with database.writing() as session:
        settle(session, hung(session, *deeds))


def draft(database: Database, *codes: str) -> list[boards.Listing]:
    """Li drafts the red board on the fifth."""
    with database.writing() as session:
        return boards.propose_red(
            session, village=CODE, month=MONTH, by=LI, at=after(4), participants=codes or None
        )


def vote(database: Database, listing: boards.Listing, *, votes: tuple[int, int] = (5, 1)) -> boards.Listing:
    """The committee votes the same day."""
    with database.writing() as session:
        return boards.decide(
            session,
            village=CODE,
            listing=listing.id,
            votes_for=votes[0],
            votes_against=votes[1],
            on=TODAY,
            by=LI,
            at=after(4),
        )


def wall(database: Database) -> PublicBoard:
    """What hangs on the fifth."""
    with database.reading() as session:
        return publicity.public_board(session, village=CODE, month=MONTH, at=after(4))


def test_the_draft_takes_households_that_won_more_than_they_lost(sqlite_database: Database) -> None:
    scored(sqlite_database)

    assert [(one.participant.code, one.place, one.honour) for one in draft(sqlite_database)] == [
        ("0101", 1, 750),
        ("0102", 2, 500),
        ("0201", 2, 500),
    ]


def test_the_draft_stays_within_the_villages_places(sqlite_database: Database) -> None:
    scored(sqlite_database)
    with sqlite_database.writing() as session:
        governing.change_settings(session, village=CODE, by=LI, at=NOW, red_places=1)

    assert [one.participant.code for one in draft(sqlite_database)] == ["0101"]


def test_drafting_again_adds_nothing_and_brings_nobody_back(sqlite_database: Database) -> None:
    scored(sqlite_database)
    vote(sqlite_database, draft(sqlite_database)[0], votes=(1, 5))

    assert draft(sqlite_database) == []


def test_the_committee_may_name_others_by_hand(sqlite_database: Database) -> None:
    scored(sqlite_database)

    assert [one.participant.code for one in draft(sqlite_database, "Y01", "0202", "Y01")] == [
        "Y01",
        "0202",
    ]


def test_an_unknown_household_is_not_proposed(sqlite_database: Database) -> None:
    scored(sqlite_database)

    with pytest.raises(roster.problems.ParticipantUnknown):
        draft(sqlite_database, "9999")


def test_nothing_hangs_before_people_decide(sqlite_database: Database) -> None:
    scored(sqlite_database)
    draft(sqlite_database)

    assert wall(sqlite_database).red == ()


def test_a_majority_hangs_it_masked_and_a_minority_does_not(database: Database) -> None:
    scored(database)
    first, second, third = draft(database)
    up, down, tied = (
        vote(database, first),
        vote(database, second, votes=(1, 2)),
        vote(database, third, votes=(2, 2)),
    )

    assert (up.status, down.status, tied.status) == ("up", "rejected", "rejected")
    assert [(one.name, one.group, one.reason) for one in wall(database).red] == [
        ("王*国", "一组", "环境卫生5分、公益事业2.5分")
    ]


def test_who_agreed_hangs_by_name_until_the_word_is_taken_back(sqlite_database: Database) -> None:
    scored(sqlite_database)
    vote(sqlite_database, draft(sqlite_database)[0])
    with sqlite_database.writing() as session:
        publicity.give_consent(session, village=CODE, participant="0101", by=LI, at=after(4))
    assert wall(sqlite_database).red[0].name == "王建国"

    with sqlite_database.writing() as session:
        publicity.withdraw_consent(session, village=CODE, participant="0101", by=LI, at=after(4))
    assert wall(sqlite_database).red[0].name == "王*国"


def test_a_household_may_ask_to_come_down(sqlite_database: Database) -> None:
    scored(sqlite_database)
    listing = vote(sqlite_database, draft(sqlite_database)[0])
    with sqlite_database.writing() as session:
        boards.take_down(session, village=CODE, listing=listing.id, reason="本户要求", by=LI, at=after(4))

    assert wall(sqlite_database).red == ()
    with pytest.raises(boards.problems.ListingNotUp), sqlite_database.writing() as session:
        boards.take_down(session, village=CODE, listing=listing.id, reason="本户要求", by=LI, at=after(4))


def test_a_vote_is_taken_once(sqlite_database: Database) -> None:
    scored(sqlite_database)
    listing = vote(sqlite_database, draft(sqlite_database)[0])

    with pytest.raises(boards.problems.ListingNotProposed):
        vote(sqlite_database, listing)


@pytest.mark.parametrize("votes", [(0, 0), (-1, 3), (3, -1), (20_000, 0)])
def test_votes_that_cannot_be_are_refused(sqlite_database: Database, votes: tuple[int, int]) -> None:
    scored(sqlite_database)
    listing = draft(sqlite_database)[0]

    with pytest.raises(boards.problems.VotesInvalid):
        vote(sqlite_database, listing, votes=votes)


def test_a_vote_is_not_taken_tomorrow_or_before_the_proposal(sqlite_database: Database) -> None:
    scored(sqlite_database)
    listing = draft(sqlite_database)[0]

    for day in (date(2026, 9, 4), date(2026, 9, 6)):
        with pytest.raises(boards.problems.DayInvalid), sqlite_database.writing() as session:
            boards.decide(
                session,
                village=CODE,
                listing=listing.id,
                votes_for=1,
                votes_against=0,
                on=day,
                by=LI,
                at=after(4),
            )


def test_a_listing_of_another_village_looks_missing(sqlite_database: Database) -> None:
    scored(sqlite_database)
    listing = draft(sqlite_database)[0]
    with sqlite_database.writing() as session:
        found_village(session, NEIGHBOUR)

        with pytest.raises(boards.problems.ListingUnknown):
            boards.listing(session, village=NEIGHBOUR, listing_id=listing.id)
