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
    count = sum(one.count for one in waiting)
    sentence = first.in_words if len(waiting) == 1 else f"{first.in_words}，各档一共{count}个"
    where = {"table": str(first.table.number), "period": first.period}
    return Due(count, sentence, "one_grade_period", where)


KIND = Kind("grade_measures", Permission.BOARD_DECIDE, "grade_list", _waiting, step="board")
