"""Warnings whose days are over and that no supervisor has countersigned: people do not vote before."""

from sqlmodel import Session

from pointsbank import boards
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = boards.to_countersign(session, village=asked.village, day=asked.today)
    if not found:
        return None
    what = f"{len(found)}户黑榜提名期限已满，请村务监督看过签字"
    return Due(len(found), what, "one_listing", {"listing": found[0]})


KIND = Kind("listings_to_countersign", Permission.OBJECTION_DECIDE, "months", _waiting, step="board")
