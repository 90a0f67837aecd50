"""Titles whose criteria are met, and that wait for a vote."""

from sqlmodel import Session

from pointsbank import titles
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    count = len(titles.at_states(session, "met", village=asked.village))
    return Due(count, f"{count}个称号等表决", "title_votes") if count else None


KIND = Kind("titles_to_vote", Permission.BOARD_VOTE, "title_list", _waiting, step="board")
