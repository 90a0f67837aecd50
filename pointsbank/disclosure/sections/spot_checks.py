"""Which months were drawn from by dice, and what was found: numbers and sentences, nobody's name."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import spot_checks, villages
from pointsbank.disclosure.base import Section

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draw of one month: how far it is, and what it says in words once two people have signed."""

    month: str
    size: int
    population: int
    status: str
    result: str


def gather(session: Session, *, village: str, at: datetime) -> tuple[Drawn, ...] | None:
    """Return the latest draws, the latest month first; None where the village never drew.

    Raises:
        VillageUnknown: there is no such village.
    """
    villages.get(session, village)
    found = spot_checks.spot_checks(session, village=village)[:_SHOWN]
    return tuple(Drawn(one.month, one.size, one.population, one.status, one.result) for one in found) or None


SECTION = Section(name="spot_checks", title="掷骰抽查", position=75, gather=gather, by_day=True)
