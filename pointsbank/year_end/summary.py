"""A year's end in sum, for who asks from outside: as it would be posted now, or as it was."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank.points import Points
from pointsbank.year_end.planning import plan
from pointsbank.year_end.reading import standing_run


@dataclass(frozen=True, slots=True)
class Summary:
    """A year's end in hundredths: "planned" or "posted", and for how many participants anything moves.

    `due_on`: the day from which it may be posted; None without a rule.
    """

    year: int
    status: str
    due_on: date | None
    accounts: int
    gone: Points
    honour_given: Points
    honour_gone: Points


def summary(session: Session, *, village: str, year: int, at: datetime) -> Summary:
    """Return a year's end in sum.

    Raises:
        YearInvalid: it is no year.
        VillageUnknown: there is no such village.

    Example:
        year_end.summary(session, village="chayuan", year=2026, at=now).gone  # 1254300
    """
    found = plan(session, village=village, year=year, at=at)
    run = standing_run(session, village=village, year=year)
    if run is not None:
        sums = run.points_gone, run.honour_given, run.honour_gone
        return Summary(year, "posted", found.due_on, run.accounts, *sums)
    given, begun = found.sum_of("honour_given"), found.sum_of("honour_gone")
    return Summary(year, "planned", found.due_on, len(found.moved), found.sum_of("gone"), given, begun)
