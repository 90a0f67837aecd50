"""Forgetting the words about a household on red and black boards; the vote and its day stay."""

from sqlalchemy import case, select, update
from sqlmodel import Session

from pointsbank.boards.models import ListingObjectionRow, ListingRow
from pointsbank.database import execute, table_of
from pointsbank.text import ERASED

_listing = table_of(ListingRow)
_objection = table_of(ListingObjectionRow)


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for every fact, reason and objection in a participant's (id) listings."""
    mine = (_listing.c.village_id == village, _listing.c.participant_id == participant)
    answered = case((_objection.c.decision.is_(None), None), else_=ERASED)
    words = {"raised_by": ERASED, "reason": ERASED, "decision": answered}
    against = _objection.c.listing_id.in_(select(_listing.c.id).where(*mine))
    execute(session, update(_objection).where(_objection.c.village_id == village, against).values(words))
    ended = case((_listing.c.ended_reason.is_(None), None), else_=ERASED)
    fact = case((_listing.c.fact == "", ""), else_=ERASED)
    execute(session, update(_listing).where(*mine).values(fact=fact, ended_reason=ended))
