"""Finds the sections of the card's page: each module of `card_page.sections` declares one as `SECTION`."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlmodel import Session

from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.registers import discover

_SECTIONS = "pointsbank.card_page.sections"


@dataclass(frozen=True, slots=True)
class Shown:
    """A section that is shown, and what stands in it."""

    section: Section
    found: object


@cache
def every() -> tuple[Section, ...]:
    """Return all sections, in the order in which they stand on the page.

    Raises:
        AttributeError: a module of `card_page.sections` declares no section.

    Example:
        [one.name for one in card_page.every()][0]  # "balance"
    """
    found = (module.SECTION for module in discover(_SECTIONS))
    return tuple(sorted(found, key=lambda section: (section.position, section.name)))


def of_visit(session: Session, *, visit: CardVisit, at: datetime) -> list[Shown]:
    """Return what stands on the page of a visit's household at this moment, section by section.

    Raises what the sections' `gather` raise.

    Example:
        card_page.of_visit(session, visit=visit, at=now)[0].section.title  # "积分"
    """
    each = ((one, one.gather(session, visit=visit, at=at)) for one in every())
    return [Shown(section, found) for section, found in each if found is not None]
