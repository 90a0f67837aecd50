"""The standing boards of good deeds: kind by kind, under the names that households agreed to."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.disclosure.base import Section
from pointsbank.publicity import RedPlace


@dataclass(frozen=True, slots=True)
class StandingPraise:
    """Who stands on the boards that are not of one month, kind by kind."""

    places: tuple[RedPlace, ...]


def gather(session: Session, *, village: str, at: datetime) -> StandingPraise | None:
    """Return who stands on a standing board; None where nobody does."""
    found = publicity.public_standing(session, village=village, at=at)
    return StandingPraise(found) if found else None


SECTION = Section(name="praise", title="光荣榜", position=21, gather=gather, by_day=True)
