"""Who is kept off the red board by a veto; the roster knows why and until when, and no paper says it."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import roster
from pointsbank.boards.leaving import refuse_left
from pointsbank.roster import Restriction

RED_BOARD = "red_board"
"""The kind of restriction that stands against every red listing."""


def kept_off_red(session: Session, *, village: str, at: datetime) -> dict[str, Restriction]:
    """Return who (id) is kept off the red board at a moment, each with a restriction that says why.

    Example:
        boards.kept_off_red(session, village="cy", at=now)[wang.id].why  # "拒不整改"
    """
    return roster.restricted(session, village=village, kind=RED_BOARD, at=at)


def refuse_kept_off(session: Session, *participants: str, village: str, at: datetime) -> None:
    """Raise if one of these participants (ids) is kept off the red board, or asked to stand on none.

    Raises:
        ParticipantRestricted: one is kept off.
        HasLeftBoards: one asked for it.
    """
    refuse_left(session, *participants, village=village)
    kept_off = kept_off_red(session, village=village, at=at)
    for one in participants:
        if one in kept_off:
            raise roster.as_refusal(kept_off[one], RED_BOARD)
