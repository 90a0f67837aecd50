"""Drawn entries that nobody has looked at, and results that wait for a signature."""

from sqlmodel import Session

from pointsbank import spot_checks
from pointsbank.dates import month_in_words
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    drawn = spot_checks.spot_checks(session, village=asked.village)
    waiting = [one for one in drawn if one.status in ("thrown", "signed")]
    if not waiting:
        return None
    first = waiting[-1]
    left = sum(one.open for one in waiting)
    signing = f"{month_in_words(first.month)}的抽查结果等人签字"
    what = f"抽到的条目还有{left}条没有去看" if left else signing
    return Due(left or len(waiting), what, "one_spot_check", {"month": first.month})


KIND = Kind("spot_checks_to_answer", Permission.SPOT_CHECK, "spot_check_list", _waiting, step="board")
