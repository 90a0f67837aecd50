"""Meetings: who sat, what was said, and that closed minutes stay as they are."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import roster, scoring
from pointsbank.scoring.values import Judge
from pointsbank.text import TextInvalid
from tests.builders import chayuan
from tests.scoring.panel import hold


def test_a_meeting_remembers_who_sat_and_who_was_missing(panel):
    meeting = hold(
        panel.village, judges=["李会计", "老支书"], absentees=["王委员"], minutes="逐户评议。\n无异议。"
    )

    assert (meeting.judges, meeting.absentees, meeting.status) == (("李会计", "老支书"), ("王委员",), "open")
    assert meeting.minutes == "逐户评议。\n无异议。"
    assert panel.read(scoring.meetings)[0].title == "八月评议会"


def test_a_meeting_without_judges_is_refused(sqlite_database):
    with pytest.raises(scoring.problems.JudgesInvalid, match="至少一位"):
        hold(chayuan(sqlite_database), judges=[])


def test_the_same_person_cannot_sit_twice_nor_sit_and_be_missing(sqlite_database):
    with pytest.raises(scoring.problems.JudgesInvalid, match="填了两次"):
        hold(chayuan(sqlite_database), judges=["李会计"], absentees=["李会计"])


def test_two_judges_of_one_name_are_told_apart_by_their_households(sqlite_database):
    meeting = hold(chayuan(sqlite_database), judges=[Judge("王建国", "0101"), Judge("王建国", "0102")])

    assert meeting.judges == ("王建国", "王建国")


def test_a_judge_of_a_household_nobody_knows_is_refused(sqlite_database):
    with pytest.raises(roster.problems.ParticipantUnknown):
        hold(chayuan(sqlite_database), judges=[Judge("王建国", "9999")])


def test_a_meeting_is_not_recorded_ahead_of_its_day(sqlite_database):
    with pytest.raises(scoring.problems.MeetingDateInvalid, match="2026年9月2日"):
        hold(chayuan(sqlite_database), held_on=date(2026, 9, 2))


@pytest.mark.parametrize("title", ["", "  ", "评议会\u202e", "评\x00议"])
def test_a_title_that_cannot_be_shown_is_refused(sqlite_database, title):
    with pytest.raises(TextInvalid):
        hold(chayuan(sqlite_database), title=title)


def test_the_minutes_are_written_while_the_meeting_is_open(sqlite_panel):
    meeting = sqlite_panel.write(scoring.write_minutes, meeting=sqlite_panel.meeting, minutes="补充说明")

    assert meeting.minutes == "补充说明"


def test_closing_seals_the_minutes_in_the_log(panel):
    panel.score(panel.village.wang, "助邻")
    meeting = panel.write(scoring.close_meeting, meeting=panel.meeting)

    assert (meeting.status, meeting.closed_by, meeting.scores) == ("closed", "li", 1)
    with panel.village.database.reading() as session:
        query = text("SELECT log_index FROM log_entry WHERE kind = 'minutes_closed'")
        assert session.connection().execute(query).scalars().all() == [meeting.index]


@pytest.mark.parametrize("verb", [scoring.close_meeting, scoring.write_minutes, scoring.enter_scores])
def test_nothing_is_written_into_closed_minutes(sqlite_panel, verb):
    sqlite_panel.write(scoring.close_meeting, meeting=sqlite_panel.meeting)
    given = {
        scoring.write_minutes: {"minutes": "改一改"},
        scoring.enter_scores: {"rows": [scoring.ScoreRow("0101", "助邻", date(2026, 8, 1))]},
    }

    with pytest.raises(scoring.problems.MeetingClosed):
        sqlite_panel.write(verb, meeting=sqlite_panel.meeting, **given.get(verb, {}))


def test_closed_minutes_are_added_to(panel):
    panel.write(scoring.close_meeting, meeting=panel.meeting)

    panel.write(scoring.add_note, meeting=panel.meeting, text="老支书补充：当日有雨。")
    meeting = panel.write(scoring.add_note, meeting=panel.meeting, text="已核对。")

    assert [note.text for note in meeting.notes] == ["老支书补充：当日有雨。", "已核对。"]


def test_open_minutes_are_written_not_added_to(sqlite_panel):
    with pytest.raises(scoring.problems.MeetingOpen):
        sqlite_panel.write(scoring.add_note, meeting=sqlite_panel.meeting, text="说明")


@pytest.mark.parametrize("meeting", ["", "nothing", "a" * 16, "\x00", "'; drop table meeting"])
def test_a_meeting_nobody_held_is_not_found(panel, meeting):
    with pytest.raises(scoring.problems.MeetingUnknown):
        panel.read(scoring.meeting, meeting_id=meeting)


ANOTHER_JUDGE = (
    "INSERT INTO meeting_attendance SELECT village_id, meeting_id, 9, role, '别人', participant_id"
    " FROM meeting_attendance WHERE position = 1"
)
ANOTHER_SCORE = (
    "INSERT INTO score SELECT village_id, 'slipped', meeting_id, 2, participant_id, item_id, item_code,"
    " occurred_on, quantity, points, counted_points, counted_in, late, note, remark, recused, status,"
    " entered_by, entered_at, posted_at, log_index FROM score"
)
EDITS = (
    "UPDATE meeting SET minutes = '改过'",
    "UPDATE meeting SET status = 'open', closed_at = NULL, closed_by = NULL, log_index = NULL",
    "DELETE FROM meeting",
    "DELETE FROM meeting_attendance",
    "UPDATE meeting_attendance SET name = '别人'",
    ANOTHER_JUDGE,
    "UPDATE meeting_note SET text = '改过'",
    "DELETE FROM meeting_note",
    "UPDATE score SET points = 9900, counted_points = 9900",
    "UPDATE score SET occurred_on = '2026-08-01'",
    "UPDATE score SET note = '改过'",
    "DELETE FROM score",
    ANOTHER_SCORE,
)


def test_the_database_itself_refuses_to_change_closed_minutes(panel):
    panel.score(panel.village.wang, "助邻", note="扶老人过河")
    panel.write(scoring.close_meeting, meeting=panel.meeting)
    panel.write(scoring.add_note, meeting=panel.meeting, text="已核对。")

    for statement in EDITS:
        with pytest.raises(DatabaseError), panel.village.database.writing() as session:
            session.connection().execute(text(statement))


def test_erasing_a_person_may_blank_a_note(panel):
    score = panel.score(panel.village.wang, "助邻", note="扶老人过河")
    panel.write(scoring.close_meeting, meeting=panel.meeting)

    with panel.village.database.writing() as session:
        session.connection().execute(text("UPDATE score SET note = ''"))

    assert panel.now(score).note == ""
