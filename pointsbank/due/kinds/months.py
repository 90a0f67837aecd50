"""The month that is over and not closed."""

from sqlmodel import Session

from pointsbank import villages
from pointsbank.dates import month_in_words, month_of, next_month
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def months_to_close(closed: list[str], this: str) -> list[str]:
    """Return the months since the last closed one that are over, oldest first; none before the first close.

    Example:
        >>> months_to_close(["2026-07"], "2026-10"), months_to_close([], "2026-10")
        (['2026-08', '2026-09'], [])
    """
    found: list[str] = []
    month = next_month(max(closed)) if closed else this
    while month < this:
        found.append(month)
        month = next_month(month)
    return found


def _waiting(session: Session, asked: Asked) -> Due | None:
    closed = villages.closed_months(session, village=asked.village)
    found = months_to_close(closed, month_of(asked.today))
    if not found:
        return None
    more = f"，共{len(found)}个月" if len(found) > 1 else ""
    sentence = f"{month_in_words(found[0])}还没有月结{more}"
    return Due(len(found), sentence, "closing_month", {"month": found[0]}, late=len(found) > 1)


KIND = Kind("months", Permission.MONTH_CLOSE, "months", _waiting, step="board")
