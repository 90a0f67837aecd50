"""Which version of the scheme holds on a day, and which are adopted for a later one."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.scheme import adopted_schemes
from pointsbank.scoring.values import Scheme


@dataclass(frozen=True, slots=True)
class Timetable:
    """The version in force, None before the first; those to come, the earliest first."""

    current: Scheme | None
    coming: tuple[Scheme, ...]


def scheme_timetable(session: Session, *, village: str, day: date) -> Timetable:
    """Return which version holds on a day and which ones are adopted for later days.

    A version that another one replaces from the very same day will never hold, and is left out.

    Example:
        found = scheme_timetable(session, village="chayuan", day=today)
        found.current.version, [one.from_date for one in found.coming]  # 1, [date(2026, 10, 1)]
    """
    adopted = tuple(adopted_schemes(session, village=village))
    last_of_day = {one.from_date: one for one in adopted if one.from_date is not None and one.from_date > day}
    coming = tuple(last_of_day[later] for later in sorted(last_of_day))
    return Timetable(Rulebook(adopted, {}).scheme_on(day), coming)
