"""Erasing what a household asked, and what it was answered."""

from sqlmodel import Session, col, select

from pointsbank.questions.models import QuestionAnswerRow, QuestionRow
from pointsbank.text import ERASED


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for the words of every question of a participant (id); none of them hangs any more.

    Example:
        questions.forget(session, village="chayuan", participant=wang.id)
    """
    row, answered = QuestionRow, QuestionAnswerRow
    of_it = select(row).where(row.in_village(village), col(row.participant_id) == participant)
    for one in session.exec(of_it).all():
        one.words = ERASED
        mine = (answered.in_village(village), col(answered.question_id) == one.id)
        for each in session.exec(select(answered).where(*mine)).all():
            each.words, each.question_words = ERASED, each.question_words and ERASED
    session.flush()
