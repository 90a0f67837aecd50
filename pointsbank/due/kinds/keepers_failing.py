"""A keeper who failed three checks running, of whom people have not decided yet."""

from sqlmodel import Session

from pointsbank import keepers, roster
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    failing = keepers.failing(session, village=asked.village)
    people = roster.by_ids(session, village=asked.village, ids=set(failing))
    there = {id: one for id, one in people.items() if one.status != "closed"}
    if not there:
        return None
    first = next(iter(there))
    single = f"{there[first].name}（管护员）已经连续{len(failing[first])}次检查不合格，怎么办等开会定"
    if len(there) == 1:
        return Due(1, single, "one_keeper", {"keeper": there[first].code}, late=True)
    more = f"{len(there)}个管护员连续三次以上检查不合格，怎么办等开会定"
    return Due(len(there), more, "keeper_list", late=True)


KIND = Kind("keepers_failing", Permission.BOARD_DECIDE, "keeper_list", _waiting)
