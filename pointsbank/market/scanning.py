"""The scan: whose card this is, their balance, and a ticket for one sale."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import ledger, roster, villages
from pointsbank.market.tickets import make_ticket
from pointsbank.points import Points
from pointsbank.text import narrow

# A scanner sends 27 characters or an address that ends in them; anything shorter came from a hand.
_SCANNED = re.compile(r"[0-9A-Za-z]{27}\s*\Z")


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

    Raises those of `roster.look_up` for a scan, and of `by_number`, `by_code` and `check_card` for what was
    typed: among them CardMalformed, CardUnknown, ParticipantUnknown.
    """
    if _SCANNED.search(narrow(text)):
        holder = roster.look_up(session, text=text, village=village)
        seen: tuple[roster.Participant, str | None] = holder.participant, holder.card_id
    else:
        typed, seen = True, _typed(session, text, village=village)
    participant, card = seen
    lasts = timedelta(seconds=villages.settings(session, village=village).ticket_seconds)
    ticket = make_ticket(
        session,
        village=village,
        participant=participant.id,
        card=card,
        typed=typed,
        lasts=lasts,
        by=by,
        at=at,
    )
    balance = ledger.balance(session, village=village, participant=participant.id)
    return Scan(participant, balance.points, balance.honour, ticket.id, ticket.expires_at, typed)


def _typed(session: Session, text: str, *, village: str) -> tuple[roster.Participant, str | None]:
    """Return the household of a typed card number or 户号, and the card if it was a number."""
    try:
        holder = roster.by_number(session, number=text, village=village)
    except (roster.problems.CardMalformed, roster.problems.CardUnknown) as problem:
        try:
            participant = roster.by_code(session, village=village, code=narrow(text)[:32])
        except roster.problems.ParticipantUnknown:
            raise problem from None
        roster.check_card(session, village=village, participant=participant.id, card=None)
        return participant, None
    return holder.participant, holder.card_id
