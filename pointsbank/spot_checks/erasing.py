"""Erasing the notes on a household's entries."""

from sqlmodel import Session, col, select

from pointsbank.spot_checks.entries import owners
from pointsbank.spot_checks.models import SpotCheckAnswerRow
from pointsbank.text import ERASED


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for what was noted on drawn entries of a participant (id).

    Example:
        spot_checks.forget(session, village="chayuan", participant=wang.id)
    """
    row = SpotCheckAnswerRow
    noted = session.exec(select(row).where(row.in_village(village), col(row.note) != "")).all()
    if not noted:
        return
    whose = owners(session, village=village, indices=sorted({one.log_index for one in noted}))
    for one in noted:
        if whose.get(one.log_index) == participant:
            one.note = ERASED
    session.flush()
