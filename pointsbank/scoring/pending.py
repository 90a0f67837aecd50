"""What must be finished before a month can be closed."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from pointsbank.dates import day_in_words, first_day, last_day
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.values import CONTESTED, ENTERED, PUBLISHED


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing of a month that is unfinished.

    Attributes:
        code: `open_meeting`, `open_day_book`, `unpublished` or `unposted`.
        sentence: what it is and what to do, for people.
        meeting: id of the meeting; empty where it is about several.
    """

    code: str
    sentence: str
    meeting: str = ""


def pending_items(session: Session, *, village: str, month: str) -> list[Pending]:
    """Return what of a month is unfinished; nothing when it may be closed.

    A contested score does not hold the month up: an objection freezes that entry alone, and what
    becomes of it counts in the next open month.

    Example:
        pending_items(session, village="chayuan", month="2026-08")[0].code  # "unposted"
    """
    return [
        *_open_meetings(session, village=village, month=month),
        *_unposted(session, village=village, month=month),
    ]


def contested_in(session: Session, *, village: str, month: str) -> int:
    """Return how many scores of a month wait for the answer to an objection.

    Example:
        contested_in(session, village="chayuan", month="2026-08")  # 1
    """
    query = (
        select(func.count())
        .select_from(StoredScoreRow)
        .where(
            StoredScoreRow.in_village(village),
            col(StoredScoreRow.counted_in) == month,
            col(StoredScoreRow.status) == CONTESTED,
        )
    )
    return session.exec(query).one()


def _open_meetings(session: Session, *, village: str, month: str) -> list[Pending]:
    """Name the open meetings that were held in the month or hold scores of it."""
    touching = select(col(StoredScoreRow.meeting_id)).where(
        StoredScoreRow.in_village(village),
        col(StoredScoreRow.counted_in) == month,
        col(StoredScoreRow.status) == ENTERED,
    )
    of_month = col(MeetingRow.held_on).between(first_day(month), last_day(month))
    query = (
        select(col(MeetingRow.id), col(MeetingRow.title), col(MeetingRow.held_on), col(MeetingRow.kind))
        .where(MeetingRow.in_village(village), col(MeetingRow.status) == "open")
        .where(of_month | col(MeetingRow.id).in_(touching.distinct()))
        .order_by(col(MeetingRow.held_on), col(MeetingRow.id))
    )
    return [
        Pending("open_day_book", f"“{title}”还没有封存，请先打开它点“封存”。", id)
        if kind
        else Pending(
            "open_meeting", f"{day_in_words(day)}的评议会“{title}”还没有结束，请先点“结束并公示”。", id
        )
        for id, title, day, kind in session.exec(query)
    ]


def _unposted(session: Session, *, village: str, month: str) -> list[Pending]:
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
    pending = []
    if found.get(ENTERED):
        sentence = f"有{found[ENTERED]}条评分已经评定、还没有公示，请先公示。"
        pending.append(Pending("unpublished", sentence))
    if found.get(PUBLISHED):
        sentence = (
            f"有{found[PUBLISHED]}条评分还没有入账：没有登记张贴的公示请先登记，正在公示的等期满后入账。"
        )
        pending.append(Pending("unposted", sentence))
    return pending
