"""Scan tickets: the right to sell once, soon, to the household whose card was just seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from pointsbank.database import new_id
from pointsbank.errors import Refused
from pointsbank.market.models import OpeningHoursRow, ScanTicketRow
from pointsbank.outcomes import THERE
from pointsbank.prepared import execute_many, fetch


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


_INSERT = insert(ScanTicketRow)
_keeps_hours = (
    select(col(OpeningHoursRow.weekday)).where(OpeningHoursRow.in_village(bindparam("village"))).exists()
)
_FIND = select(*ScanTicketRow.columns_of(Ticket, keeps_hours=_keeps_hours)).where(
    ScanTicketRow.in_village(bindparam("village")), col(ScanTicketRow.id) == bindparam("ticket")
)


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
    """Write a new ticket for this household (id), good for `lasts`; any number may live at once."""
    ticket = new_id(session)
    row = {
        "village_id": village,
        "id": ticket,
        "participant_id": participant,
        "card_id": card,
        "typed": typed,
        "scanned_by": by,
        "scanned_at": at,
        "expires_at": at + lasts,
    }
    execute_many(session, _INSERT, row)
    # Should PostgreSQL crash at COMMIT, this is how to find out whether the scan counts.
    session.info[THERE] = partial(_is_there, village=village, ticket=ticket)
    return Ticket(ticket, participant, card, typed, at + lasts, False)


def _is_there(session: Session, village: str, ticket: str) -> bool:
    """Return whether a ticket was kept."""
    return fetch(session, _FIND, {"village": village, "ticket": ticket}, into=Ticket).first() is not None


def ticket_holder(session: Session, *, village: str, ticket: str) -> str | None:
    """Return whose card (id of the household) made a ticket, also one that is over; None if there is none.

    Example:
        ticket_holder(session, village="chayuan", ticket=scan.scan_ticket) == wang.id
    """
    if not ticket.isalnum():
        return None
    found = fetch(session, _FIND, {"village": village, "ticket": ticket}, into=Ticket).first()
    return found.participant_id if found else None


def void_tickets(session: Session, *, at: datetime) -> None:
    """End every open scan of all villages, as after a clock was put back: nobody knows how old they are.

    Example:
        void_tickets(session, at=now)
    """
    session.exec(update(ScanTicketRow).where(col(ScanTicketRow.expires_at) > at).values(expires_at=at))


def find_ticket(session: Session, *, village: str, ticket: str, at: datetime) -> Ticket:
    """Return the ticket with this id; raises TicketExpired if there is none or its time is over.

    Example:
        find_ticket(session, village="chayuan", ticket=scan.scan_ticket, at=now).typed  # False
    """
    found = None
    if ticket.isalnum():
        found = fetch(session, _FIND, {"village": village, "ticket": ticket}, into=Ticket).first()
    if found is None or found.expires_at <= at:
        raise TicketExpired()
    return found
