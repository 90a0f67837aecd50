"""What bands ask to be done (提醒, 谈话, 表彰) and nobody has written down as done."""

from sqlmodel import Session

from pointsbank import grades
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    waiting = grades.measures_waiting(session, village=asked.village)
    if not waiting:
        return None
    first = waiting[0]
    more = f"；这样的还有{len(waiting) - 1}档" if len(waiting) > 1 else ""
    where = {"table": str(first.table.number), "period": first.period}
    # A band is one thing to do, however many are in it.
    return Due(len(waiting), f"{first.in_words}{more}", "one_grade_period", where)


KIND = Kind("grade_measures", Permission.BOARD_DECIDE, "grade_list", _waiting, step="board")
