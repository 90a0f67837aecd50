"""How to object, and whom to call: a short line near the top of the board, and a page of its own."""

from datetime import datetime

from sqlmodel import Session

from pointsbank.disclosure.base import Section
from pointsbank.disclosure.facts import HowToObject, how_to_object


def gather(session: Session, *, village: str, at: datetime) -> HowToObject:
    """Return how to object in this village.

    Raises:
        VillageUnknown: there is no such village.
    """
    return how_to_object(session, village=village)


SECTION = Section(name="objecting", title="有异议怎么办", position=15, gather=gather, by_day=True)
