"""When the objections that wait for an answer are due."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.objections.filing import Kind, Row


def answers_due(session: Session, kind: Kind[Row], *, village: str) -> list[tuple[date, str]]:
    """Return last day and subject (id) of each open objection of a kind in a village, the earliest first.

    Example:
        answers_due(session, SCORES, village="chayuan")  # [(date(2026, 9, 10), "a7…")]
    """
    filed, answer = kind.objections, kind.answers
    answered = select(col(answer.objection_id)).where(
        answer.in_village_of(filed), col(answer.objection_id) == col(filed.id)
    )
    waiting = select(col(filed.due_on), col(filed.subject_id)).where(
        filed.in_village(village), ~answered.exists()
    )
    earliest = waiting.order_by(col(filed.due_on), col(filed.subject_id))
    rows: Sequence[Any] = execute(session, earliest).all()
    return [(row[0], row[1]) for row in rows]
