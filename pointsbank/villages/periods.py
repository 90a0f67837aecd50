"""Closes months, and says which month a deed counts in.

A closed month is never reopened. What is entered late counts in the first month that is still open (补录).
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank.database import is_postgresql, table_of
from pointsbank.dates import next_month
from pointsbank.errors import Refused
from pointsbank.once import once_a_reading
from pointsbank.prepared import fetch
from pointsbank.raw_rows import raw_rows
from pointsbank.villages.models import ClosedMonthRow, VillageRow


class MonthClosed(Refused):
    """The month is closed; what comes late joins the next open one, marked 补录."""

    code = "month_closed"
    sentence = "{month}已经月结，不能再改；补录的内容会计入下一个还没有月结的月份。"
    fixed_by = "村委"


class _Closed(NamedTuple):
    """A closed month."""

    month: str


_CLOSED = (
    select_columns(col(ClosedMonthRow.month))
    .where(ClosedMonthRow.in_village(bindparam("village")))
    .order_by(col(ClosedMonthRow.month))
)


@once_a_reading
def closed_months(session: Session, *, village: str) -> list[str]:
    """Return the closed months, oldest first.

    Example:
        villages.closed_months(session, village="cy") == ["2026-07", "2026-08"]
    """
    return [one.month for one in fetch(session, _CLOSED, {"village": village}, into=_Closed).all()]


def closed_months_as_stored(session: Session, *, village: str) -> list[Any]:
    """Return the rows of the closed months as stored, for whoever verifies them.

    Example:
        villages.closed_months_as_stored(session, village="cy")[0].month == "2026-07"
    """
    return raw_rows(session, table_of(ClosedMonthRow), ClosedMonthRow.in_village(village))


def is_closed(session: Session, *, village: str, month: str) -> bool:
    """Return True if this month is closed.

    Example:
        villages.is_closed(session, village="cy", month="2026-08")
    """
    return session.get(ClosedMonthRow, (village, month)) is not None


def closed_at(session: Session, *, village: str, month: str) -> datetime | None:
    """Return the moment at which a month was closed; None while it is open.

    Example:
        villages.closed_at(session, village="cy", month="2026-08")
    """
    row = session.get(ClosedMonthRow, (village, month))
    return None if row is None else row.closed_at


def hold_months(session: Session, *, village: str, closing: bool = False) -> None:
    """Lock the village's months until this transaction ends: shared to count on them, or alone to close one.

    Taken before every other lock. On SQLite there is only one writer at a time, so nothing is locked.

    Example:
        villages.hold_months(session, village="cy", closing=True)
    """
    if is_postgresql(session):
        query = select(VillageRow.id).where(VillageRow.id == village)
        session.exec(query.with_for_update(key_share=closing, read=not closing)).first()


def month_that_counts(month: str, closed: set[str]) -> tuple[str, bool]:
    """Return the first open month from this one on, and True if that is another month.

    A month before the latest closed one counts as closed too: boards before it are printed without it.

    Example:
        >>> month_that_counts("2026-09", {"2026-08"})
        ('2026-09', False)
        >>> month_that_counts("2026-07", {"2026-06", "2026-08"})
        ('2026-09', True)
    """
    latest = max(closed, default="")
    if month > latest:
        return month, False
    return next_month(latest), True


def month_instead(session: Session, *, village: str, month: str) -> str:
    """Return the month in which deeds of a closed month count, entered now; empty for those of an open one.

    Example:
        villages.month_instead(session, village="cy", month="2026-07")  # "2026-09"
    """
    counts, is_late = month_that_counts(month, set(closed_months(session, village=village)))
    return counts if is_late else ""


def mark_closed(session: Session, *, village: str, month: str, at: datetime) -> None:
    """Close a month for good.

    Raises:
        MonthClosed: it is closed already.

    Example:
        villages.mark_closed(session, village="cy", month="2026-08", at=now)
    """
    if is_closed(session, village=village, month=month):
        raise MonthClosed(month=month)
    session.add(ClosedMonthRow(village_id=village, month=month, closed_at=at))
    session.flush()
