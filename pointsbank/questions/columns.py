"""The statement of which the list of questions is made."""

from typing import Any

from sqlalchemy import Select, and_, func
from sqlalchemy import select as select_columns
from sqlmodel import col

from pointsbank.questions.models import QuestionAnswerRow, QuestionRow


def questions_query(*, village: str) -> Select[Any]:
    """Return the statement that selects what was asked, each with the answer that stands, for lists.

    Example:
        session.execute(questions.questions_query(village="chayuan"))
    """
    row, answered = QuestionRow, QuestionAnswerRow
    last = (
        select_columns(func.max(col(answered.number)))
        .where(answered.in_village_of(row), col(answered.question_id) == col(row.id))
        .correlate(row)
        .scalar_subquery()
    )
    asked = ("id", "number", "kind", "participant_id", "words", "way", "role", "status", "due_on")
    more = ("asked_at", "recorded_by")
    columns: list[Any] = [col(getattr(row, name)).label(name) for name in (*asked, *more)]
    of_answer = ("question_words", "reason", "shown_until", "answered_at", "answered_by")
    columns += [col(getattr(answered, name)).label(name) for name in of_answer]
    columns += [col(answered.words).label("answer"), col(answered.number).label("answer_number")]
    stands = and_(
        answered.in_village(village),
        col(answered.question_id) == col(row.id),
        col(answered.number) == last,
    )
    query: Select[Any] = (
        select_columns(*columns)
        .select_from(row)
        .join(answered, stands, isouter=True)
        .where(row.in_village(village))
    )
    return query
