"""What of the household's points goes at the year's end, on which day, and until when they can be used."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import spoken, year_end
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit


@dataclass(frozen=True, slots=True)
class Reminder:
    """Sentences that say it."""

    sentences: tuple[str, ...]


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Reminder | None:
    """Return what the visit's household is reminded of; None where nothing of its own goes soon."""
    found = year_end.own_reminder(session, village=visit.village, participant=visit.participant, at=at)
    return Reminder(found.in_words) if found else None


def aloud(found: Reminder) -> str:
    """Return the sentences as a voice says them."""
    return "".join(map(spoken.in_text, found.sentences))


SECTION = Section(name="year_end", title="年终结转", position=15, gather=gather, aloud=aloud)
