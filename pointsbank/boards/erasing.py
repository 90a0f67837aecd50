"""Forgetting the words about a household on red and black boards; the vote and its day stay."""

from sqlmodel import Session, col

from pointsbank import objections
from pointsbank.boards.kinds import LISTINGS
from pointsbank.boards.models import ListingRow
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
    objections.forget(session, LISTINGS, village=village, subjects=[record.row.id for record in found])
