"""Corrections whose paper hangs nowhere yet: their days have not begun, and the old score counts."""

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = publicity.unhung_corrections(session, village=asked.village)
    if not found:
        return None
    late = found[0].made_on < asked.today
    return Due(len(found), f"{len(found)}次更正还没有张贴", "one_score", {"score": found[0].score}, late)


KIND = Kind("unhung_corrections", Permission.NOTICE_HANG, "notices", _waiting, step="notice", apart=True)
