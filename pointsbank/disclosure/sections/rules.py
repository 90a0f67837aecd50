"""How points are earned, in a sentence; the whole of the rules has a page of its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank.disclosure.base import Section
from pointsbank.disclosure.rules import Rules, rules


@dataclass(frozen=True, slots=True)
class Earning:
    """The rules in force or to come; None before any were adopted."""

    rules: Rules | None


def gather(session: Session, *, village: str, at: datetime) -> Earning:
    """Return the rules that are in force, or the next to come.

    Raises:
        VillageUnknown: there is no such village.
    """
    return Earning(rules(session, village=village, at=at))


SECTION = Section(name="rules", title="积分怎么来", position=50, gather=gather, by_day=True)
