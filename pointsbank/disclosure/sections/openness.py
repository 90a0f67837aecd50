"""What was issued and redeemed, in a few figures; month by month on a page of its own."""

from datetime import datetime

from sqlmodel import Session

from pointsbank.disclosure.base import Section
from pointsbank.disclosure.openness import Openness, openness


def gather(session: Session, *, village: str, at: datetime) -> Openness:
    """Return what is out at this moment, and the last closed month in figures."""
    return openness(session, village=village, at=at, months=1)


SECTION = Section(name="openness", title="收支公开", position=55, gather=gather)
