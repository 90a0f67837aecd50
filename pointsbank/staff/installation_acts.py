"""Writes down what is done to the whole installation, where the supervisors of every village read it.

No village's log is the right place: a backup holds every village's rows, an address stands on every village's
cards. Who changes a settings file leaves no name; that something was changed shows at the next start.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank.staff import events
from pointsbank.staff.controls import Control, declare
from pointsbank.staff.models import StaffEventRow, StaffRow
from pointsbank.staff.permissions import Permission

CONTROL = declare(
    Control(
        act="下载备份",
        controlled="who administers the installation, or its only village, and the machine under all of it",
        controls="supervisors: each download, and each look at the passphrase, stands in the sign-in records",
        where=__name__,
        permissions=(Permission.BACKUP_TAKE, Permission.JOBS_MANAGE),
    )
)

BACKUP_TAKEN, COPIED_OUT, RESTORED = "backup_taken", "copied_out", "restored"
ADDRESS_SET, BACKUP_FOLDERS_SET = "address_set", "backup_folders_set"
PRACTICE_MADE, PRACTICE_DISCARDED = "practice_made", "practice_discarded"

INSTALLATION_ACTS = (
    *(BACKUP_TAKEN, COPIED_OUT, RESTORED),
    *(ADDRESS_SET, BACKUP_FOLDERS_SET),
    *(PRACTICE_MADE, PRACTICE_DISCARDED),
)
"""The events that are no account's but everybody's: codes of `labels.staff_event`."""

NOTHING, _TO = "无", " → "
_LONGEST = 1000


def note_installation_act(
    session: Session, *, kind: str, by: str, at: datetime, detail: str, address: str = ""
) -> None:
    """Write down that something was done to the whole installation.

    Args:
        kind: one of `INSTALLATION_ACTS`.
        by: id of who did it, or who sat at the machine.
        detail: what, in words.

    Example:
        staff.note_installation_act(session, kind="restored", by="operator", at=now, detail="0901.sqlite3.gz")
    """
    assert kind in INSTALLATION_ACTS, kind
    person = session.exec(select(StaffRow.id).where(StaffRow.id == by)).first()
    events.note(
        session, kind, staff=person, by=by, at=at, address=address, places=[None], detail=detail[:_LONGEST]
    )


def note_backup_taken(session: Session, *, by: str, at: datetime, address: str, file: str, size: int) -> None:
    """Write down that somebody took a backup along, under which name and of how many bytes.

    Example:
        staff.note_backup_taken(session, by=sun.id, at=now, address=address, file=name, size=300_000)
    """
    detail = f"{file}，{size // 1024 + 1} KB"
    note_installation_act(session, kind=BACKUP_TAKEN, by=by, at=at, address=address, detail=detail)


def note_passphrase_shown(session: Session, *, by: str, at: datetime, address: str) -> None:
    """Write down that somebody looked at what opens the backups in other folders.

    A kind with taking a backup along: whoever has it needs only a stick.

    Example:
        staff.note_passphrase_shown(session, by=sun.id, at=now, address=address)
    """
    detail = "看了打开其他文件夹里备份的口令"
    note_installation_act(session, kind=BACKUP_TAKEN, by=by, at=at, address=address, detail=detail)


def note_changes(
    session: Session, *, values: Mapping[str, str], by: str, at: datetime, address: str = ""
) -> None:
    """Write down which settings of the installation are others than was written down last, from what to what.

    Args:
        values: present values by kind (`ADDRESS_SET`, `BACKUP_FOLDERS_SET`); empty where nothing was chosen.

    Example:
        staff.note_changes(session, values={"address_set": "https://jf.cn"}, by="operator", at=now)
    """
    for kind, value in values.items():
        new, old = value or NOTHING, _last(session, kind)
        if new != old:
            note_installation_act(
                session, kind=kind, by=by, at=at, address=address, detail=f"{old}{_TO}{new}"
            )


def _last(session: Session, kind: str) -> str:
    """Return the value that was written down last."""
    row = StaffEventRow
    newest = (
        select(row.note).where(row.kind == kind).order_by(col(row.happened_at).desc(), col(row.id).desc())
    )
    note = session.exec(newest.limit(1)).first()
    return note.rpartition(_TO)[2] if note else NOTHING
