"""What hangs now and comes off by itself on a later day, so that home says until when."""

from sqlmodel import Session

from pointsbank import walls
from pointsbank.dates import day_in_words
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    every = walls.hanging(session, village=asked.village, at=asked.at)
    found = [one for one in every if not one.due_on(asked.today)]
    if not found:
        return None
    first = day_in_words(found[0].take_down_on)
    return Due(len(found), f"{len(found)}张纸现在贴着，最早{first}撤下", "wall_papers")


KIND = Kind("papers_hanging", Permission.NOTICE_HANG, "notices", _waiting, step="notice")
