"""A village where 王 and somebody without a name ask, Li of the committee and Zhao the supervisor answer."""

from datetime import datetime
from typing import Any

from pointsbank import governing, questions
from pointsbank.database import Database
from pointsbank.questions import Question
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE, chayuan

HERE: dict[str, Any] = {"village": VILLAGE, "at": NOW}
ASKED = "卫生费都用在哪里了？"
ANSWER = "用在垃圾清运上，每季度的收支贴在村务公开栏。"
NAMING = "王建国家门前的垃圾为什么没人管？"
NEUTRAL = "一组路口的垃圾为什么没人管？"


def founded(database: Database) -> None:
    """The village with its people in their roles."""
    chayuan(database)
    with database.writing() as session:
        for person, role in ((COMMITTEE, "committee"), (SUPERVISOR, "supervisor"), (CLERK, "clerk")):
            governing.set_roles(session, person=person, roles=[(VILLAGE, role)], by="operator", at=NOW)


def asked(database: Database, **more: Any) -> Question:
    """What Chen writes down at the counter."""
    given = HERE | {"kind": "question", "words": ASKED, "participant": "0101", "by": CLERK} | more
    with database.writing() as session:
        return questions.record(session, **given)


def answered(database: Database, one: Question, **more: Any) -> Question:
    """What Li answers."""
    with database.writing() as session:
        return questions.answer(
            session, question_id=one.id, **HERE | {"words": ANSWER, "by": COMMITTEE} | more
        )


def stands(database: Database, one: Question) -> Question:
    """The question as it is now."""
    with database.reading() as session:
        return questions.question(session, village=VILLAGE, question_id=one.id)


def public(database: Database, at: datetime = NOW) -> questions.PublicQuestions:
    """What anybody reads on that day."""
    with database.reading() as session:
        return questions.published(session, village=VILLAGE, today=at.date())
