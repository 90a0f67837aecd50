"""Papers that should be off the wall: their day has come, or what they show is shown no more."""

from sqlmodel import Session

from pointsbank import walls
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = walls.to_take_down(session, village=asked.village, at=asked.at)
    if not found:
        return None
    what = f"{len(found)}张贴着的纸该撤下，请撤下后登记"
    return Due(len(found), what, "wall_papers", late=any(one.take_down_on < asked.today for one in found))


KIND = Kind("papers_to_take_down", Permission.NOTICE_HANG, "notices", _waiting, step="notice")
