"""Corrections whose days are over and that somebody has to post, or that the program could not post."""

from datetime import timedelta

from sqlmodel import Session

from pointsbank import publicity, villages
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission

_BY_ITSELF = timedelta(days=1)
"""What the program does by itself is a matter of minutes; after a day somebody should look."""


def _waiting(session: Session, asked: Asked) -> Due | None:
    by_itself = villages.settings(session, village=asked.village).settling == "by_itself"
    day = asked.today - _BY_ITSELF if by_itself else asked.today
    found = publicity.over_corrections(session, village=asked.village, day=day)
    if not found:
        return None
    what = f"{len(found)}次更正公示期满，还没有入账"
    return Due(len(found), what, "one_score", {"score": found[0]}, late=True)


KIND = Kind("over_corrections", Permission.NOTICE_SETTLE, "notices", _waiting, step="posting")
