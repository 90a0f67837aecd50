"""Questions: what villagers ask, and how the role that was named answers."""

from typing import Any

from pointsbank import questions
from pointsbank.questions import Answer, Question
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.questions import (
    AnswerBody,
    AnswerPage,
    QuestionBody,
    QuestionPage,
    QuestionSchema,
    RoleBody,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("questions", "点题公开")


@routes.get("/questions", "列出待答复的提问，期限早的在前", Permission.QUESTION_VIEW)
@routes.json(QuestionPage, query=PageQuery)
def list_questions(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List what waits for an answer; the list `questions` has them all."""
    with access.database().reading() as session:
        found = questions.waiting(session, village=village)
    return page_of(found, query, _due)


@routes.post("/questions", "登记一条提问", Permission.QUESTION_RECORD)
@routes.json(QuestionSchema, body=QuestionBody, status=201)
def record_question(body: dict[str, Any], village: str) -> Question:
    """Write down what somebody asks; the same that waits is answered with it."""
    with access.database().writing() as session:
        return questions.record(session, village=village, **body, **access.by_and_at())


@routes.get("/questions/<key:question>", "查看一条提问", Permission.QUESTION_VIEW)
@routes.json(QuestionSchema)
def show_question(village: str, question: str) -> Question:
    """Show one question."""
    with access.database().reading() as session:
        return questions.question(session, village=village, question_id=question)


@routes.get(
    "/questions/<key:question>/answers", "列出一条提问的答复，最后一次的算数", Permission.QUESTION_VIEW
)
@routes.json(AnswerPage, query=PageQuery)
def list_answers(query: dict[str, Any], village: str, question: str) -> dict[str, Any]:
    """List how a question was answered, in order."""
    with access.database().reading() as session:
        questions.question(session, village=village, question_id=question)
        found = questions.answers(session, village=village, question_id=question)
    return page_of(found, query, _number)


@routes.post("/questions/<key:question>/answers", "答复一条提问", Permission.QUESTION_ANSWER)
@routes.json(QuestionSchema, body=AnswerBody, status=201)
def answer_question(body: dict[str, Any], village: str, question: str) -> Question:
    """Answer a question; what was answered before stays."""
    with access.database().writing() as session:
        return questions.answer(session, village=village, question_id=question, **body, **access.by_and_at())


@routes.post("/questions/<key:question>/pass-on", "转给别人答复", Permission.QUESTION_ANSWER)
@routes.json(QuestionSchema, body=RoleBody)
def pass_question_on(body: dict[str, Any], village: str, question: str) -> Question:
    """Let another role answer; the day by which it is answered stays."""
    with access.database().writing() as session:
        return questions.pass_on(session, village=village, question_id=question, **body, **access.by_and_at())


@routes.post("/questions/<key:question>/withdraw", "替本人撤回一条提问", Permission.QUESTION_RECORD)
@routes.json(QuestionSchema)
def withdraw_question(village: str, question: str) -> Question:
    """Take a question back for who asked."""
    with access.database().writing() as session:
        return questions.withdraw(session, village=village, question_id=question, **access.by_and_at())


def _due(one: Question) -> list[str]:
    return [one.due_on.isoformat(), f"{one.number:09}"]


def _number(one: Answer) -> list[str]:
    return [f"{one.number:09}"]
