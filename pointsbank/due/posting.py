"""Papers whose days are over: who posts what stands, and from which day on somebody should look."""

from datetime import date, timedelta

from sqlmodel import Session

from pointsbank import villages
from pointsbank.due.kind import Asked

_BY_ITSELF = timedelta(days=1)
"""What the program does by itself is a matter of minutes; after a day somebody should look."""


def wait_before(session: Session, asked: Asked) -> date:
    """Return the day before which the days of a paper ended for which somebody is waited for.

    That is this day where the village posts by hand, and the one before where the program does.

    Raises VillageUnknown.

    Example:
        wait_before(session, Asked("chayuan", now))  # date(2026, 9, 8), on 9 September by itself
    """
    by_itself = villages.settings(session, village=asked.village).settling == "by_itself"
    return asked.today - _BY_ITSELF if by_itself else asked.today
