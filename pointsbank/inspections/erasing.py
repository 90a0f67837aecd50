"""Erasing what was written at inspections of a household."""

from sqlmodel import Session, col, select

from pointsbank.inspections.models import InspectionDecisionRow, InspectionRow
from pointsbank.text import ERASED


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for the words of every inspection of a participant (id); photos go with attachments.

    Example:
        inspections.forget(session, village="chayuan", participant=wang.id)
    """
    row, decided = InspectionRow, InspectionDecisionRow
    mine = (row.in_village(village), col(row.participant_id) == participant)
    for one in session.exec(select(row).where(*mine)).all():
        one.words = one.words and ERASED
        of_it = (decided.in_village(village), col(decided.inspection_id) == one.id)
        for decision in session.exec(select(decided).where(*of_it)).all():
            decision.reason = decision.reason and ERASED
    session.flush()
