"""What several parts of the public board ask alike: how to object, and what words may be read by all."""

from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import law, villages
from pointsbank.law import Cleared, People, Use


@dataclass(frozen=True, slots=True)
class HowToObject:
    """Within how many working days it is answered, and the telephone; empty where the village named none."""

    working_days: int
    phone: str


def how_to_object(session: Session, *, village: str) -> HowToObject:
    """Return within how many working days an objection is answered, and whom to call.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        how_to_object(session, village="chayuan").working_days  # 7
    """
    found = villages.settings(session, village=village)
    return HowToObject(found.objection_working_days, found.hotline or found.contact_phone)


def may_hang(words: str, instead: str, people: People) -> Cleared:
    """Return words of the village's own as everybody may read them, or others where these may not be.

    Args:
        instead: fixed words, which themselves may always be read.

    Example:
        may_hang("大米", "商品M01", people)  # "大米"
    """
    other = law.replace_unlawful(instead, Use.HEADING, people=people)
    return law.replace_unlawful(words, Use.HEADING, instead=other, people=people)
