"""Every look at a household's file is written down."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank import database
from pointsbank.staff.models import FileLook


@dataclass(frozen=True)
class Look:
    """Who looked at a file, and when."""

    staff: str
    at: datetime


def note_look(session: Session, *, village: str, participant: str, by: str, at: datetime) -> None:
    """Write down that somebody looked at this participant's file (by its id)."""
    look = FileLook(
        village_id=village, id=database.new_id(session), participant_id=participant, staff_id=by, looked_at=at
    )
    session.add(look)
    session.flush()


def looks(session: Session, *, village: str, participant: str, limit: int = 50) -> list[Look]:
    """The latest looks at one participant's file, newest first."""
    rows = session.exec(
        select(FileLook)
        .where(FileLook.village_id == village, FileLook.participant_id == participant)
        .order_by(col(FileLook.looked_at).desc(), col(FileLook.id))
        .limit(limit)
    )
    return [Look(row.staff_id, row.looked_at) for row in rows]
