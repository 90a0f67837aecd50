"""Forgetting the words about a household on red and black boards; the vote and its day stay."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from pointsbank import objections
from pointsbank.boards.kinds import FACTS, LISTINGS
from pointsbank.boards.models import ListingRow
from pointsbank.boards.process_models import DeliveryRow, FactRow, PutRightRow
from pointsbank.boards.records import records
from pointsbank.text import ERASED


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for every fact, reason and objection in a participant's (id) listings.

    Example:
        forget(session, village="chayuan", participant="7qk…")
    """
    found = records(session, village, col(ListingRow.participant_id) == participant)
    for record in found:
        if record.row.fact:
            record.row.fact = ERASED
        if record.ended is not None:
            record.ended.reason = ERASED
    ids = [record.row.id for record in found]
    objections.forget(session, LISTINGS, village=village, subjects=ids)
    mine = (FactRow.in_village(village), col(FactRow.participant_id) == participant)
    facts = session.exec(select(FactRow).where(*mine)).all()
    for fact in facts:
        fact.words = ERASED
    objections.forget(session, FACTS, village=village, subjects=[fact.id for fact in facts])
    _forget_steps(session, village, ids)


def _forget_steps(session: Session, village: str, listings: Sequence[str]) -> None:
    """Put a placeholder for who took a letter and who saw it, and for what was found at the household."""
    brought = (DeliveryRow.in_village(village), col(DeliveryRow.listing_id).in_(listings))
    for letter in session.exec(select(DeliveryRow).where(*brought)):
        letter.brought_by = ERASED
        letter.receiver = letter.receiver and ERASED
        letter.witness = letter.witness and ERASED
    seen = (PutRightRow.in_village(village), col(PutRightRow.listing_id).in_(listings))
    for report in session.exec(select(PutRightRow).where(*seen, col(PutRightRow.words).is_not(None))):
        report.words = ERASED
