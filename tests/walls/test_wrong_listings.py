"""A warning that was wrong is put right where it hung, in the same size, unless the household declines."""

import pytest

from pointsbank import boards, proof, publicity, sheets, walls
from pointsbank.boards import Listing
from pointsbank.database import Database
from pointsbank.sheets.listing_correction import Words
from tests.boards.test_black_board import FACT, answer, hang, object_
from tests.publicity.scene import CODE, LI, MONTH, after
from tests.walls.test_walls import PLACE, due, put_up

OFFICE = "村委会门口"


def wrong(database: Database, *, poster_hung: int | None = None) -> Listing:
    """A warning hung large at the office and small at the crossroads; the household's objection is upheld."""
    listing = hang(database)
    put_up(database, listing.id)
    with database.writing() as session:
        here = {"village": CODE, "place": OFFICE, "size": "a3", "by": LI}
        walls.put_up_listing(session, listing=listing.id, **here, at=after(7))
        if poster_hung is not None:
            proof.close_month(session, village=CODE, month=MONTH, by=LI, at=after(31))
            poster = {**here, "place": "祠堂", "month": MONTH}
            walls.put_up_poster(session, **poster, at=after(poster_hung))
    answer(database, object_(database, listing), upheld=True)
    return listing


def to_hang(database: Database, days: int = 8) -> set[tuple[str, str]]:
    """Where it has to hang that the warning was wrong, and in which size."""
    with database.reading() as session:
        found = publicity.listing_corrections_to_hang(session, village=CODE, at=after(days))
        return {(one.place, one.size) for one in found}


def test_it_hangs_in_each_place_in_the_size_of_the_error_and_as_long(database: Database) -> None:
    listing = wrong(database)
    assert to_hang(database) == {(PLACE, "a4"), (OFFICE, "a3")}

    here = {"village": CODE, "listing": listing.id, "by": LI, "at": after(9)}
    with database.writing() as session:
        with pytest.raises(publicity.problems.CorrectionElsewhere, match=PLACE):
            publicity.hang_listing_correction(session, **here, place="祠堂")
        with pytest.raises(publicity.problems.CorrectionSmaller, match="A3"):
            publicity.hang_listing_correction(session, **here, place=OFFICE, size="a4")
        made = publicity.hang_listing_correction(session, **here, place=OFFICE)
    with pytest.raises(walls.problems.CopyStands), database.writing() as session:
        publicity.hang_listing_correction(session, **here, place=OFFICE)
    # The error hangs since two days, and nobody took it down: the correction hangs as long.
    assert (made.size, (made.take_down_on - made.hung_on).days) == ("a3", 2)
    assert to_hang(database, 9) == {(PLACE, "a4")}
    assert due(database, 9) == [listing.id] * 2


def test_the_household_may_decline_and_nothing_is_asked_or_printed_any_more(database: Database) -> None:
    listing = wrong(database)
    here = {"village": CODE, "listing": listing.id, "by": LI, "at": after(9)}
    with database.writing() as session:
        publicity.decline_listing_correction(session, **here)
        for again in (publicity.decline_listing_correction, publicity.hang_listing_correction):
            place = {"place": PLACE} if again is publicity.hang_listing_correction else {}
            with pytest.raises(publicity.problems.CorrectionDeclined):
                again(session, **here, **place)
        with pytest.raises(publicity.problems.CorrectionDeclined):
            publicity.public_listing_correction(session, village=CODE, listing=listing.id)
    assert to_hang(database, 9) == set()


def test_what_was_put_right_or_never_hung_asks_for_no_correction(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    put_up(sqlite_database, listing.id)
    with sqlite_database.writing() as session:
        boards.take_down(session, village=CODE, listing=listing.id, reason="已整改", by=LI, at=after(8))
        with pytest.raises(publicity.problems.ListingNotWrong):
            publicity.hang_listing_correction(
                session, village=CODE, listing=listing.id, place=PLACE, by=LI, at=after(8)
            )
    assert to_hang(sqlite_database) == set()


def test_what_the_committee_itself_finds_wrong_is_put_right_where_it_hung(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    put_up(sqlite_database, listing.id)
    with sqlite_database.writing() as session:
        given = {"listing": listing.id, "reason": "那天没有去看", "was_wrong": True, "by": LI, "at": after(8)}
        down = boards.take_down(session, village=CODE, **given)

    assert down.ended_reason == "上榜有误：那天没有去看"
    assert to_hang(sqlite_database) == {(PLACE, "a4")}


def test_a_poster_hung_while_the_objection_waited_did_not_show_it(sqlite_database: Database) -> None:
    wrong(sqlite_database, poster_hung=31)

    # The objection is of the second day: a poster of the thirty-first told nobody.
    assert {place for place, _ in to_hang(sqlite_database, 33)} == {PLACE, OFFICE}


def test_the_paper_says_that_it_was_wrong_and_nothing_of_what_it_said(sqlite_database: Database) -> None:
    listing = wrong(sqlite_database)
    sheet = sheets.find("listing_correction")
    with sqlite_database.reading() as session:
        given = {"village": CODE, "by": LI, "at": after(9), "public_url": "", "listing": listing.id}
        value = sheet.gather(session, **given, paper="A3")

    assert value.on_a3 and str(value.name) == "王*国"
    said = repr(value) + "".join(Words)
    assert "王建国" not in said and FACT not in said and "B1" not in said
    assert isinstance(value.name, publicity.PublicName)
