"""Papers on walls are tasks: put up, hanging until a day, taken down; a correction hangs as the error did."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import boards, dates, ledger, proof, publicity, walls
from pointsbank.database import Database
from pointsbank.publicity.correction_copies import check_as_the_error
from pointsbank.scoring import ShouldBe
from pointsbank.walls import WallCopy
from tests.boards.test_black_board import answer, hang, object_
from tests.publicity.scene import CODE, LI, MONTH, NOW, ZHAO, after, hung, scores_of, settle

PLACE = "一组路口"


def hanging(database: Database, days: int) -> list[WallCopy]:
    """What hangs so many days later."""
    with database.reading() as session:
        return walls.hanging(session, village=CODE, at=after(days))


def due(database: Database, days: int) -> list[str]:
    """Of what it is time to take down the paper."""
    with database.reading() as session:
        return [one.subject_id for one in walls.to_take_down(session, village=CODE, at=after(days))]


def put_up(database: Database, listing: str, *, days: int = 7, place: str = PLACE) -> WallCopy:
    """The paper of a warning hangs."""
    with database.writing() as session:
        return walls.put_up_listing(
            session, village=CODE, listing=listing, place=place, size="a4", by=LI, at=after(days)
        )


def test_the_paper_of_a_warning_hangs_until_it_expires_and_comes_off(database: Database) -> None:
    listing = hang(database).id
    copy = put_up(database, listing)
    with pytest.raises(walls.problems.CopyStands):
        put_up(database, listing)

    assert [(one.place, one.size) for one in hanging(database, 8)] == [(PLACE, "a4")]
    assert (due(database, 36), due(database, 37)) == ([], [listing])
    with database.writing() as session:
        done = walls.take_down(session, village=CODE, copy=copy.id, by=ZHAO, at=after(37))
        assert done.taken_by == ZHAO
        with pytest.raises(walls.problems.CopyTaken):
            walls.take_down(session, village=CODE, copy=copy.id, by=ZHAO, at=after(37))
    assert hanging(database, 38) == []
    with database.reading() as session:
        told = ledger.log_entries(session, village=CODE, limit=2)[::-1]
    assert [one.kind for one in told] == ["wall_put_up", "wall_taken_down"]
    assert PLACE in ledger.describe(told[1].kind, told[1].words, str)


@pytest.mark.parametrize("upheld", [None, True])
def test_under_an_objection_and_once_put_right_it_comes_off_today(
    sqlite_database: Database, upheld: bool | None
) -> None:
    listing = hang(sqlite_database)
    put_up(sqlite_database, listing.id)
    assert due(sqlite_database, 8) == []
    objection = object_(sqlite_database, listing)
    if upheld:
        answer(sqlite_database, objection, upheld=True)

    assert due(sqlite_database, 8) == [listing.id]
    with pytest.raises(walls.problems.NotToHang):
        put_up(sqlite_database, listing.id, days=8, place="村口")


def test_a_poster_hangs_a_month_and_no_longer_than_a_warning_on_it(sqlite_database: Database) -> None:
    listing = hang(sqlite_database)
    poster = {"village": CODE, "month": MONTH, "place": PLACE, "size": "a3", "by": LI}
    with sqlite_database.writing() as session:
        with pytest.raises(walls.problems.PosterNotReady):
            walls.put_up_poster(session, **poster, at=after(30))
        proof.close_month(session, village=CODE, month=MONTH, by=LI, at=after(31))
        made = walls.put_up_poster(session, **poster, at=after(31))
    assert made.take_down_on == listing_end(sqlite_database, listing.id)

    assert due(sqlite_database, 32) == []
    with sqlite_database.writing() as session:
        boards.take_down(session, village=CODE, listing=listing.id, reason="已整改", by=LI, at=after(32))
    # It shows somebody who has put things right: it comes off, whatever day was foreseen.
    assert due(sqlite_database, 32) == [MONTH]


def test_the_poster_of_a_quarter_hangs_from_its_first_closed_month_for_a_quarter(
    sqlite_database: Database,
) -> None:
    listing = hang(sqlite_database)
    poster = {
        "village": CODE,
        "month": boards.periods_of(MONTH)[0].code,
        "place": PLACE,
        "size": "a3",
        "by": LI,
    }
    with sqlite_database.writing() as session:
        with pytest.raises(walls.problems.PosterNotReady):
            walls.put_up_poster(session, **poster, at=after(30))
        proof.close_month(session, village=CODE, month=MONTH, by=LI, at=after(31))
        with pytest.raises(walls.problems.WallDayInvalid):
            walls.put_up_poster(session, **poster, hung_on=dates.day_of(after(30)), at=after(31))
        made = walls.put_up_poster(session, **poster, at=after(31))
    assert made.take_down_on == dates.day_of(after(31 + 92))
    # It names nobody who was warned, so no warning takes it down.
    assert listing_end(sqlite_database, listing.id) != made.take_down_on


def listing_end(database: Database, listing: str) -> object:
    """The day on which a warning expires."""
    with database.reading() as session:
        return boards.listing(session, village=CODE, listing_id=listing).expires_on


def test_a_notice_is_a_paper_too_from_its_hanging_to_the_day_after_its_last(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"))

    [copy] = hanging(sqlite_database, 0)
    assert (copy.paper, copy.subject_id, copy.place) == ("notice", notice.id, "村务公开栏")
    assert notice.ends_on is not None and (copy.take_down_on - notice.ends_on).days == 1
    assert (due(sqlite_database, 3), due(sqlite_database, 4)) == ([], [notice.id])


def corrected(database: Database) -> str:
    """A posted score of 0101 was struck out; the notice hung in two places, in one of them large."""
    with database.writing() as session:
        notice = hung(session, ("0101", "B1"))
        publicity.hang(session, village=CODE, notice=notice.id, place=PLACE, size="a3", by=LI, at=NOW)
        settle(session, notice)
        [score] = scores_of(session, notice)
        should_be = ShouldBe("0101", "B1", score.occurred_on, struck=True)
        made = publicity.correct_score(
            session,
            village=CODE,
            score=score.id,
            should_be=should_be,
            reason="认错了户",
            by=LI,
            second=ZHAO,
            at=after(5),
        )
        return made.score_id


def to_hang(database: Database) -> set[tuple[str, str]]:
    """Where corrections have to hang, and in which size."""
    with database.reading() as session:
        return {(one.place, one.size) for one in publicity.copies_to_hang(session, village=CODE, at=after(6))}


def test_a_correction_hangs_where_the_error_hung_in_the_same_size(database: Database) -> None:
    score = corrected(database)
    assert to_hang(database) == {("村务公开栏", "a4"), (PLACE, "a3")}

    here = {"village": CODE, "score": score, "by": LI, "at": after(6)}
    with database.writing() as session:
        with pytest.raises(publicity.problems.CorrectionElsewhere, match="村务公开栏"):
            publicity.hang_correction_copy(session, **here, place="祠堂")
        with pytest.raises(publicity.problems.CorrectionSmaller, match="A3"):
            publicity.hang_correction_copy(session, **here, place=PLACE, size="a4")
        publicity.hang_correction_copy(session, **here, place=PLACE)
    assert to_hang(database) == {("村务公开栏", "a4")}
    large = [one for one in hanging(database, 6) if one.paper == "correction"]
    assert [(one.place, one.size) for one in large] == [(PLACE, "a3")]


def test_where_no_error_is_known_to_hang_any_place_will_do() -> None:
    assert check_as_the_error([], place="祠堂", size=None) == "a4"
    assert check_as_the_error([], place="祠堂", size="a3") == "a3"


def test_the_database_keeps_what_hung_and_that_it_came_off(database: Database) -> None:
    copy = put_up(database, hang(database).id)
    with database.writing() as session:
        walls.take_down(session, village=CODE, copy=copy.id, by=LI, at=after(9))

    for change in (
        "DELETE FROM wall_copy",
        "UPDATE wall_copy SET taken_on = NULL, taken_by = NULL, taken_at = NULL",
        "UPDATE wall_copy SET place = 'x'",
    ):
        with pytest.raises(DBAPIError, match="wall_copy"), database.writing() as session:
            session.connection().execute(text(change))
