"""When the objections that wait for an answer are due."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.objections.filing import Kind, Row


def answers_due(session: Session, kind: Kind[Row], *, village: str) -> list[date]:
    """Return the last day of each open objection of a kind in a village, the earliest first.

    Example:
        answers_due(session, SCORES, village="chayuan")  # [date(2026, 9, 10)]
    """
    filed, answer = kind.objections, kind.answers
    answered = select(col(answer.objection_id)).where(
        answer.in_village_of(filed), col(answer.objection_id) == col(filed.id)
    )
    waiting = select(col(filed.due_on)).where(filed.in_village(village), ~answered.exists())
    return list(execute(session, waiting.order_by(col(filed.due_on))).scalars())
