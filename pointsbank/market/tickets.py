"""Scan tickets: the right to sell once, soon, to the household whose card was just seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from pointsbank.database import execute, new_id, table_of
from pointsbank.errors import Refused
from pointsbank.market.models import OpeningHoursRow, ScanTicketRow
from pointsbank.prepared import ask, write

TICKET = table_of(ScanTicketRow)
HOURS = table_of(OpeningHoursRow)


class TicketExpired(Refused):
    """The scan was too long ago, or there was none in this village: the two look exactly alike."""

    code = "ticket_expired"
    sentence = "这次扫卡已经过期，请重新扫卡。"
    fixed_by = "店员"


class TicketUsed(Refused):
    """One scan is good for one sale."""

    code = "ticket_used"
    sentence = "这次扫卡已经兑换过一次，再次兑换请重新扫卡。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A scan: whose card, typed or not, until when; `keeps_hours` where the shop has opening hours."""

    id: str
    participant_id: str
    card_id: str | None
    typed: bool
    expires_at: datetime
    keeps_hours: bool


_INSERT = insert(TICKET)
_FIND = select(
    TICKET.c.id,
    TICKET.c.participant_id,
    TICKET.c.card_id,
    TICKET.c.typed,
    TICKET.c.expires_at,
    select(HOURS.c.weekday).where(HOURS.c.village_id == bindparam("village")).exists(),
).where(TICKET.c.village_id == bindparam("village"), TICKET.c.id == bindparam("ticket"))


def make_ticket(
    session: Session,
    *,
    village: str,
    participant: str,
    card: str | None,
    typed: bool,
    lasts: timedelta,
    by: str,
    at: datetime,
) -> Ticket:
    """A new ticket for this household; any number may live at once."""
    ticket = new_id(session)
    key = {
        "village_id": village,
        "id": ticket,
        "participant_id": participant,
        "card_id": card,
        "typed": typed,
    }
    write(session, _INSERT, key | {"scanned_by": by, "scanned_at": at, "expires_at": at + lasts})
    return Ticket(ticket, participant, card, typed, at + lasts, False)


def void_tickets(session: Session, *, at: datetime) -> None:
    """End every open scan of all villages: after the clock was put back nobody knows how old it is."""
    execute(session, update(TICKET).where(TICKET.c.expires_at > at).values(expires_at=at))


def find_ticket(session: Session, *, village: str, ticket: str, at: datetime) -> Ticket:
    """The ticket, if it is still good by the clock; raises TicketExpired."""
    row = ask(session, _FIND, {"village": village, "ticket": ticket}).first() if ticket.isalnum() else None
    if row is None or row.expires_at <= at:
        raise TicketExpired()
    return Ticket(*row)
