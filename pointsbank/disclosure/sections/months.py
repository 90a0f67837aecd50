"""The closed months with their codes: the last of them here, all on a page of their own."""

from datetime import datetime

from sqlmodel import Session

from pointsbank.disclosure.base import Section
from pointsbank.disclosure.sealed import Sealed, sealed_months


def gather(session: Session, *, village: str, at: datetime) -> Sealed:
    """Return the closed months."""
    return sealed_months(session, village=village)


SECTION = Section(name="months", title="月结和存证码", position=70, gather=gather, by_day=True)
