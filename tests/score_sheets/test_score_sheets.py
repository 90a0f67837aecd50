"""A page is read by what was printed on it, waits until it is confirmed, and is entered once."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import attachments, households, proof, roster, score_sheets, scoring
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.omr import sending
from pointsbank.score_sheets import marks
from tests.attachments.scene import jpeg
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.publicity.scene import found_village

problems = score_sheets.problems
HERE: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}
DAY = date(2026, 9, 1)
NUMBER, SECOND = "7K3M9QWXYZ", "8K3M9QWXYZ"


def printed(database: Database) -> str:
    """A meeting (id) with two printed pages: 0101 and 0102 by the item A1, 0201 by the same."""
    with database.writing() as session:
        found_village(session)
        meeting = scoring.open_meeting(session, held_on=DAY, title="九月评议会", judges=["张三"], **HERE).id
        people = {
            code: roster.by_code(session, village=VILLAGE, code=code) for code in ("0101", "0102", "0201")
        }
        group = str(people["0101"].group_id)
        pages = [
            score_sheets.PagePrinted(
                number, group, NUMBER, place, 2, ("A1",), tuple(people[one].id for one in codes)
            )
            for place, (number, codes) in enumerate(((NUMBER, ("0101", "0102")), (SECOND, ("0201",))), 1)
        ]
        assert score_sheets.keep_printed(session, meeting=meeting, pages=pages, **HERE) == 2
        assert score_sheets.keep_printed(session, meeting=meeting, pages=pages, **HERE) == 0
    return str(meeting)


def taken(database: Database, meeting: str, answers: str = "x.", shade: int = 1, **more: Any) -> Any:
    given = {"number": NUMBER, "rows": 2, "columns": 1, "answers": answers, "photo": jpeg(shade)}
    with database.writing() as session:
        return score_sheets.take_in(session, meeting=meeting, **HERE | given | more)[1]


def entered(database: Database, ticks: str = "x.", reading: int = 1, **more: Any) -> list[scoring.Score]:
    given = {"number": NUMBER, "reading": reading, "ticks": ticks, "day": DAY}
    with database.writing() as session:
        return score_sheets.enter(session, **HERE | given | more)


def photos(database: Database) -> list[bool]:
    """Whether each photo there was is still there."""
    with database.reading() as session:
        found = attachments.of_owners(
            session, village=VILLAGE, owner_kind=score_sheets.OWNER_KIND, owners=[NUMBER]
        )
    return [one.removed_on is None for one in found.get(NUMBER, [])]


def test_a_page_is_entered_once_and_its_photo_is_kept(database: Database):
    meeting = printed(database)
    taken(database, meeting)
    [score] = entered(database, request_id="paper-one")

    assert [one.id for one in entered(database, request_id="paper-one")] == [score.id]
    for again in (lambda: entered(database), lambda: taken(database, meeting, "xx", 2)):
        with pytest.raises(problems.SheetEntered):
            again()
    with database.reading() as session:
        assert score_sheets.count_entered(session, village=VILLAGE, meeting=meeting) == (1, 1)
        [missing] = score_sheets.missing_pages(
            score_sheets.standing(
                session,
                village=VILLAGE,
                pages=score_sheets.pages_of(session, village=VILLAGE, meeting=meeting),
            )
        )
        assert (score.code, missing.number, missing.page, missing.pages) == ("0101", SECOND, 2, 2)
    assert photos(database) == [True]
    assert proof.verify(database, village=VILLAGE).holds


def test_a_newer_photo_takes_the_place_of_one_that_waits(database: Database):
    meeting = printed(database)
    taken(database, meeting)
    assert taken(database, meeting).number == 1, "the very same photo changes nothing"
    taken(database, meeting, "x?", 2, cutouts=jpeg(3))

    assert photos(database) == [False, True, True]
    with pytest.raises(problems.SheetReadAgain):
        entered(database)
    with database.reading() as session:
        assert scoring.scores(session, village=VILLAGE, meeting=meeting) == []
    assert len(entered(database, "xx", reading=2)) == 2


def test_what_was_not_entered_is_not_dropped_once_the_meeting_has_ended(database: Database):
    meeting = printed(database)
    taken(database, meeting)
    with database.writing() as session:
        scoring.close_meeting(session, meeting=meeting, **HERE)

    with pytest.raises(scoring.problems.MeetingClosed), database.writing() as session:
        score_sheets.drop_photo(session, number=NUMBER, **HERE)
    assert photos(database) == [True]


def test_a_page_without_ticks_is_kept_while_the_meeting_is_open_and_not_after(database: Database):
    meeting = printed(database)
    taken(database, meeting, "..")
    with database.writing() as session:
        scoring.close_meeting(session, meeting=meeting, **HERE)

    with pytest.raises(scoring.problems.MeetingClosed):
        entered(database, "..")


def test_a_page_whose_photo_is_gone_is_not_entered(database: Database):
    taken(database, printed(database))
    with database.writing() as session:
        score_sheets.drop_photo(session, number=NUMBER, **HERE)

    for ticks in ("x.", ".."):
        with pytest.raises(problems.SheetPhotoGone):
            entered(database, ticks)


def test_the_photo_of_an_entered_page_stays_as_evidence(database: Database):
    taken(database, printed(database))
    entered(database)

    with pytest.raises(problems.SheetEntered), database.writing() as session:
        score_sheets.drop_photo(session, number=NUMBER, **HERE)
    assert photos(database) == [True]


def test_a_photo_is_dropped_once(database: Database):
    taken(database, printed(database))
    with database.writing() as session:
        score_sheets.drop_photo(session, number=NUMBER, **HERE)

    with pytest.raises(problems.SheetPhotoGone), database.writing() as session:
        score_sheets.drop_photo(session, number=NUMBER, **HERE)


def test_rows_stay_as_they_were_written(database: Database):
    meeting = printed(database)
    taken(database, meeting)
    entered(database)

    for table in ("score_sheet", "score_sheet_reading", "score_sheet_entry"):
        for change in (f"UPDATE {table} SET village_id = village_id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), database.writing() as session:
                session.execute(text(change))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"number": "0000000000"}, problems.SheetForeign),
        ({"groups": {"another"}}, problems.SheetOfOtherGroup),
        ({"meeting": "elsewhere"}, problems.SheetOfOtherMeeting),
        ({"rows": 3, "answers": "x.."}, problems.SheetShapeOther),
    ],
)
def test_what_does_not_belong_here_is_refused_by_name(
    sqlite_database: Database, more: dict[str, Any], refusal: type[Problem]
):
    meeting = printed(sqlite_database)

    with pytest.raises(refusal):
        taken(sqlite_database, **{"meeting": meeting} | more)


def test_an_old_sheet_is_refused_and_its_photo_goes_in_time(sqlite_database: Database):
    meeting = printed(sqlite_database)
    taken(sqlite_database, meeting)
    with sqlite_database.writing() as session:
        scoring.close_meeting(session, meeting=meeting, **HERE)

    with pytest.raises(problems.SheetMeetingClosed):
        taken(sqlite_database, meeting, shade=2)
    for days, gone in ((14, 0), (15, 1)):
        with sqlite_database.writing() as session:
            later = HERE | {"at": NOW + timedelta(days=days)}
            assert attachments.remove_due(session, **later) == gone


def test_a_household_that_is_erased_takes_the_photos_along_that_name_it(database: Database):
    meeting = printed(database)
    taken(database, meeting, "x?", cutouts=jpeg(3))
    entered(database)
    with database.writing() as session:
        ended = {"participant": "0102", "decision": "第2号决议", "request_id": "end-0102"}
        households.close(session, **ended, **HERE)
        households.erase(session, participant="0102", reason="本人要求", **HERE)

    assert photos(database) == [False, False]
    assert proof.verify(database, village=VILLAGE).holds


def test_the_reader_writes_what_is_read_here():
    assert list(sending.LETTERS.values()) == [marks.EMPTY, marks.MARKED, *marks.ASKED]
