"""Corrections whose days are over are posted by whatever runs anyway, each in a write of its own."""

from contextlib import suppress
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import scoring, villages
from pointsbank.database import Database
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.publicity.correcting import settle_correction


def any_correction_due(database: Database, *, at: datetime) -> bool:
    """Return whether a correction has hung its days in a village that settles by itself, and nobody objects.

    Example:
        publicity.any_correction_due(database, at=now)  # False
    """
    with database.reading() as session:
        return bool(_due(session, at))


def settle_due_corrections(database: Database, *, by: str, at: datetime) -> int:
    """Post the corrections that have hung their days, in villages that settle by themselves; return how many.

    One that somebody contests or posts meanwhile is left alone, and holds up no other.

    Raises what `settle_correction` raises but refusals.

    Example:
        publicity.settle_due_corrections(database, by=staff.SYSTEM, at=now)  # 2
    """
    with database.reading() as session:
        due = _due(session, at)
    posted = 0
    for village, score in due:
        with suppress(Refused), database.writing() as session:
            settle_correction(session, village=village, score=score, by=by, at=at)
            posted += 1
    return posted


def over_corrections(session: Session, *, village: str, day: date) -> list[str]:
    """Return the corrections (new versions' ids) whose last day lies before `day`, the longest over first.

    Example:
        publicity.over_corrections(session, village="chayuan", day=date(2026, 9, 9))  # ["a7…"]
    """
    return [score for _, score in scoring.due_corrections(session, day=day, village=village)]


def _due(session: Session, at: datetime) -> list[tuple[str, str]]:
    """Return village and new version of what is over; where the village wants a person to do it, nothing."""
    found = scoring.due_corrections(session, day=day_of(at))
    by_themselves = set(villages.settling_by_themselves(session, among={village for village, _ in found}))
    return [(village, score) for village, score in found if village in by_themselves]
