"""What hangs in notice now: each paper with its days and the last one to object."""

from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session

from pointsbank.dates import day_of
from pointsbank.disclosure.base import Section
from pointsbank.disclosure.hanging import Paper, papers


class Hanging(NamedTuple):
    """The papers that hang today."""

    today: date
    papers: tuple[Paper, ...]


def gather(session: Session, *, village: str, at: datetime) -> Hanging:
    """Return the papers that hang at this moment."""
    return Hanging(day_of(at), papers(session, village=village, at=at))


SECTION = Section(name="notices", title="正在公示", position=10, gather=gather, by_day=True)
