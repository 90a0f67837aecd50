"""Months: open until they are closed, and never reopened."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank.database import table_of
from pointsbank.dates import month_of, next_month
from pointsbank.errors import Refused
from pointsbank.raw_rows import raw_rows
from pointsbank.villages.models import ClosedMonthRow, VillageRow

_CLOSED = table_of(ClosedMonthRow)


class MonthClosed(Refused):
    """The month is closed; what comes late joins the next open one, marked 补录."""

    code = "month_closed"
    sentence = "{month} 已经结账，不能再改；补录的内容会计入下一个未结账的月份。"
    fixed_by = "村委"


def closed_months(session: Session, *, village: str) -> list[str]:
    """The village's closed months, oldest first."""
    query = select(ClosedMonthRow.month).where(ClosedMonthRow.village_id == village)
    return list(session.exec(query.order_by(col(ClosedMonthRow.month))))


def closed_months_as_stored(session: Session, *, village: str) -> list[Any]:
    """The rows of the closed months as they stand, for whoever checks them."""
    return raw_rows(session, _CLOSED, _CLOSED.c.village_id == village)


def is_closed(session: Session, *, village: str, month: str) -> bool:
    """Whether this month has been closed."""
    return session.get(ClosedMonthRow, (village, month)) is not None


def counted_in(session: Session, *, village: str, occurred_on: date) -> tuple[str, bool]:
    """The month whose boards a deed joins, and whether it comes late (补录).

    Holds off a month close until this transaction ends, so that the answer stays true.
    """
    hold_months(session, village=village)
    return month_that_counts(month_of(occurred_on), set(closed_months(session, village=village)))


def hold_months(session: Session, *, village: str, closing: bool = False) -> None:
    """Keep months from being closed while this write counts on them; the close waits for all such writes.

    Taken before every other lock. On SQLite the one writer at a time holds them anyway.
    """
    query = select(VillageRow.id).where(VillageRow.id == village)
    session.exec(query.with_for_update(key_share=closing, read=not closing)).one()


def month_that_counts(month: str, closed: set[str]) -> tuple[str, bool]:
    """The first month from this one on that is not closed, and whether it is another one.

    A month before the first closed one counts as closed too: boards before it have been printed without it.
    """
    latest = max(closed, default="")
    if month > latest:
        return month, False
    return next_month(latest), True


def mark_closed(session: Session, *, village: str, month: str, at: datetime) -> None:
    """Close a month for good; raises MonthClosed if it is already."""
    if is_closed(session, village=village, month=month):
        raise MonthClosed(month=month)
    session.add(ClosedMonthRow(village_id=village, month=month, closed_at=at))
    session.flush()
