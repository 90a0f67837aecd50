"""Notices whose days are over and that somebody has to settle, or that the program could not settle."""

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
    found = publicity.over(session, village=asked.village, day=day)
    if not found:
        return None
    earliest = f"，最早的是{found[0].title}" if len(found) > 1 else ""
    what = f"{len(found)}份公示期满，还没有入账{earliest}"
    return Due(len(found), what, "one_notice", {"notice": found[0].id}, late=True)


KIND = Kind("over_notices", Permission.NOTICE_SETTLE, "notices", _waiting, step="posting")
