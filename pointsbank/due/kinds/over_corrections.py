"""Corrections whose days are over and that somebody has to post, or that the program could not post."""

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.due.posting import wait_before
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = publicity.over_corrections(session, village=asked.village, day=wait_before(session, asked))
    if not found:
        return None
    what = f"{len(found)}次更正公示期满，还没有入账"
    page, several = (
        ("one_score", {"score": found[0]}),
        ("one_list", {"name": "corrections", "status": "over"}),
    )
    return one_or_all(len(found), what, page, several, late=True)


KIND = Kind("over_corrections", Permission.NOTICE_SETTLE, "notices", _waiting, step="posting")
