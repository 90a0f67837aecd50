"""A helper for a household on the black board: named, visiting in three forms, an outcome; inside only."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import boards, helping, households, ledger
from pointsbank.database import Database
from pointsbank.text import ERASED
from tests.boards.test_black_board import hang, propose, resolved, vote
from tests.publicity.scene import CODE, LI, after

NAME, SAID = "龙凤泉", "答应周末清走"


def helped(database: Database) -> str:
    """龙凤泉 visits the household twice, and says what came of it; returns the listing."""
    listing = hang(database).id
    here = {"village": CODE, "listing": listing, "by": LI}
    with database.writing() as session:
        helping.assign_helper(session, **here, name=NAME, at=after(8))
        for day, form in ((9, "talk"), (12, "mediation")):
            helping.record_visit(session, **here, on=after(day).date(), form=form, words=SAID, at=after(day))
        helping.end_help(session, **here, outcome="turned", words="院子清干净了", at=after(15))
    return listing


def test_visits_and_outcome_are_kept_and_the_log_says_nothing_of_what_was_said(database: Database) -> None:
    listing = helped(database)

    with database.reading() as session:
        [one] = helping.helpers(session, village=CODE, listing=listing)
        told = ledger.log_entries(session, village=CODE, kinds=["listing_helped"], limit=9)
    assert (one.name, one.outcome) == (NAME, "turned")
    assert [(each.form, each.number) for each in one.visits] == [("talk", 1), ("mediation", 2)]
    assert len(told) == 4 and not any(word in repr(told) for word in (NAME, SAID))


def test_one_helps_at_a_time_in_one_of_three_forms_after_being_named(sqlite_database: Database) -> None:
    listing = hang(sqlite_database).id
    here = {"village": CODE, "listing": listing, "by": LI, "at": after(8)}
    visit = {"on": after(8).date(), "form": "talk", "words": SAID}
    with sqlite_database.writing() as session:
        with pytest.raises(helping.problems.NoHelper):
            helping.record_visit(session, **here, **visit)
        helping.assign_helper(session, **here, name=NAME)
        for unfit, problem in (
            ({"form": "threat"}, helping.problems.HelpInvalid),
            ({"on": after(7).date()}, helping.problems.VisitDayInvalid),
            ({"on": after(9).date()}, helping.problems.VisitDayInvalid),
        ):
            with pytest.raises(problem):
                helping.record_visit(session, **here, **(visit | unfit))
        with pytest.raises(helping.problems.HelperAssigned):
            helping.assign_helper(session, **here, name="别人")
        helping.end_help(session, **here, outcome="unchanged", words="还要再谈")
        assert helping.assign_helper(session, **here, name="别人").number == 2


def test_nobody_helps_where_nothing_is(sqlite_database: Database) -> None:
    resolved(sqlite_database)
    listing = propose(sqlite_database)
    vote(sqlite_database, listing, days=0, votes=(1, 4))

    with pytest.raises(helping.problems.NothingToHelp), sqlite_database.writing() as session:
        helping.assign_helper(session, village=CODE, listing=listing.id, name=NAME, by=LI, at=after(8))


def test_all_its_words_are_erased_with_the_household(database: Database) -> None:
    listing = helped(database)
    with database.writing() as session:
        who = session.connection().execute(text("SELECT participant_id FROM listing")).scalar_one()
        helping.forget(session, village=CODE, participant=who)

    with database.reading() as session:
        [one] = helping.helpers(session, village=CODE, listing=listing)
    assert {one.name, one.words, *(each.words for each in one.visits)} == {ERASED}


def test_the_database_keeps_visits_and_outcome(database: Database) -> None:
    helped(database)

    for change in (
        "DELETE FROM helper",
        "UPDATE helper SET outcome = 'unchanged'",
        "DELETE FROM helper_visit",
        "UPDATE helper_visit SET words = 'x'",
    ):
        with pytest.raises(DBAPIError, match="helper"), database.writing() as session:
            session.connection().execute(text(change))


def test_nobody_is_named_for_a_household_that_is_gone_and_no_visit_is_written_down(
    sqlite_database: Database,
) -> None:
    """Its file may be erased already: what is written of it then would stay."""
    listing = hang(sqlite_database)
    here = {"village": CODE, "listing": listing.id, "by": LI, "at": after(8)}
    with sqlite_database.writing() as session:
        helping.assign_helper(session, **here, name=NAME)
        boards.take_down(session, **here, reason="已经清理")
        ended = {"participant": listing.participant.code, "decision": "全家迁走", "request_id": "gone-0001"}
        households.close(session, village=CODE, **ended, by=LI, at=after(9))
    gone = here | {"at": after(10)}

    with sqlite_database.writing() as session, pytest.raises(helping.problems.HouseholdGone):
        helping.record_visit(session, **gone, on=after(10).date(), form="talk", words=SAID)
    with sqlite_database.writing() as session:
        helping.end_help(session, **gone, outcome="unchanged", words="搬走了")
    with sqlite_database.writing() as session, pytest.raises(helping.problems.HouseholdGone):
        helping.assign_helper(session, **gone, name="别人")
