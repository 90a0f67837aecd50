"""When the shop is open, whether it is now, and whom to call."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import market, spoken, villages
from pointsbank.card_page.base import Section
from pointsbank.card_page.telephones import Telephone, telephones
from pointsbank.card_visits import CardVisit


@dataclass(frozen=True, slots=True)
class Counter:
    """Opening hours in words, empty for always; whether it is open now, and in words; telephones."""

    hours: str
    is_open: bool
    now: str
    phones: tuple[Telephone, ...]
    hotlines: tuple[Telephone, ...]


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Counter:
    """Return when the shop of the visit's village is open and whom to call there."""
    hours = market.opening_hours(session, village=visit.village)
    chosen = villages.settings(session, village=visit.village)
    return Counter(
        market.hours_in_words(hours),
        market.is_open(hours, at),
        market.opening_in_words(hours, at),
        telephones(chosen.contact_phone),
        telephones(chosen.hotline),
    )


def aloud(found: Counter) -> str:
    """Return whether the shop is open now."""
    if not found.hours:
        return ""
    return f"超市{spoken.in_text(found.now)}。开门时间：{spoken.in_text(found.hours)}。"


SECTION = Section(name="counter", title="开门时间和电话", position=60, gather=gather, aloud=aloud)
