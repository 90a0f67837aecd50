"""What the household asked, and how it was answered: also what does not hang."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import questions
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.dates import day_of
from pointsbank.questions import Answer, Question

FIRST = 10
"""So many are shown, the latest first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The household's questions, each with the answer that stands; nothing of who wrote them down."""

    questions: Sequence[tuple[Question, Answer | None]]
    today: date


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Asked:
    """Return what the visit's household asked; how to ask stands there even while it has not."""
    here = {"village": visit.village, "participant": visit.participant}
    return Asked(questions.of_participant(session, **here, limit=FIRST), day_of(at))


SECTION = Section(name="questions", title="提问", position=80, gather=gather)
