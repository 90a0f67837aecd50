"""The office of 茶源村: the committee, two clerks, a supervisor, an admin, and 王建国 with his card."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from pointsbank import approvals, market, roster
from pointsbank.approvals import Approval
from pointsbank.approvals.answering import Confirmed
from pointsbank.database import Database
from pointsbank.ledger.models import LogEntryRow
from pointsbank.market import PinDigest
from pointsbank.staff.permissions import Staff
from tests.builders import NOW, VILLAGE, Chayuan, chayuan
from tests.founding import founded_once
from tests.staff.people import hire

ROLES = {
    "li": "committee",
    "zhou": "committee",
    "chen": "clerk",
    "wu": "clerk",
    "zhao": "supervisor",
    "sun": "admin",
}
DIGEST = market.digest_pin("271828")


@dataclass
class Office:
    """The village, who works there, and the card in 王建国's hand."""

    village: Chayuan
    people: dict[str, Staff]
    card: roster.IssuedCard

    @property
    def database(self) -> Database:
        """Where the village keeps its books."""
        return self.village.database

    def id(self, login: str) -> str:
        """The id of one of the staff."""
        return self.people[login].id

    def scan(self, text: str = "", *, by: str = "chen", at: datetime = NOW) -> str:
        """Scan 王建国's card, or type something, and return the ticket."""
        text = text or self.card.token
        found = market.try_scan(self.database, village=VILLAGE, text=text, by=self.id(by), at=at)
        return found.scan_ticket

    def request(
        self, *, by: str = "chen", ticket: str = "", pin: PinDigest = DIGEST, at: datetime = NOW
    ) -> Approval:
        """Request a PIN for 王建国's household."""
        ticket = ticket or self.scan(by=by, at=at)
        made = self.village.write(approvals.request_pin, scan_ticket=ticket, pin=pin, by=self.id(by), at=at)
        assert isinstance(made, Approval)
        return made

    def confirm(self, one: Approval, *, by: str = "li", at: datetime = NOW) -> Confirmed:
        """Confirm a request from one's own sign-in."""
        done = self.village.write(approvals.confirm, approval=one.id, by=self.id(by), at=at)
        assert isinstance(done, Confirmed)
        return done

    def answer(self, verb: Any, one: Approval, *, by: str, at: datetime = NOW, **more: Any) -> Approval:
        """Decline or withdraw a request."""
        done = self.village.write(verb, approval=one.id, by=self.id(by), at=at, **more)
        assert isinstance(done, Approval)
        return done

    def status(self, one: Approval, *, at: datetime = NOW) -> str:
        """How a request stands."""
        found = self.village.read(approvals.shown, approval=one.id, by=self.id("zhao"), at=at)
        return str(found.status)

    def has_pin(self) -> bool:
        """Whether 王建国's household has a PIN."""
        return bool(self.village.read(market.has_pin, participant=self.village.wang.id))

    def kinds(self, *, after: int = 0) -> list[str]:
        """The kinds of the entries in the log, from an index on, but those that tell of rows alone."""
        with self.database.reading() as session:
            telling = LogEntryRow.kind != "rows_witnessed"
            query = select(LogEntryRow.kind).where(col(LogEntryRow.log_index) >= after, telling)
            return list(session.exec(query.order_by(col(LogEntryRow.log_index))))


@founded_once
def open_office(database: Database) -> Office:
    """The village and its staff, each with a login of their own; 王建国 has a card."""
    village = chayuan(database)
    people = {login: hire(database, login, role) for login, role in ROLES.items()}
    return Office(village, people, village.card(village.wang))
