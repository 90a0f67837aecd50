"""Checks of keepers' places whose second look is due."""

from sqlmodel import Session

from pointsbank import keepers
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    checks = keepers.checks(session, village=asked.village)
    waiting = [one for one in checks if one.waits_again and one.due_on and one.due_on <= asked.today]
    if not waiting:
        return None
    late = any(one.due_on and one.due_on < asked.today for one in waiting)
    return Due(len(waiting), f"管护员检查要复查的有{len(waiting)}处", "keeper_list", late=late)


KIND = Kind("keeper_second_looks", Permission.INSPECTION_MAKE, "keeper_list", _waiting)
