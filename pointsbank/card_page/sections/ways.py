"""What the household may do and where: at the counter, or here with its PIN; and what it reported itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import card_visits, claims, market, villages
from pointsbank.card_page.base import Section
from pointsbank.card_page.telephones import Telephone, telephones
from pointsbank.card_visits import CardVisit
from pointsbank.claims import Claim

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Ways:
    """Whether the household's PIN counts here; hours and telephone of the counter; its latest claims."""

    by_pin: bool
    hours: str
    phones: tuple[Telephone, ...]
    claimed: tuple[Claim, ...]


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Ways:
    """Return what the visit's household may do here, and its latest claims."""
    here = {"village": visit.village, "participant": visit.participant}
    return Ways(
        card_visits.may_act(session, visit=visit, at=at),
        market.hours_in_words(market.opening_hours(session, village=visit.village)),
        telephones(villages.settings(session, village=visit.village).contact_phone),
        tuple(claims.of_participant(session, **here)[:SHOWN]),
    )


SECTION = Section(name="ways", title="我可以办什么，在哪里办", position=35, gather=gather)
