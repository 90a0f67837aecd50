"""Claims that their group has seen, and that wait for a meeting."""

from sqlmodel import Session

from pointsbank import claims, scoring
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    everything = claims.count_waiting(session, village=asked.village)
    count = everything and everything - claims.count_waiting(session, village=asked.village, unseen=True)
    if not count:
        return None
    what = f"{count}件申报等评议会决定"
    # It is decided at a meeting; where none is in session, one is opened first.
    meetings = scoring.open_meetings(session, village=asked.village)
    if meetings:
        return Due(count, what, "one_meeting", {"meeting": meetings[0].id})
    return Due(count, f"{what}，下次评议会处理", "meetings")


KIND = Kind("claims_to_decide", Permission.MEETING_HOLD, "meetings", _waiting, step="judging")
