"""Questions and doubts of villagers, each with its answer: the latest, and how many wait."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import questions, villages
from pointsbank.dates import day_of
from pointsbank.disclosure.base import Section
from pointsbank.questions import PublicQuestions

FIRST = 3
"""So many stand on the board; the others on a page of their own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What hangs; who answers as a rule, within how many working days; for how long it hangs; and today."""

    questions: PublicQuestions
    role: str
    working_days: int
    shown_days: int
    today: date
    first: int = FIRST


def gather(session: Session, *, village: str, at: datetime) -> Asked:
    """Return what was asked and answered; how to ask stands there even while nobody has."""
    today = day_of(at)
    chosen = villages.settings(session, village=village)
    return Asked(
        questions.published(session, village=village, today=today),
        chosen.question_role,
        chosen.question_working_days,
        chosen.question_shown_days,
        today,
    )


SECTION = Section(name="questions", title="点题公开", position=60, gather=gather, by_day=True)
