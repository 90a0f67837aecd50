"""Warnings that hung and were wrong: an objection to them, or to what they rested on, was upheld."""

from sqlmodel import Session

from pointsbank.boards.listings import Listing, listings
from pointsbank.boards.states import BLACK, DOWN, WRONG


def is_wrong(one: Listing) -> bool:
    """Return whether people put a warning up that was wrong, as an answer or a correction found later.

    Example:
        boards.is_wrong(boards.listing(session, village="cy", listing_id=id))  # True
    """
    return one.board == BLACK and one.status == DOWN and one.ended_reason in WRONG


def wrong_warnings(session: Session, *, village: str) -> list[Listing]:
    """Return the warnings that were up and were wrong.

    Example:
        boards.wrong_warnings(session, village="cy")[0].participant.name  # "王建国"
    """
    return [one for one in listings(session, village=village) if is_wrong(one)]
