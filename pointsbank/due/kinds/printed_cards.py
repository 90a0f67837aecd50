"""Cards that are printed and not handed out."""

from sqlmodel import Session

from pointsbank import roster
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    count = roster.count_printed(session, village=asked.village)
    return Due(count, f"{count}张积分卡印好了，还没有发放", "handing_out") if count else None


KIND = Kind("printed_cards", Permission.CARDS_ISSUE, "handing_out", _waiting)
