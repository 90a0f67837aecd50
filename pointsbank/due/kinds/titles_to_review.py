"""Titles that are looked at again: on their day, at a deadline, or because of a veto."""

from sqlmodel import Session

from pointsbank import titles
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = titles.to_review(session, village=asked.village, at=asked.at)
    if not found:
        return None
    page, several = ("one_title", {"title": found[0]}), ("title_list", {"state": "standing"})
    return one_or_all(len(found), f"{len(found)}个称号到期要复查", page, several)


KIND = Kind("titles_to_review", Permission.BOARD_DECIDE, "title_list", _waiting, step="board")
