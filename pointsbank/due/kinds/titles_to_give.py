"""Titles whose notice has run, with nothing said against them."""

from sqlmodel import Session

from pointsbank import titles
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = titles.to_give(session, village=asked.village, today=asked.today)
    if not found:
        return None
    page, several = ("one_title", {"title": found[0]}), ("title_list", {"state": "hanging"})
    return one_or_all(len(found), f"{len(found)}个称号公示期满，可以授牌", page, several)


KIND = Kind("titles_to_give", Permission.BOARD_DECIDE, "title_list", _waiting, step="board")
