"""What must be finished before a month can be closed."""

from sqlmodel import Session, col, func, select

from pointsbank.dates import first_day, last_day
from pointsbank.scoring.models import MeetingRow, StoredScoreRow
from pointsbank.scoring.values import ENTERED, PUBLISHED


def pending_items(session: Session, *, village: str, month: str) -> list[str]:
    """Return sentences saying what of a month is unfinished; none when it may be closed.

    A contested score does not hold the month up: an objection freezes that entry alone, and what
    becomes of it counts in the next open month.

    Example:
        pending_items(session, village="chayuan", month="2026-08")  # ["有3条评分还没有入账：…"]
    """
    return [
        *_open_meetings(session, village=village, month=month),
        *_unposted(session, village=village, month=month),
    ]


def _open_meetings(session: Session, *, village: str, month: str) -> list[str]:
    """Name the open meetings that were held in the month or hold scores of it."""
    touching = select(col(StoredScoreRow.meeting_id)).where(
        StoredScoreRow.in_village(village),
        col(StoredScoreRow.counted_in) == month,
        col(StoredScoreRow.status) == ENTERED,
    )
    of_month = col(MeetingRow.held_on).between(first_day(month), last_day(month))
    query = (
        select(col(MeetingRow.title), col(MeetingRow.held_on))
        .where(MeetingRow.in_village(village), col(MeetingRow.status) == "open")
        .where(of_month | col(MeetingRow.id).in_(touching.distinct()))
        .order_by(col(MeetingRow.held_on), col(MeetingRow.id))
    )
    return [f"{day}的评议会“{title}”还没有结束，请先点“结束并公示”。" for title, day in session.exec(query)]


def _unposted(session: Session, *, village: str, month: str) -> list[str]:
    """Count the scores of closed meetings that are not posted yet."""
    closed = select(col(MeetingRow.id)).where(
        MeetingRow.in_village(village), col(MeetingRow.status) == "closed"
    )
    query = (
        select(col(StoredScoreRow.status), func.count())
        .where(
            StoredScoreRow.in_village(village),
            col(StoredScoreRow.counted_in) == month,
            col(StoredScoreRow.status).in_((ENTERED, PUBLISHED)),
            col(StoredScoreRow.meeting_id).in_(closed),
        )
        .group_by(col(StoredScoreRow.status))
    )
    found = dict(session.exec(query).all())
    sentences = []
    if found.get(ENTERED):
        sentences.append(f"有{found[ENTERED]}条评分已经评定、还没有公示，请先公示。")
    if found.get(PUBLISHED):
        sentences.append(
            f"有{found[PUBLISHED]}条评分还没有入账：没有登记张贴的公示请先登记，正在公示的等期满后入账。"
        )
    return sentences
