"""What anybody may read: questions that hang with their answers, how many do not, and what still waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import governing, law, villages
from pointsbank.dates import start_of_day
from pointsbank.law import Cleared, Use
from pointsbank.questions.models import QuestionAnswerRow, QuestionRow
from pointsbank.questions.states import OPEN, WITHDRAWN
from pointsbank.text import ERASED

_MAXIMUM = 200
"""So many hang at the same time: a village of three thousand asks fewer in a season."""


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question as it hangs with its answer; nothing of who asked. `answers`: how often it was answered."""

    number: int
    kind: str
    question: Cleared
    answer: Cleared
    role: str
    asked_on: date
    answered_on: date
    shown_until: date
    answers: int


@dataclass(frozen=True, slots=True)
class PublicQuestions:
    """What hangs, the latest first; `unpublished`: answered in the same time but not fit to hang.

    `waiting`: how many have no answer; `due_on`: the earliest day by which one is due; `withdrawn`: taken
    back before an answer, in the days for which one would hang, so that none is gone without a trace.
    """

    published: Sequence[PublicQuestion]
    unpublished: int
    waiting: int
    due_on: date | None
    withdrawn: int


def published(session: Session, *, village: str, today: date) -> PublicQuestions:
    """Return what anybody may read of a village's questions on a day.

    What a rule or a new name no longer lets hang is counted with what does not.

    Example:
        questions.published(session, village="chayuan", today=day).waiting  # 1
    """
    row, answered = QuestionRow, QuestionAnswerRow
    last = (
        select(func.max(answered.number))
        .where(answered.in_village_of(row), col(answered.question_id) == col(row.id))
        .correlate(row)
        .scalar_subquery()
    )
    found = session.exec(
        select(QuestionRow, QuestionAnswerRow)
        .where(
            QuestionRow.in_village(village),
            QuestionAnswerRow.in_village(village),
            col(answered.question_id) == col(row.id),
            col(answered.number) == last,
            col(answered.shown_until) >= today,
            col(row.status) != WITHDRAWN,
        )
        .order_by(col(answered.answered_at).desc(), col(row.number).desc())
        .limit(_MAXIMUM)
    ).all()
    people = governing.named_people(session, village=village) if found else law.NOBODY
    standing = [(one, its) for one, its in found if ERASED not in (its.question_words, its.words)]
    hanging = [
        shown for one, its in standing if its.published and (shown := _shown(one, its, people)) is not None
    ]
    open_ones = session.exec(
        select(func.count(), func.min(row.due_on)).where(row.in_village(village), col(row.status) == OPEN)
    ).one()
    unpublished, gone = len(standing) - len(hanging), _withdrawn(session, village, today)
    return PublicQuestions(tuple(hanging), unpublished, open_ones[0], open_ones[1], gone)


def _withdrawn(session: Session, village: str, today: date) -> int:
    """Return how many questions were taken back of late that nobody had answered."""
    row, answered = QuestionRow, QuestionAnswerRow
    days = villages.settings(session, village=village).question_shown_days
    has_answer = select(answered.number).where(
        answered.in_village(village), col(answered.question_id) == col(row.id)
    )
    query = select(func.count(col(row.id))).where(
        row.in_village(village),
        col(row.status) == WITHDRAWN,
        col(row.withdrawn_at) >= start_of_day(today - timedelta(days=days)),
        ~has_answer.exists(),
    )
    return session.exec(query).one()


def _shown(row: QuestionRow, answer: QuestionAnswerRow, people: law.People) -> PublicQuestion | None:
    """Return a question as it hangs; None where it may not, or no longer."""
    asked = law.replace_unlawful(answer.question_words, Use.FACT, people=people)
    reply = law.replace_unlawful(answer.words, Use.FACT, people=people)
    if not (asked and reply):
        return None
    return PublicQuestion(
        row.number,
        row.kind,
        asked,
        reply,
        answer.role,
        row.asked_on,
        answer.answered_on,
        answer.shown_until,
        answer.number,
    )
