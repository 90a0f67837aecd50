"""Nominations for titles whose criteria nobody has looked at."""

from sqlmodel import Session

from pointsbank import titles
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = titles.at_states(session, "nominated", village=asked.village)
    if not found:
        return None
    page = ("one_title", {"title": found[0].title_id})
    several = ("title_list", {"state": "nominated"})
    return one_or_all(len(found), f"{len(found)}个称号提名等核对条件", page, several)


KIND = Kind("titles_to_check", Permission.BOARD_DECIDE, "title_list", _waiting, step="board")
