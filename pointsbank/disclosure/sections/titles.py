"""Titles: what each asks, who has it under the name that is agreed, and whose notice hangs until when."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import titles, villages
from pointsbank.disclosure.base import Section
from pointsbank.titles import PublicKind


@dataclass(frozen=True, slots=True)
class Titles:
    """Every kind of title in force; within how many working days an objection is answered."""

    kinds: tuple[PublicKind, ...]
    working_days: int


def gather(session: Session, *, village: str, at: datetime) -> Titles | None:
    """Return the titles of a village; None where it gives none."""
    found = titles.public_titles(session, village=village, at=at)
    if not found:
        return None
    return Titles(found, villages.settings(session, village=village).objection_working_days)


SECTION = Section(name="titles", title="称号", position=25, gather=gather, by_day=True)
