"""The village's indices of the last closed months: numbers of the whole village, nobody's household."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import indices, villages
from pointsbank.disclosure.base import Section
from pointsbank.indices import Figure

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Indices:
    """The figures of the last closed months, the latest month first."""

    months: tuple[tuple[str, tuple[Figure, ...]], ...]


def gather(session: Session, *, village: str, at: datetime) -> Indices | None:
    """Return the frozen figures; None where no month has any.

    Raises:
        VillageUnknown: there is no such village.
    """
    villages.get(session, village)
    closed = villages.closed_months(session, village=village)[-_SHOWN:]
    found = indices.figures(session, village=village, months=closed)
    months = {month: tuple(one for one in found if one.month == month) for month in reversed(closed)}
    shown = tuple((month, some) for month, some in months.items() if some)
    return Indices(shown) if shown else None


SECTION = Section(name="indices", title="村级指数", position=57, gather=gather, by_day=True)
