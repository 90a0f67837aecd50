"""Deeds that an objection found missing: each becomes a line of the next meeting."""

from sqlmodel import Session

from pointsbank import publicity, scoring
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = publicity.missing_deeds(session, village=asked.village)
    if not found:
        return None
    sentence = f"{len(found)}件漏记的事待补，最早的是{found[0].name}（{found[0].code}）的"
    # It is entered at a meeting; where none is in session, one is opened first.
    meetings = scoring.open_meetings(session, village=asked.village)
    if meetings:
        return Due(len(found), sentence, "one_meeting", {"meeting": meetings[0].id})
    return Due(len(found), f"{sentence}，下次评议会录入", "meetings")


KIND = Kind("missing_deeds", Permission.SCORE_ENTER, "meetings", _waiting, step="judging")
