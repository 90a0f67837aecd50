"""Finding ceremonies by what comes next: to come, over and unreported, waiting for a meeting, the latest."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from pointsbank.ceremonies.models import CeremonyReportRow, CeremonyRow
from pointsbank.ceremonies.reading import Ceremony, Report, views
from pointsbank.ceremonies.states import ANNOUNCED, CANCELLED, REPORTED


def awaiting_report(
    session: Session, *, village: str, today: date, groups: Collection[str] | None = None
) -> list[Ceremony]:
    """Return those that are over and that nobody has reported, by their day.

    Args:
        groups: only of households of these groups (ids); None for the whole village.

    Example:
        len(ceremonies.awaiting_report(session, village="chayuan", today=day))  # 2
    """
    row = CeremonyRow
    over = (row.in_village(village), col(row.status) == ANNOUNCED, col(row.last_on) < today)
    return views(session, village, session.exec(select(row).where(*over)).all(), groups=groups)


def coming(
    session: Session, *, village: str, today: date, groups: Collection[str] | None = None
) -> list[Ceremony]:
    """Return those that are announced and not over, by their day.

    Args:
        groups: only of households of these groups (ids); None for the whole village.

    Example:
        ceremonies.coming(session, village="chayuan", today=day)[0].kind  # "wedding"
    """
    row = CeremonyRow
    ahead = (row.in_village(village), col(row.status) == ANNOUNCED, col(row.last_on) >= today)
    return views(session, village, session.exec(select(row).where(*ahead)).all(), groups=groups)


def waiting(session: Session, *, village: str) -> list[tuple[Ceremony, Report]]:
    """Return those that wait for a meeting, each with what was seen, by their day.

    Example:
        [report.kept for _, report in ceremonies.waiting(session, village="chayuan")]  # [True]
    """
    row, report = CeremonyRow, CeremonyReportRow
    here = (row.in_village(village), col(row.status) == REPORTED)
    found = views(session, village, session.exec(select(row).where(*here)).all())
    mine = (report.in_village(village), col(report.ceremony_id).in_([one.id for one in found]))
    seen = {one.ceremony_id: one.into(Report) for one in session.exec(select(report).where(*mine))}
    return [(one, seen[one.id]) for one in found]


def latest(session: Session, *, village: str, limit: int) -> list[Ceremony]:
    """Return those written down last and not cancelled, the last first.

    Args:
        limit: at most so many.

    Example:
        ceremonies.latest(session, village="chayuan", limit=1)[0].number  # 12
    """
    row = CeremonyRow
    mine = select(row).where(row.in_village(village), col(row.status) != CANCELLED)
    found = session.exec(mine.order_by(col(row.number).desc()).limit(limit)).all()
    return sorted(views(session, village, found), key=lambda one: one.number, reverse=True)
