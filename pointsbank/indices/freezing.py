"""Freezes the indices of a month that is being closed."""

from sqlmodel import Session

from pointsbank.dates import parse_month
from pointsbank.indices.models import FigureRow
from pointsbank.indices.reading import counted_now


def freeze_indices(session: Session, *, village: str, month: str) -> int:
    """Write down what the indices of a month come to, for good; return how many.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        indices.freeze_indices(session, village="chayuan", month="2026-09")  # 3
    """
    found = counted_now(session, village=village, month=parse_month(month))
    names = ("month", "kind", "number", "subjects", "affected", "faults", "value")
    for one in found:
        session.add(FigureRow(village_id=village, **{name: getattr(one, name) for name in names}))
    session.flush()
    return len(found)
