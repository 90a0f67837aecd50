"""Signs somebody out everywhere and writes it down; says when each person signed in last."""

from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from pointsbank.staff import accounts, directory, events
from pointsbank.staff.models import StaffEventRow


def end_all_sessions(session: Session, *, login: str, by: str, at: datetime) -> str:
    """End every session of a person, and write down who did it; return the person's name.

    The password, the roles and the tokens of programs stay.

    Raises:
        StaffUnknown: there is no such person.

    Example:
        staff.end_all_sessions(session, login="chen", by=sun.id, at=now)  # "陈店主"
    """
    person = directory.by_login(session, login=login)
    accounts.sign_out_everywhere(session, staff=person.id)
    events.note(session, "signed_out", staff=person.id, by=by, at=at)
    return person.name


def last_sign_ins(session: Session, *, village: str) -> dict[str, datetime]:
    """Return by id when each person who counts in a village signed in last, as far back as it is kept.

    Example:
        staff.last_sign_ins(session, village="cy")[li.id]
    """
    query = (
        select(col(StaffEventRow.staff_id), func.max(col(StaffEventRow.happened_at)))
        .where(
            StaffEventRow.kind == "signed_in",
            or_(col(StaffEventRow.village_id) == village, col(StaffEventRow.village_id).is_(None)),
        )
        .group_by(col(StaffEventRow.staff_id))
    )
    found = session.exec(query)
    return {person: moment for person, moment in found if person is not None}
