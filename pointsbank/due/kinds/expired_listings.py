"""Warnings whose days are over: they are shown no more, and their paper comes off the wall."""

from sqlmodel import Session

from pointsbank import boards
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = boards.expired(session, village=asked.village, day=asked.today)
    if not found:
        return None
    what = f"{len(found)}条黑榜已经到期，请从墙上撤下，再登记撤下"
    page, several = (
        ("one_listing", {"listing": found[0]}),
        ("one_list", {"name": "listings", "status": "expired"}),
    )
    return one_or_all(len(found), what, page, several, late=True)


KIND = Kind("expired_listings", Permission.BOARD_DECIDE, "months", _waiting, step="board")
