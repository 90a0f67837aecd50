"""Finds the sections of the public board: each module of `disclosure.sections` declares one as `SECTION`."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlmodel import Session

from pointsbank import failures, ledger
from pointsbank.dates import day_of
from pointsbank.disclosure.base import Section
from pointsbank.errors import Problem
from pointsbank.registers import discover

_SECTIONS = "pointsbank.disclosure.sections"
_ROWS = 20
"""As many rows of the keeper's as a section is reckoned to hold."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A section that is shown, and what stands in it; `unreadable` says why nothing does."""

    section: Section
    found: object
    unreadable: str = ""


@cache
def every() -> tuple[Section, ...]:
    """Return all sections, in the order in which they stand on the board.

    Raises:
        AttributeError: a module of `disclosure.sections` declares no section.

    Example:
        [one.name for one in disclosure.every()][0]  # "notices"
    """
    found = (module.SECTION for module in discover(_SECTIONS))
    return tuple(sorted(found, key=lambda section: (section.position, section.name)))


def of_village(session: Session, *, village: str, at: datetime) -> list[Shown]:
    """Return what stands on a village's board at this moment, section by section.

    A section whose rows cannot be read says so in its place: the prices stay, whatever became of a seal.

    Example:
        disclosure.of_village(session, village="chayuan", at=now)[0].section.title  # "公示"
    """
    each = (_shown(session, one, village, at) for one in every())
    return [one for one in each if one is not None]


def _shown(session: Session, section: Section, village: str, at: datetime) -> Shown | None:
    """Return a section with what stands in it, or with why it cannot be read; None where it is not shown."""
    try:
        found = _found(session, section, village, at)
    except Problem as problem:
        # Nothing was asked for but the board: whatever is refused lies in what is stored.
        return Shown(section, None, problem.detail)
    except failures.UNREADABLE as error:
        return Shown(section, None, failures.unreadable(error, f"board: {section.name}").detail)
    return None if found is None else Shown(section, found)


def _found(session: Session, section: Section, village: str, at: datetime) -> object | None:
    """Return what stands in a section, as it was gathered before where that is still so."""
    if not section.by_day:
        return section.gather(session, village=village, at=at)
    return ledger.kept(
        session,
        village=village,
        about=("section of the board", section.name, day_of(at)),
        make=lambda: section.gather(session, village=village, at=at),
        size=lambda _: _ROWS,
        but_sales=True,
    )
