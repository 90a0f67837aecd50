"""Corrections that have to hang where the error hung, and do not yet."""

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    village, at = asked.village, asked.at
    found = len(publicity.copies_to_hang(session, village=village, at=at))
    found += len(publicity.listing_corrections_to_hang(session, village=village, at=at))
    if not found:
        return None
    return Due(found, f"{found}处贴错的地方还没有贴更正", "wall_papers", late=True)


KIND = Kind("corrections_on_walls", Permission.NOTICE_HANG, "notices", _waiting, step="notice")
