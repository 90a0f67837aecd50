"""Ten codes on paper, each in place of one code of a lost telephone; a used one is gone."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from pointsbank.database import execute
from pointsbank.staff import events, second_factor
from pointsbank.staff.models import RecoveryCodeRow
from pointsbank.staff.paper_codes import LENGTH, code_digest, make_code, plain

COUNT = 10


def make_recovery_codes(session: Session, *, by: str, at: datetime) -> list[str]:
    """Make ten new recovery codes for oneself and return them, to be printed once; older ones are gone.

    Example:
        staff.make_recovery_codes(session, by=li.id, at=now)  # ["7K2M-9QXC-4HTB-W8NP", …]
    """
    execute(session, delete(RecoveryCodeRow).where(col(RecoveryCodeRow.staff_id) == by))
    codes = [make_code() for _ in range(COUNT)]
    session.add_all(RecoveryCodeRow(staff_id=by, digest=code_digest(code), made_at=at) for code in codes)
    session.flush()
    events.note(session, "recovery_made", staff=by, by=by, at=at)
    return codes


def recovery_codes_left(session: Session, *, person: str) -> int:
    """Return how many recovery codes a person (by id) has not used, 0 to 10.

    Example:
        staff.recovery_codes_left(session, person=li.id)  # 10
    """
    query = select(func.count()).select_from(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == person)
    return session.exec(query).one()


def check_code_or_recovery(session: Session, *, person: str, code: str, at: datetime) -> None:
    """Check a code of a person's telephone, or use up a recovery code; call inside `counting_codes`.

    Raises:
        CodeWrong, CodeUsed, SecondFactorMissing, SealBroken: as `second_factor.check_code`; a recovery code
            that is not the person's, or was used, is a wrong code too.

    Example:
        counting = staff.counting_codes(database, person=li.id, place=li.id, at=now)
        with counting, database.writing() as session:
            staff.check_code_or_recovery(session, person=li.id, code=typed, at=now)
    """
    if len(plain(code)) != LENGTH:
        second_factor.check_code(session, person=person, code=code, at=at)
    elif not _use(session, person=person, code=code, at=at):
        raise second_factor.CodeWrong()


def _use(session: Session, *, person: str, code: str, at: datetime) -> bool:
    """Delete a recovery code and return whether it was there: it is good once."""
    this = (col(RecoveryCodeRow.staff_id) == person) & (col(RecoveryCodeRow.digest) == code_digest(code))
    used = execute(session, delete(RecoveryCodeRow).where(this)).rowcount == 1
    if used:
        events.note(session, "recovery_used", staff=person, by=person, at=at)
    return used
