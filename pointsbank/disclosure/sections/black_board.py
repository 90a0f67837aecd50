"""The black board, in a village that resolved to have one: nothing expired, contested or put right."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.disclosure.base import Section
from pointsbank.publicity import BlackPlace


@dataclass(frozen=True, slots=True)
class Warnings:
    """What stands on the black board at this moment, names masked."""

    places: tuple[BlackPlace, ...]


def gather(session: Session, *, village: str, at: datetime) -> Warnings | None:
    """Return what stands on the black board; nothing is shown while nothing does."""
    found = publicity.public_warnings(session, village=village, at=at)
    return Warnings(found) if found else None


SECTION = Section(name="black_board", title="黑榜", position=30, gather=gather)
