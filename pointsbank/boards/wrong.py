"""Warnings that hung and were wrong: an objection was upheld, a score corrected, or the committee says so."""

from sqlmodel import Session

from pointsbank.boards.listings import Listing, listings
from pointsbank.boards.states import BLACK, DOWN, FOUND_WRONG, WRONG


def is_wrong(one: Listing) -> bool:
    """Return whether people put a warning up that was wrong, as was found later.

    Example:
        boards.is_wrong(boards.listing(session, village="cy", listing_id=id))  # True
    """
    if one.board != BLACK or one.status != DOWN or one.ended_reason is None:
        return False
    return one.ended_reason in WRONG or one.ended_reason.startswith(f"{FOUND_WRONG}：")


def wrong_warnings(session: Session, *, village: str) -> list[Listing]:
    """Return the warnings that were up and were wrong.

    Example:
        boards.wrong_warnings(session, village="cy")[0].participant.name  # "王建国"
    """
    return [one for one in listings(session, village=village) if is_wrong(one)]
