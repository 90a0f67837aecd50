"""Objections to recorded facts that wait for the supervisor's answer."""

from sqlmodel import Session

from pointsbank import boards
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = boards.fact_answers_due(session, village=asked.village)
    if not found:
        return None
    due_on, listing = found[0]
    what = f"{len(found)}条对事实的异议待书面答复，请打开答复"
    return Due(len(found), what, "one_listing", {"listing": listing}, due_on < asked.today)


KIND = Kind("fact_objections", Permission.OBJECTION_DECIDE, "months", _waiting, step="board")
