"""Titles that were found wanting, and plates that were put right and wait to be hung again."""

from sqlmodel import Session

from pointsbank import titles
from pointsbank.due.kind import Asked, Due, Kind, Place, one_or_all
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = titles.at_states(session, "failing", "put_right", village=asked.village)
    if not found:
        return None
    failing = sum(one.state == "failing" for one in found)
    parts = [f"{failing}块牌复查不合格等摘下"] if failing else []
    if failing < len(found):
        parts.append(f"{len(found) - failing}块牌整改合格等重新挂")
    page: Place = ("one_title", {"title": found[0].title_id})
    several: Place = ("title_list", {})
    return one_or_all(len(found), "，".join(parts), page, several)


KIND = Kind("titles_to_take_off", Permission.BOARD_DECIDE, "title_list", _waiting, step="board")
