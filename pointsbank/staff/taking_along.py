"""Writes down who took a backup of everything along, where supervisors of every village read it."""

from datetime import datetime

from sqlmodel import Session

from pointsbank.staff import events
from pointsbank.staff.controls import Control, declare
from pointsbank.staff.permissions import Permission

CONTROL = declare(
    Control(
        act="下载备份",
        controlled="the administrator of the installation, who runs the machine on which all of it lies",
        controls="supervisors: each download stands in the sign-in records of every village",
        where=__name__,
        permissions=(Permission.BACKUP_TAKE, Permission.JOBS_MANAGE),
    )
)


def note_backup_taken(session: Session, *, by: str, at: datetime, address: str, file: str, size: int) -> None:
    """Write down that a person took a backup along, under which name and of how many bytes.

    A backup holds every village's rows, so every village is told.

    Example:
        staff.note_backup_taken(session, by=sun.id, at=now, address=address, file=name, size=300_000)
    """
    detail = f"{file}，{size // 1024 + 1} KB"
    events.note(
        session, "backup_taken", staff=by, by=by, at=at, address=address, places=[None], detail=detail
    )
