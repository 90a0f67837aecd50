"""Corrections whose days are over are posted by whatever runs anyway, each in a write of its own."""

from contextlib import suppress
from datetime import datetime

from pointsbank import scoring
from pointsbank.database import Database
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.publicity.correcting import settle_correction


def any_correction_due(database: Database, *, at: datetime) -> bool:
    """Return whether a correction has hung its days in any village, and nothing stands against it.

    Example:
        publicity.any_correction_due(database, at=now)  # False
    """
    with database.reading() as session:
        return bool(scoring.due_corrections(session, day=day_of(at)))


def settle_due_corrections(database: Database, *, by: str, at: datetime) -> int:
    """Post the corrections that have hung their days, in every village; return how many.

    One that somebody contests or posts meanwhile is left alone, and holds up no other.

    Raises what `settle_correction` raises but refusals.

    Example:
        publicity.settle_due_corrections(database, by=staff.SYSTEM, at=now)  # 2
    """
    with database.reading() as session:
        due = scoring.due_corrections(session, day=day_of(at))
    posted = 0
    for village, score in due:
        with suppress(Refused), database.writing() as session:
            settle_correction(session, village=village, score=score, by=by, at=at)
            posted += 1
    return posted
