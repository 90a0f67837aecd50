"""The household's points and honour, in large figures."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit


@dataclass(frozen=True, slots=True)
class Balance:
    """What the household has, in hundredths."""

    points: int
    honour: int


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Balance:
    """Return the balances of the visit's household."""
    found = ledger.balance(session, village=visit.village, participant=visit.participant)
    return Balance(found.points, found.honour)


SECTION = Section(name="balance", title="我家的积分", position=10, gather=gather)
