"""The access log: who opened which household's file, and when, so that curiosity leaves a trace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import database
from pointsbank.staff.models import AccessRecordRow


@dataclass(frozen=True)
class AccessRecord:
    """Who opened a file (id of the staff member), and when."""

    staff: str
    at: datetime


def log_access(session: Session, *, village: str, participant: str, by: str, at: datetime) -> None:
    """Record that a staff member opened a participant's file (by its id).

    Example:
        log_access(session, village="cy", participant=wang.id, by=li.id, at=now)
    """
    record = AccessRecordRow(
        village_id=village, id=database.new_id(session), participant_id=participant, staff_id=by, looked_at=at
    )
    session.add(record)
    session.flush()


def access_records(
    session: Session, *, village: str, participant: str, limit: int = 50
) -> list[AccessRecord]:
    """Return the latest openings of one participant's file (by its id), newest first.

    Example:
        access_records(session, village="cy", participant=wang.id)[0].staff == li.id
    """
    rows = session.exec(
        select(AccessRecordRow)
        .where(AccessRecordRow.in_village(village), AccessRecordRow.participant_id == participant)
        .order_by(col(AccessRecordRow.looked_at).desc(), col(AccessRecordRow.id))
        .limit(limit)
    )
    return [AccessRecord(row.staff_id, row.looked_at) for row in rows]


def accesses_query(*, village: str) -> Select[Any]:
    """Return the statement that selects every opening of a file in a village.

    Example:
        execute(session, staff.accesses_query(village="cy")).first().looked_at
    """
    row = AccessRecordRow
    columns: tuple[Any, ...] = (row.id, row.participant_id, row.staff_id, row.looked_at)
    return select_columns(*(col(one) for one in columns)).where(AccessRecordRow.in_village(village))
