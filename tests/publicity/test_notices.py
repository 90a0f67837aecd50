"""A meeting's result hangs, and is settled once its days are over."""

from datetime import date

import pytest

from pointsbank import governing, publicity, scoring
from pointsbank.database import Database
from pointsbank.publicity.masking import NAMED, NUMBERED
from pointsbank.publicity.notices import public_notice
from tests.builders import NEIGHBOUR, hang_out
from tests.publicity.scene import CODE, LI, NOW, after, found_village, honour, hung, meeting_with, settle


def test_a_result_hangs_for_three_days_after_the_day_of_its_hanging(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"))

    assert (notice.hung_on, notice.ends_on, notice.standing) == (date(2026, 9, 1), date(2026, 9, 4), "open")


def test_the_village_may_choose_other_days(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        governing.change_settings(session, village=CODE, by=LI, at=NOW, notice_days=7)
        meeting = meeting_with(session, ("0101", "A1"))
        notice = hang_out(session, village=CODE, meeting=meeting, by=LI, at=NOW)

    assert notice.ends_on == date(2026, 9, 8)


def test_a_meeting_is_published_once(database: Database) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"))

    with pytest.raises(scoring.problems.MeetingClosed), database.writing() as session:
        publicity.close_and_publish(session, village=CODE, meeting=notice.meeting, by=LI, at=NOW)
    with database.reading() as session:
        assert publicity.notices(session, village=CODE) == [notice]


def test_nothing_is_posted_on_the_last_day(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"))

    with pytest.raises(publicity.problems.NoticeStillOpen) as refused, sqlite_database.writing() as session:
        publicity.settle(session, village=CODE, notice=notice.id, by=LI, at=after(3))
    assert refused.value.detail == "公示到2026年9月4日结束，请从2026年9月5日起再办理入账。"
    with sqlite_database.reading() as session:
        assert honour(session, "0101") == 0


def test_settling_posts_what_stands(database: Database) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A2"), ("0102", "B1"))
        done = settle(session, notice)

        assert (done.posted, done.contested, done.already) == (3, 0, False)
        assert (honour(session, "0101"), honour(session, "0102")) == (500, -50)


def test_settling_again_posts_nothing_and_says_so(database: Database) -> None:
    with database.writing() as session:
        settle(session, hung(session, ("0101", "A1")))

    with database.writing() as session:
        notice = publicity.notices(session, village=CODE)[0]
        again = settle(session, notice)

        assert (again.posted, again.already) == (0, True)
        assert honour(session, "0101") == 500


def test_an_empty_meeting_settles_to_nothing(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        meeting = scoring.open_meeting(
            session, village=CODE, held_on=date(2026, 9, 1), title="空会", judges=["张三"], by=LI, at=NOW
        )
        notice = hang_out(session, village=CODE, meeting=meeting.id, by=LI, at=NOW)

        assert settle(session, notice).posted == 0


def test_a_notice_of_another_village_looks_missing(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"))
        found_village(session, NEIGHBOUR)

    for verb in (publicity.notice, public_notice):
        with pytest.raises(publicity.problems.NoticeUnknown), sqlite_database.reading() as session:
            verb(session, village=NEIGHBOUR, notice_id=notice.id)
    with pytest.raises(publicity.problems.NoticeUnknown), sqlite_database.writing() as session:
        publicity.settle(session, village=NEIGHBOUR, notice=notice.id, by=LI, at=after(9))


def test_the_committee_reads_full_names_and_the_wall_does_not(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0201", "A1"), ("D01", "A1"), ("Y01", "A1"))
        full = publicity.notice(session, village=CODE, notice_id=notice.id)
        wall = public_notice(session, village=CODE, notice_id=notice.id)

    assert [entry.participant.name for entry in full.entries] == [
        "王建国",
        "买买提·艾力",
        "王建国",
        "茶源村志愿服务队",
    ]
    assert [entry.name for entry in wall.entries] == ["王*国", "买**·*力", "王*国", "茶源村志愿服务队"]
    # Two of one masked name find themselves by their 户号.
    assert [entry.code for entry in wall.entries] == ["0101", "0201", "D01", "Y01"]


def test_the_wall_holds_no_full_name_and_no_note_anywhere(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0201", "A1"), ("D01", "B1"))
        wall = repr(public_notice(session, village=CODE, notice_id=notice.id))

    for secret in ("王建国", "艾力", "孩子"):
        assert secret not in wall


def test_who_agreed_is_named_and_who_asked_is_numbered(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A1"))
        publicity.give_consent(session, village=CODE, participant="0101", by=LI, at=NOW)
        publicity.give_consent(session, village=CODE, participant="0102", shown_as=NUMBERED, by=LI, at=NOW)
        wall = public_notice(session, village=CODE, notice_id=notice.id)

    assert [(entry.name, entry.code) for entry in wall.entries] == [("王建国", "0101"), ("第2户", "")]


def test_consent_to_praise_does_not_name_who_lost_points(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0101", "B1"))
        publicity.give_consent(session, village=CODE, participant="0101", shown_as=NAMED, by=LI, at=NOW)
        wall = public_notice(session, village=CODE, notice_id=notice.id)

    assert {entry.name for entry in wall.entries} == {"王*国"}
