"""The scan: whose card this is, what they hold, and a ticket for one sale."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import ledger, roster, villages
from pointsbank.market.tickets import make_ticket
from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class Scan:
    """A household at the counter; `typed` when its card was not scanned."""

    participant: roster.Participant
    balance: Points
    honour: Points
    scan_ticket: str
    expires_at: datetime
    typed: bool


def scan(session: Session, *, village: str, text: str, by: str, at: datetime, typed: bool = False) -> Scan:
    """Recognise a scanned card, or a typed card number or 户号, and make a ticket for one sale.

    What does not end in a card's 27 characters was typed; `typed` marks what was typed although it does.
    """
    holder = roster.look_up(session, text=text, village=village)
    lasts = timedelta(seconds=villages.settings(session, village=village).ticket_seconds)
    ticket = make_ticket(
        session,
        village=village,
        participant=holder.participant.id,
        card=holder.card_id,
        typed=typed,
        lasts=lasts,
        by=by,
        at=at,
    )
    held = ledger.balance(session, village=village, participant=holder.participant.id)
    return Scan(holder.participant, held.points, held.honour, ticket.id, ticket.expires_at, typed)
