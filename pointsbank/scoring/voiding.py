"""Voids the codes by which judges mark on their telephones."""

from sqlalchemy import delete
from sqlmodel import Session, col

from pointsbank.scoring.mark_models import MarkCodeRow


def void_code(session: Session, *, village: str, meeting: str, position: int | None = None) -> None:
    """Void the code of one judge of a meeting, or of all: neither the digits nor a telephone opens anything.

    Args:
        position: the judge's place in the minutes; None for everybody's.

    Example:
        void_code(session, village="cy", meeting=id)
    """
    mine = delete(MarkCodeRow).where(MarkCodeRow.in_village(village), col(MarkCodeRow.meeting_id) == meeting)
    if position is not None:
        mine = mine.where(col(MarkCodeRow.position) == position)
    session.exec(mine)
    session.expire_all()
