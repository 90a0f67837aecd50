"""Notices whose days are over and that somebody has to settle, or that the program could not settle."""

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.due.posting import wait_before
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = publicity.over(session, village=asked.village, day=wait_before(session, asked))
    if not found:
        return None
    what = f"{len(found)}份公示期满，还没有入账"
    if len(found) == 1:
        return Due(1, what, "one_notice", {"notice": found[0].id}, late=True)
    what = f"{what}，最早的是{found[0].title}"
    return Due(len(found), what, "notices", {"status": "over"}, late=True)


KIND = Kind("over_notices", Permission.NOTICE_SETTLE, "notices", _waiting, step="posting")
