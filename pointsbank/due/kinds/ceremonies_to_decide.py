"""Weddings and funerals that an elder reported, and that wait for a meeting."""

from sqlmodel import Session

from pointsbank import ceremonies, scoring
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    count = len(ceremonies.waiting(session, village=asked.village))
    if not count:
        return None
    what = f"{count}次红白事等评议会决定"
    # It is decided at a meeting; where none is in session, one is opened first.
    meetings = scoring.open_meetings(session, village=asked.village)
    if meetings:
        return Due(count, what, "one_meeting", {"meeting": meetings[0].id})
    return Due(count, f"{what}，下次评议会处理", "meetings")


KIND = Kind("ceremonies_to_decide", Permission.MEETING_HOLD, "meetings", _waiting, step="judging")
