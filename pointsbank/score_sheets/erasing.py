"""Deleting the photos on which an erased household's name stands."""

from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank import attachments
from pointsbank.score_sheets.models import ScoreSheetRow
from pointsbank.score_sheets.reading import OWNER_KIND


def forget(session: Session, *, village: str, participant: str, by: str, at: datetime) -> None:
    """Delete the photos of every page that names a household (id) which is being erased.

    The other households on such a page keep their scores; what was read of it stays as marks without names.

    Example:
        score_sheets.forget(session, village="chayuan", participant=wang.id, by="li", at=now)
    """
    row = ScoreSheetRow
    mine = (row.in_village(village), col(row.people).contains(participant, autoescape=True))
    numbers = session.exec(select(row.number).where(*mine)).all()
    attachments.forget_owners(session, village=village, owner_kind=OWNER_KIND, owners=numbers, by=by, at=at)
