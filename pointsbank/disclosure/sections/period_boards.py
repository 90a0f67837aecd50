"""The first places of the last quarter, half-year and year, under the names that households agreed to."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.disclosure.base import Section
from pointsbank.publicity import PeriodPlaces


@dataclass(frozen=True, slots=True)
class PeriodBoards:
    """The last quarter, half-year and year that are closed whole, those that there are."""

    boards: tuple[PeriodPlaces, ...]


def gather(session: Session, *, village: str, at: datetime) -> PeriodBoards | None:
    """Return who leads the last periods; None before the first is closed, or where nobody was scored.

    Raises:
        VillageUnknown: there is no such village.
    """
    found = publicity.public_periods(session, village=village, at=at)
    return PeriodBoards(found) if found else None


SECTION = Section(name="period_boards", title="季度榜和年度榜", position=23, gather=gather, by_day=True)
