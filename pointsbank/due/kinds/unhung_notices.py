"""Notices whose paper hangs nowhere yet: their days have not begun."""

from sqlmodel import Session

from pointsbank import publicity
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = publicity.unhung(session, village=asked.village)
    if not found:
        return None
    late = found[0].published_on < asked.today
    return Due(len(found), f"{len(found)}份公示还没有张贴", "one_notice", {"notice": found[0].id}, late)


KIND = Kind("unhung_notices", Permission.NOTICE_HANG, "notices", _waiting, step="notice", apart=True)
