"""Meetings that nobody has closed yet: what they judged hangs nowhere."""

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = scoring.open_meetings(session, village=asked.village)
    if not found:
        return None
    earliest = found[0]
    late = earliest.held_on < asked.today
    what = f"{len(found)}场评议会还没有结束，最早的是{earliest.title}"
    page, several = ("one_meeting", {"meeting": earliest.id}), ("meetings", {"status": "open"})
    return one_or_all(len(found), what, page, several, late=late)


KIND = Kind("open_meetings", Permission.MEETING_HOLD, "meetings", _waiting, step="judging")
