"""Households on the black board that say that they put things right: somebody goes and looks."""

from sqlmodel import Session

from pointsbank import boards
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = boards.put_right_to_check(session, village=asked.village)
    if not found:
        return None
    late = found[0].reported_on < asked.today
    what = f"{len(found)}户说整改好了，请去看一看"
    return Due(len(found), what, "one_listing", {"listing": found[0].listing_id}, late)


KIND = Kind("put_right_to_check", Permission.BOARD_DECIDE, "months", _waiting, step="board")
