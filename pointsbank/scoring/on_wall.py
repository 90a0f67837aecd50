"""What of scores a paper on the wall depends on, in one text or a few counts, and which corrections hang."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, and_, cast, func, or_
from sqlmodel import Session, col, select

from pointsbank.dates import start_of_day
from pointsbank.scoring.correction_reading import Correction
from pointsbank.scoring.models import CorrectionRow, StoredScoreRow

_BESIDE, _BELOW = "\x1f", "\x1e"


class CorrectionCounts(NamedTuple):
    """How many corrections a village has, and how many of them were hung, posted or dropped; none falls."""

    made: int
    hung: int
    posted: int
    dropped: int


def standing_as_text(session: Session, *, village: str, meetings: list[str]) -> str:
    """Return how the scores of some meetings (ids) stand, in one text, by which it is seen if any changed.

    Example:
        scoring.standing_as_text(session, village="chayuan", meetings=[id]) == before  # nothing changed
    """
    cells = ("number", "status", "counted_points", "participant_id", "item_id")
    line: ColumnElement[str] = cast(col(getattr(StoredScoreRow, cells[0])), String)
    for cell in cells[1:]:
        line = line + _BESIDE + cast(col(getattr(StoredScoreRow, cell)), String)
    wanted = (StoredScoreRow.in_village(village), col(StoredScoreRow.meeting_id).in_(meetings))
    # The database puts all of them into one text: a few milliseconds for thousands of rows.
    return session.exec(select(func.aggregate_strings(line, _BELOW)).where(*wanted)).one() or ""


def correction_counts(session: Session, *, village: str) -> CorrectionCounts:
    """Return how many corrections there are, and how far they are: what was put right since is seen by it.

    Example:
        scoring.correction_counts(session, village="chayuan").made  # 3
    """
    query = select(
        func.count(),
        func.count(col(CorrectionRow.hung_on)),
        func.count(col(CorrectionRow.posted_at)),
        func.count(col(CorrectionRow.dropped_at)),
    ).where(CorrectionRow.in_village(village))
    return CorrectionCounts(*session.exec(query).one())


def corrections_hanging_on(session: Session, *, village: str, day: date) -> list[Correction]:
    """Return the corrections whose paper hangs on a day, the newest first.

    One of which nobody is worse off has no days: it hangs on the day on which it was made.

    Example:
        scoring.corrections_hanging_on(session, village="chayuan", day=today)[0].ends_on
    """
    # One from before hangings were recorded has a last day alone.
    hung = or_(col(CorrectionRow.hung_on).is_(None), col(CorrectionRow.hung_on) <= day)
    of_days = and_(col(CorrectionRow.ends_on) >= day, hung)
    of_a_day = and_(col(CorrectionRow.days).is_(None), col(CorrectionRow.corrected_at) >= start_of_day(day))
    query = select(CorrectionRow).where(
        CorrectionRow.in_village(village),
        col(CorrectionRow.reverses).is_(True),
        col(CorrectionRow.dropped_at).is_(None),
        or_(of_days, of_a_day),
    )
    newest = query.order_by(col(CorrectionRow.corrected_at).desc(), col(CorrectionRow.score_id).desc())
    return [row.into(Correction) for row in session.exec(newest)]
