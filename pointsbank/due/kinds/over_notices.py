"""Notices whose days are over and that somebody has to settle, or that the program could not settle."""

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.due.posting import wait_before
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = publicity.over(session, village=asked.village, day=wait_before(session, asked))
    if not found:
        return None
    earliest = f"，最早的是{found[0].title}" if len(found) > 1 else ""
    what = f"{len(found)}份公示期满，还没有入账{earliest}"
    page, several = ("one_notice", {"notice": found[0].id}), ("notices", {"status": "over"})
    return one_or_all(len(found), what, page, several, late=True)


KIND = Kind("over_notices", Permission.NOTICE_SETTLE, "notices", _waiting, step="posting")
