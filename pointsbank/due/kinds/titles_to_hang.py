"""Titles that were voted, and whose notice hangs nowhere."""

from sqlmodel import Session

from pointsbank import titles
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    count = len(titles.at_states(session, "voted", village=asked.village))
    return Due(count, f"{count}个称号表决通过，等公示", "title_notices") if count else None


KIND = Kind("titles_to_hang", Permission.NOTICE_HANG, "title_list", _waiting, step="board")
