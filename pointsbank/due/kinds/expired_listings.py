"""Warnings whose days are over: they are shown no more, and their paper comes off the wall."""

from sqlmodel import Session

from pointsbank import boards
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = boards.expired(session, village=asked.village, day=asked.today)
    if not found:
        return None
    what = f"{len(found)}条黑榜已经到期，请从墙上撤下，再登记撤下"
    if len(found) == 1:
        return Due(1, what, "one_listing", {"listing": found[0]}, late=True)
    return Due(len(found), what, "one_list", {"name": "listings", "status": "expired"}, late=True)


KIND = Kind("expired_listings", Permission.BOARD_DECIDE, "months", _waiting, step="board")
