"""Closes participants with all their cards, and later erases their names and addresses on request."""

from datetime import datetime

from sqlmodel import Session

from pointsbank.roster.cards import forget_labels, revoke
from pointsbank.roster.participants import by_id
from pointsbank.roster.search import search_key
from pointsbank.roster.stored import change
from pointsbank.text import ERASED


def retire(session: Session, *, village: str, participant: str, by: str, at: datetime) -> int:
    """Close a participant (id) and revoke its cards, printed ones too; return how many cards.

    Its accounts are the ledger's: `households` calls this once they are empty.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        roster.retire(session, village="cy", participant=wang.id, by="li", at=now) == 1
    """
    change(session, village, participant, status="closed")
    cards = ("printed", "active")
    return revoke(session, village=village, participant=participant, statuses=cards, by=by, at=at)


def forget(session: Session, *, village: str, participant: str, at: datetime) -> None:
    """Replace the name of a closed participant (id) by a placeholder, drop address, people, labels of cards.

    The code stays: by it the household's history is found without saying whose it was.

    Raises:
        ParticipantUnknown: there is no such participant.

    Example:
        roster.forget(session, village="cy", participant=wang.id, at=now)
    """
    code = by_id(session, village=village, id=participant).code
    blank = {"name": ERASED, "address": "", "people": 0, "search_key": search_key(ERASED, code)}
    change(session, village, participant, **blank, erased_at=at)
    forget_labels(session, village=village, participant=participant)
