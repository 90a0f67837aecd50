"""Requests whose time is over end for good: in table and log, by whatever runs anyway, before any answer.

A request that was only computed to be over would wait again once the machine's clock is put back.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank.approvals.models import ApprovalRow
from pointsbank.approvals.requesting import expire
from pointsbank.database import Database


def end_overdue(
    database: Database, *, at: datetime, village: str | None = None, over_by: datetime | None = None
) -> int:
    """End the requests that nobody answered in time, each village's in a write of its own; return how many.

    Nothing is written, and nobody waits, where nothing is overdue.

    Args:
        village: only this one's; None: every village's.
        over_by: what was over by this moment, where the clock was put back since; None is now.

    Raises VillageUnknown, and ApprovalKindUnknown for a kind that this program no longer knows.

    Example:
        approvals.end_overdue(database, at=now)  # 2
    """
    until = max(at, over_by or at)
    with database.reading() as session:
        places = _overdue_in(session, village=village, until=until)
    ended = 0
    for place in places:
        with database.writing() as session:
            ended += expire(session, village=place, at=at, over_by=until)
    return ended


def any_overdue(database: Database, *, at: datetime) -> bool:
    """Return whether a request is over that nobody has ended yet, in any village.

    Example:
        approvals.any_overdue(database, at=now)  # False
    """
    with database.reading() as session:
        return bool(_overdue_in(session, village=None, until=at))


def _overdue_in(session: Session, *, village: str | None, until: datetime) -> list[str]:
    """Return the villages in which requests are overdue."""
    over = [col(ApprovalRow.ended_at).is_(None), col(ApprovalRow.expires_at) <= until]
    if village is not None:
        over.append(ApprovalRow.in_village(village))
    rows = session.exec(select(ApprovalRow.village_id).where(*over).distinct())
    return sorted(rows)
