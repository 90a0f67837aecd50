"""Erasing what was said in claims for a household."""

from sqlmodel import Session, col, select

from pointsbank.claims.models import ClaimDecisionRow, ClaimRow
from pointsbank.text import ERASED


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for the words of every claim for a participant (id); its photos go with attachments.

    Example:
        claims.forget(session, village="chayuan", participant=wang.id)
    """
    mine = (ClaimRow.in_village(village), col(ClaimRow.participant_id) == participant)
    for row in session.exec(select(ClaimRow).where(*mine)).all():
        row.words = ERASED
        row.opinion = row.opinion and ERASED
        mine = (ClaimDecisionRow.in_village(village), col(ClaimDecisionRow.claim_id) == row.id)
        for decision in session.exec(select(ClaimDecisionRow).where(*mine)).all():
            decision.reason = decision.reason and ERASED
    session.flush()
