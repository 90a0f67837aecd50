"""What must be finished before a month can be closed."""

from sqlalchemy import func, select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.dates import first_day, last_day
from pointsbank.scoring.models import MeetingRow, StoredScoreRow
from pointsbank.scoring.values import ENTERED, PUBLISHED

_meeting = table_of(MeetingRow)
_score = table_of(StoredScoreRow)


def open_work(session: Session, *, village: str, month: str) -> list[str]:
    """Sentences saying what of a month is unfinished; none when it may be closed.

    A contested score does not hold the month up: an objection freezes that entry alone, and what
    becomes of it counts in the next open month.
    """
    return [
        *_open_meetings(session, village=village, month=month),
        *_unposted(session, village=village, month=month),
    ]


def _open_meetings(session: Session, *, village: str, month: str) -> list[str]:
    """Meetings held in the month, or holding scores of it, whose minutes are still open."""
    touching = (
        select(_score.c.meeting_id)
        .where(_score.c.village_id == village, _score.c.counted_in == month, _score.c.status == ENTERED)
        .distinct()
    )
    held = _meeting.c.held_on.between(first_day(month), last_day(month))
    query = (
        select(_meeting.c.title, _meeting.c.held_on)
        .where(
            _meeting.c.village_id == village, _meeting.c.status == "open", held | _meeting.c.id.in_(touching)
        )
        .order_by(_meeting.c.held_on, _meeting.c.id)
    )
    return [
        f"{row.held_on}的评议会“{row.title}”还没有封存，请先封存并公示。" for row in execute(session, query)
    ]


def _unposted(session: Session, *, village: str, month: str) -> list[str]:
    """Scores of closed meetings that hang in public, or do not yet."""
    closed = select(_meeting.c.id).where(_meeting.c.village_id == village, _meeting.c.status == "closed")
    query = (
        select(_score.c.status, func.count().label("scores"))
        .where(
            _score.c.village_id == village,
            _score.c.counted_in == month,
            _score.c.status.in_((ENTERED, PUBLISHED)),
            _score.c.meeting_id.in_(closed),
        )
        .group_by(_score.c.status)
    )
    found = {row.status: row.scores for row in execute(session, query)}
    sentences = []
    if found.get(ENTERED):
        sentences.append(f"有{found[ENTERED]}条评分已经评定、还没有公示，请先公示。")
    if found.get(PUBLISHED):
        sentences.append(f"有{found[PUBLISHED]}条评分还在公示、没有入账，请在公示期满后入账。")
    return sentences
