"""Opening hours: none unless a village sets some."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from pointsbank.errors import Invalid
from pointsbank.market.models import OpeningHoursRow
from pointsbank.market.window import Hours
from pointsbank.prepared import fetch

_HOURS = select(*OpeningHoursRow.columns_of(Hours)).where(OpeningHoursRow.in_village(bindparam("village")))


class HoursInvalid(Invalid):
    """Opening hours that end before they begin, overlap, or fall on no day."""

    code = "hours_invalid"
    sentence = "开放时间有误：每段应开始早于结束，同一天的几段不能重叠，请重新填写。"
    fixed_by = "村委"


def opening_hours(session: Session, *, village: str) -> list[Hours]:
    """Return the shop's hours in the order of the week; none means always open.

    Example:
        opening_hours(session, village="chayuan")  # [Hours(5, time(8, 30), time(11, 30))]
    """
    return sorted(fetch(session, _HOURS, {"village": village}, into=Hours).all())


def set_opening_hours(
    session: Session, *, village: str, hours: Sequence[Hours], by: str, at: datetime
) -> list[Hours]:
    """Replace the shop's hours and return them in order; none means always open.

    Raises HoursInvalid for hours that end before they begin, overlap, or fall on no day from 1 to 7.
    """
    spans = sorted(hours)
    for span in spans:
        if not 1 <= span.weekday <= 7 or span.opens >= span.closes:
            raise HoursInvalid()
    for earlier, later in pairwise(spans):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            raise HoursInvalid()
    session.exec(delete(OpeningHoursRow).where(OpeningHoursRow.in_village(village)))
    session.add_all(
        OpeningHoursRow(village_id=village, weekday=span.weekday, opens=span.opens, closes=span.closes)
        for span in spans
    )
    return spans
