"""Opening hours: none unless a village sets some."""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.errors import Invalid
from pointsbank.market.models import OpeningHoursRow
from pointsbank.market.window import Hours
from pointsbank.prepared import ask

HOURS = table_of(OpeningHoursRow)
_HOURS = select(HOURS.c.weekday, HOURS.c.opens, HOURS.c.closes).where(
    HOURS.c.village_id == bindparam("village")
)


class HoursInvalid(Invalid):
    """Opening hours that end before they begin, overlap, or fall on no day."""

    code = "hours_invalid"
    sentence = "开放时间有误：每段应开始早于结束，同一天的几段不能重叠，请重新填写。"
    fixed_by = "村委"


def opening_hours(session: Session, *, village: str) -> list[Hours]:
    """The shop's hours in the order of the week; empty means always open."""
    rows = ask(session, _HOURS, {"village": village}).all()
    return sorted((Hours(*row) for row in rows), key=_place)


def set_opening_hours(
    session: Session, *, village: str, hours: Sequence[Hours], by: str, at: datetime
) -> list[Hours]:
    """Replace the shop's hours; none at all means always open."""
    spans = sorted(hours, key=_place)
    for span in spans:
        if not 1 <= span.weekday <= 7 or span.opens >= span.closes:
            raise HoursInvalid()
    for earlier, later in pairwise(spans):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            raise HoursInvalid()
    execute(session, delete(HOURS).where(HOURS.c.village_id == village))
    if spans:
        rows = [{"weekday": span.weekday, "opens": span.opens, "closes": span.closes} for span in spans]
        execute(session, insert(HOURS), [{"village_id": village} | row for row in rows])
    return spans


def _place(span: Hours) -> tuple[int, time]:
    """Where a span stands in the week."""
    return span.weekday, span.opens
