"""Leaving the roster: closed for good with every card revoked, and later, where asked for, forgotten."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.roster.cards import revoke
from pointsbank.roster.models import ParticipantRow
from pointsbank.roster.participants import by_id
from pointsbank.roster.search import search_key
from pointsbank.text import ERASED


def retire(session: Session, *, village: str, participant: str, by: str, at: datetime) -> int:
    """Mark a participant (id) closed and revoke its cards, printed ones too; answers how many cards.

    Its accounts are the ledger's: `households` calls this once they are empty.
    """
    _change(session, village, participant, status="closed")
    cards = ("printed", "active")
    return revoke(session, village=village, participant=participant, statuses=cards, by=by, at=at)


def forget(session: Session, *, village: str, participant: str, at: datetime) -> None:
    """Put a placeholder where a closed participant's (id) name stood, and drop address and people.

    The code stays: it is how the household's history is found without saying whose it was.
    """
    code = by_id(session, village=village, id=participant).code
    blank = {"name": ERASED, "address": "", "people": 0, "search_key": search_key(ERASED, code)}
    _change(session, village, participant, **blank, erased_at=at)


def _change(session: Session, village: str, participant: str, **values: object) -> None:
    """Change some columns of one participant."""
    here = (ParticipantRow.in_village(village), col(ParticipantRow.id) == participant)
    execute(session, update(ParticipantRow).where(*here).values(**values))
