"""Households whose time to put faults right is over wait for a second look."""

from collections.abc import Collection

from sqlmodel import Session

from pointsbank import inspections
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.staff import Permission


def _in_groups(session: Session, asked: Asked, groups: Collection[str] | None) -> Due | None:
    waiting = inspections.due_again(session, village=asked.village, groups=groups)
    today = [one for one in waiting if one.due_on is not None and one.due_on <= asked.today]
    if not today:
        return None
    return one_or_all(
        len(today),
        f"{len(today)}户到了整改期限，等复查",
        ("one_inspection", {"inspection": today[0].id}),
        ("inspection_list", {"state": "handed_over"}),
        late=any(one.due_on != asked.today for one in today),
    )


def _waiting(session: Session, asked: Asked) -> Due | None:
    return _in_groups(session, asked, None)


KIND = Kind(
    "second_looks",
    Permission.INSPECTION_MAKE,
    "inspection_list",
    _waiting,
    step="judging",
    find_in_groups=_in_groups,
)
