"""Proposals for a board that nobody has voted about yet."""

from sqlmodel import Session

from pointsbank import boards
from pointsbank.dates import month_in_words
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    months = boards.undecided(session, village=asked.village)
    if not months:
        return None
    first = min(months)
    count = months.total()
    what = f"{count}条上榜提名还没有表决，最早的是{month_in_words(first)}的"
    if len(months) == 1:
        return Due(count, what, "month_board", {"month": first})
    return Due(count, what, "one_list", {"name": "listings", "status": "proposed"})


KIND = Kind("proposals", Permission.BOARD_VOTE, "months", _waiting, step="board")
