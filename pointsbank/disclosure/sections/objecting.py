"""How to object, and whom to call: a few lines near the top of the board."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import villages
from pointsbank.disclosure.base import Section


@dataclass(frozen=True, slots=True)
class HowToObject:
    """Within how many working days it is answered, and the telephone; empty where the village named none."""

    working_days: int
    phone: str


def gather(session: Session, *, village: str, at: datetime) -> HowToObject:
    """Return how to object in this village.

    Raises:
        VillageUnknown: there is no such village.
    """
    found = villages.settings(session, village=village)
    return HowToObject(found.objection_working_days, found.hotline or found.contact_phone)


SECTION = Section(name="objecting", title="有异议怎么办", position=15, gather=gather)
