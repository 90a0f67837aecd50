"""Reads what rows of a meeting are judged by: its rules, its panel, who is present."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from pointsbank.dates import day_of
from pointsbank.roster import Participant
from pointsbank.scoring.attendance import judges_of
from pointsbank.scoring.judging import JudgingContext
from pointsbank.scoring.meetings import is_day_book
from pointsbank.scoring.minutes import area_of
from pointsbank.scoring.scheme import rulebook


def judging_context(
    session: Session, known: Mapping[str, Participant], *, village: str, meeting: str, at: datetime
) -> JudgingContext:
    """Return the inputs of judging rows of a meeting (id).

    Args:
        known: whom the rows name, by code.

    Raises:
        PanelUnknown: raised by `area_of`.

    Example:
        context = judging_context(session, known, village="cy", meeting=meeting, at=now)
        resolved, wrong = resolve_rows(rows, context)
    """
    rules = rulebook(session, village=village)
    area, words = area_of(session, village=village, meeting=meeting) or (None, "")
    judges = judges_of(session, village=village, meeting=meeting)
    at_counter = is_day_book(session, village=village, meeting=meeting)
    return JudgingContext(day_of(at), known, rules, judges, area, words, at_counter)
