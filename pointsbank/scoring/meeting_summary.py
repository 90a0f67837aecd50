"""What a meeting comes to, before its minutes are sealed."""

from dataclasses import dataclass

from sqlalchemy import case, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.errors import Refused
from pointsbank.points import Points
from pointsbank.scoring.meetings import lock_open
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.superseded import PUTS_RIGHT
from pointsbank.scoring.values import WITHDRAWN


class MeetingMoved(Refused):
    """Something was entered or withdrawn after somebody had looked."""

    code = "meeting_moved"
    sentence = "您核对以后，评分又有变动，现在是{entries}条、{participants}户：请再核对一次，再结束。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """What stands in a meeting's minutes; what was withdrawn is not counted.

    Attributes:
        plus, minus: after caps; `minus` <= 0.
        cut: entries that count for less or more than was judged, by a cap or a repetition.
        nothing: entries that count for nothing.
    """

    entries: int
    participants: int
    plus: Points
    minus: Points
    cut: int
    nothing: int

    @property
    def seal(self) -> str:
        """What a page sends back to say which summary somebody looked at."""
        return f"{self.entries}-{self.participants}-{self.plus}-{-self.minus}"


def meeting_summary(session: Session, *, village: str, meeting: str) -> MeetingSummary:
    """Return what stands in a meeting's minutes; nothing of a meeting that is not there.

    Example:
        meeting_summary(session, village="chayuan", meeting=meeting.id).entries  # 39
    """
    counted, judged = col(StoredScoreRow.counted_points), col(StoredScoreRow.points)
    query = select_columns(
        func.count(),
        func.count(func.distinct(col(StoredScoreRow.participant_id))),
        func.coalesce(func.sum(case((counted > 0, counted), else_=0)), 0),
        func.coalesce(func.sum(case((counted < 0, counted), else_=0)), 0),
        func.coalesce(func.sum(case((counted != judged, 1), else_=0)), 0),
        func.coalesce(func.sum(case((counted == 0, 1), else_=0)), 0),
    ).where(
        StoredScoreRow.in_village(village),
        col(StoredScoreRow.meeting_id) == meeting,
        col(StoredScoreRow.status) != WITHDRAWN,
        ~PUTS_RIGHT,
    )
    found = [int(one) for one in execute(session, query).one()]
    entries, participants, plus, minus, cut, nothing = found
    return MeetingSummary(entries, participants, Points(plus), Points(minus), cut, nothing)


def check_summary(session: Session, *, village: str, meeting: str, seal: str) -> None:
    """Refuse to go on where a meeting is no longer what somebody looked at; locks the meeting.

    Args:
        seal: of the summary that was looked at.

    Raises:
        MeetingMoved: something was entered or withdrawn since.
        MeetingUnknown, MeetingClosed: as `lock_open`.

    Example:
        check_summary(session, village="chayuan", meeting=meeting.id, seal="39-36-150-30")
    """
    lock_open(session, village=village, meeting=meeting)
    now = meeting_summary(session, village=village, meeting=meeting)
    if now.seal != seal:
        raise MeetingMoved(entries=now.entries, participants=now.participants)
