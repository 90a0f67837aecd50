"""What villagers ask is answered by a named role, hangs with its answer, and goes when its days are over."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import governing, households, proof, questions, roster
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.text import ERASED
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE
from tests.questions.scene import (
    ANSWER,
    ASKED,
    HERE,
    NAMING,
    NEUTRAL,
    answered,
    asked,
    founded,
    public,
    stands,
)

problems = questions.problems


def test_a_question_is_answered_within_days_and_hangs_with_its_answer(database: Database):
    founded(database)
    one = asked(database)
    assert (one.number, one.status, one.role, one.due_on) == (1, "open", "committee", date(2026, 9, 10))
    waits = public(database)
    assert (waits.published, waits.waiting, waits.due_on) == ((), 1, one.due_on)

    answered(database, one)

    shown = public(database)
    [hangs] = shown.published
    assert (hangs.question, hangs.answer, hangs.role) == (ASKED, ANSWER, "committee")
    assert (shown.waiting, shown.unpublished, shown.due_on) == (0, 0, None)
    assert "王" not in repr(shown)
    assert proof.verify(database, village=VILLAGE).holds


def test_who_gives_no_name_asks_too(sqlite_database: Database):
    founded(sqlite_database)

    one = asked(sqlite_database, participant=None, kind="doubt", role="supervisor")

    assert (one.participant_id, one.code, one.name, one.role) == (None, "", "", "supervisor")


def test_the_same_that_waits_is_one_question_and_the_same_answer_is_one(database: Database):
    founded(database)
    first = asked(database)

    assert asked(database).id == first.id
    assert asked(database, participant=None).number == 2
    answered(database, first)
    answered(database, first)
    with database.reading() as session:
        assert len(questions.answers(session, village=VILLAGE, question_id=first.id)) == 1
    assert asked(database).number == 3


def test_only_the_named_role_answers_until_it_is_passed_on(sqlite_database: Database):
    founded(sqlite_database)
    one = asked(sqlite_database)
    for other in (SUPERVISOR, CLERK, "operator"):
        with pytest.raises(problems.OthersAnswer, match="由村委会答复"):
            answered(sqlite_database, one, by=other)

    with sqlite_database.writing() as session:
        moved = questions.pass_on(session, question_id=one.id, role="supervisor", by=COMMITTEE, **HERE)

    assert (moved.role, moved.due_on) == ("supervisor", one.due_on)
    with pytest.raises(problems.OthersAnswer):
        answered(sqlite_database, one)
    answered(sqlite_database, one, by=SUPERVISOR)
    assert public(sqlite_database).published[0].role == "supervisor"
    with sqlite_database.writing() as session, pytest.raises(problems.QuestionAnswered):
        questions.pass_on(session, question_id=one.id, role="committee", by=COMMITTEE, **HERE)


def test_nobody_takes_a_question_from_the_role_that_has_it(sqlite_database: Database):
    founded(sqlite_database)
    one = asked(sqlite_database, role="supervisor")

    with sqlite_database.writing() as session, pytest.raises(problems.OthersPassOn, match="由村务监督答复"):
        questions.pass_on(session, question_id=one.id, role="committee", by=COMMITTEE, **HERE)
    with sqlite_database.writing() as session:
        moved = questions.pass_on(session, question_id=one.id, role="admin", by="operator", **HERE)
    assert moved.role == "admin"


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        (NAMING, ANSWER),
        ("有人打13800001234骗钱，村里知道吗？", ANSWER),
        (ASKED, "已经找李秀英谈过了。"),
        (ASKED, "有事打13800001234。"),
    ],
)
def test_words_that_name_somebody_do_not_hang(sqlite_database: Database, asks: str, says: str):
    founded(sqlite_database)
    one = asked(sqlite_database, words=asks)

    with sqlite_database.reading() as session, pytest.raises(Problem) as refused:
        questions.preview(session, village=VILLAGE, question_id=one.id, words=says)
    with pytest.raises(type(refused.value)):
        answered(sqlite_database, one, words=says)
    assert stands(sqlite_database, one).status == "open"


def test_a_neutral_wording_hangs_in_place_of_what_was_said(sqlite_database: Database):
    founded(sqlite_database)
    one = asked(sqlite_database, words=NAMING)

    answered(sqlite_database, one, question_words=NEUTRAL, words="已经清走，每周三有人来收。")

    assert public(sqlite_database).published[0].question == NEUTRAL
    assert stands(sqlite_database, one).words == NAMING


def test_what_may_not_hang_is_answered_with_a_reason_and_counted(sqlite_database: Database):
    founded(sqlite_database)
    one = asked(sqlite_database, words=NAMING)
    for wrong in ({"published": False}, {"reason": "insult"}, {"published": False, "reason": "none"}):
        with pytest.raises(problems.AnswerUnclear):
            answered(sqlite_database, one, **wrong)

    answered(sqlite_database, one, words="和王建国当面说了。", published=False, reason="one_household")

    assert stands(sqlite_database, one).status == "unpublished"
    shown = public(sqlite_database)
    assert (shown.published, shown.unpublished, shown.waiting) == ((), 1, 0)


def test_a_further_answer_corrects_the_last_and_nothing_is_rewritten(sqlite_database: Database):
    founded(sqlite_database)
    one = asked(sqlite_database)
    answered(sqlite_database, one)

    answered(sqlite_database, one, words="更正：每半年贴一次。", at=NOW + timedelta(days=3))
    [hangs] = public(sqlite_database).published
    assert (hangs.answer, hangs.answers) == ("更正：每半年贴一次。", 2)
    answered(sqlite_database, one, published=False, reason="privacy")
    assert public(sqlite_database).published == ()
    with sqlite_database.reading() as session:
        every = questions.answers(session, village=VILLAGE, question_id=one.id)
    assert [each.words for each in every] == [ANSWER, "更正：每半年贴一次。", ANSWER]


def test_it_hangs_for_the_village_s_days_and_then_goes(sqlite_database: Database):
    founded(sqlite_database)
    with sqlite_database.writing() as session:
        chosen = {"question_shown_days": 30, "question_working_days": 3, "question_role": "supervisor"}
        governing.change_settings(session, by=COMMITTEE, **HERE, **chosen)
    one = asked(sqlite_database)
    assert (one.role, one.due_on) == ("supervisor", date(2026, 9, 4))
    answered(sqlite_database, one, by=SUPERVISOR)
    away = asked(sqlite_database, words="又一条")
    answered(sqlite_database, away, by=SUPERVISOR, published=False, reason="asked")

    assert public(sqlite_database, NOW + timedelta(days=30)).published
    over = public(sqlite_database, NOW + timedelta(days=31))
    assert (over.published, over.unpublished) == ((), 0)


def test_who_asked_takes_it_back(sqlite_database: Database):
    founded(sqlite_database)
    one, other = asked(sqlite_database), asked(sqlite_database, words="路灯什么时候修？")
    answered(sqlite_database, one)
    withdrawing = {"by": CLERK, **HERE}
    with sqlite_database.writing() as session, pytest.raises(problems.QuestionUnknown):
        stranger = roster.by_code(session, village=VILLAGE, code="0102").id
        questions.withdraw(session, question_id=one.id, participant=stranger, **withdrawing)

    for each in (one, other, one):
        with sqlite_database.writing() as session:
            assert questions.withdraw(session, question_id=each.id, **withdrawing).status == "withdrawn"

    shown = public(sqlite_database)
    assert (shown.published, shown.waiting, shown.unpublished) == ((), 0, 0)
    # A clerk makes none disappear: what nobody had answered is counted for as long as an answer would hang.
    assert (shown.withdrawn, public(sqlite_database, NOW + timedelta(days=91)).withdrawn) == (1, 0)
    with pytest.raises(problems.QuestionWithdrawn):
        answered(sqlite_database, other)


def test_erasing_a_household_takes_its_words_and_what_hung_of_them(database: Database):
    founded(database)
    one, asked_by_nobody = asked(database), asked(database, participant=None)
    answered(database, one)
    answered(database, asked_by_nobody)
    common = {"by": COMMITTEE, **HERE}
    with database.writing() as session:
        households.close(session, participant="0101", decision="迁走", request_id="close-0101", **common)
        households.erase(session, participant="0101", reason="本人要求", **common)

    assert stands(database, one).words == ERASED
    shown = public(database)
    assert ([one.number for one in shown.published], shown.unpublished) == ([2], 0)
    with database.reading() as session:
        [answer] = questions.answers(session, village=VILLAGE, question_id=one.id)
    assert (answer.question_words, answer.words) == (ERASED, ERASED)
    assert proof.verify(database, village=VILLAGE).holds


def test_a_new_name_takes_down_what_names_it(sqlite_database: Database):
    founded(sqlite_database)
    one = asked(sqlite_database)
    answered(sqlite_database, one, words="龙凤泉边的沟已经清过。")
    assert public(sqlite_database).published
    with sqlite_database.writing() as session:
        new = {"code": "0999", "name": "龙凤泉", "group": "一组", "people": 1, "by": COMMITTEE}
        roster.add(session, **new, **HERE)

    shown = public(sqlite_database)

    assert (shown.published, shown.unpublished) == ((), 1)


def test_what_waits_is_found_by_role_and_a_household_s_with_its_answers(sqlite_database: Database):
    founded(sqlite_database)
    one, other = asked(sqlite_database), asked(sqlite_database, role="supervisor", words="账目谁在看？")
    answered(sqlite_database, one)

    with sqlite_database.reading() as session:
        waits = questions.waiting(session, village=VILLAGE)
        assert [each.id for each in waits] == [other.id]
        assert questions.waiting(session, village=VILLAGE, role="committee") == []
        mine = questions.of_participant(session, village=VILLAGE, participant=str(one.participant_id))
    assert [(each.id, answer and answer.words) for each, answer in mine] == [
        (other.id, None),
        (one.id, ANSWER),
    ]
    assert waits[0].overdue_on(date(2026, 9, 11))
    assert not waits[0].overdue_on(waits[0].due_on)


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"words": " "}, "TextInvalid"),
        ({"words": "问" * 501}, "TextInvalid"),
        ({"participant": "9999"}, "ParticipantUnknown"),
        ({"role": "clerk"}, "AnsweringRoleUnknown"),
    ],
)
def test_what_cannot_be_asked_is_refused(sqlite_database: Database, more: dict[str, Any], refused: str):
    founded(sqlite_database)

    with pytest.raises(Problem) as caught:
        asked(sqlite_database, **more)

    assert type(caught.value).__name__ == refused
    assert public(sqlite_database).waiting == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE question SET words = '别的'",
        "UPDATE question SET participant_id = NULL",
        "UPDATE question SET due_on = '2027-01-01'",
        "UPDATE question SET role = 'admin'",
        "UPDATE question SET status = 'open'",
        "DELETE FROM question",
        "UPDATE question_answer SET words = '别的'",
        "UPDATE question_answer SET shown_until = '2027-01-01'",
        "DELETE FROM question_answer",
        (
            "INSERT INTO question_answer SELECT village_id, question_id, 3, question_words, words, published,"
            " reason, role, shown_until, answered_on, answered_at, answered_by FROM question_answer"
        ),
        (
            "INSERT INTO question_answer SELECT village_id, question_id, 2, question_words, words, published,"
            " reason, 'admin', shown_until, answered_on, answered_at, answered_by FROM question_answer"
        ),
    ],
)
def test_no_sql_rewrites_what_was_asked_and_answered(database: Database, statement: str):
    founded(database)
    answered(database, asked(database))

    with pytest.raises(DatabaseError, match="never changed"), database.writing() as session:
        session.connection().execute(text(statement))
