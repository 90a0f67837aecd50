"""How far the judges' marks of judged items lie apart, item by item; never whose marks they are."""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.points import Points
from pointsbank.scoring.mark_models import CaseRow, MarkRow
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.oversight.pace import within
from pointsbank.scoring.oversight.period import Period
from pointsbank.scoring.scheme import items_by_id


class MarkSpread(NamedTuple):
    """What judges' marks under one item did in some months.

    Attributes:
        cases: households that all judges marked and that have a result, >= 1.
        half: in half of the cases highest and lowest mark lie no further apart.
        widest: the furthest apart.
        agreed: cases in which all gave the same mark.
    """

    code: str
    title: str
    cases: int
    half: Points
    widest: Points
    agreed: int


def mark_spreads(session: Session, *, village: str, period: Period) -> list[MarkSpread]:
    """Return each judged item with results of meetings of some months, the widest apart first.

    Example:
        mark_spreads(session, village="cy", period=period)[0].widest  # 300 hundredths
    """
    items = items_by_id(session, village=village)
    titles: dict[str, str] = {}
    spreads: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for item_id, lowest, highest in (tuple(row) for row in execute(session, _statement(village, period))):
        item = items[item_id]
        titles[item.code] = item.title
        spreads[item.code][int(highest) - int(lowest)] += 1
    found = [
        MarkSpread(
            code,
            titles[code],
            apart.total(),
            Points(within(apart, 50)),
            Points(max(apart)),
            apart[0],
        )
        for code, apart in spreads.items()
    ]
    return sorted(found, key=lambda one: (-one.widest, one.code))


_APART: tuple[Any, ...] = (
    col(CaseRow.item_id),
    func.min(col(MarkRow.mark)),
    func.max(col(MarkRow.mark)),
)


def _statement(village: str, period: Period) -> Select[Any]:
    """Return the statement of each drawn case's item with the lowest mark and the highest."""
    first, last = period.days
    found: Select[Any] = (
        select(*_APART)
        .select_from(CaseRow)
        .join(MarkRow, MarkRow.in_village_of(CaseRow) & (col(MarkRow.case_id) == col(CaseRow.id)))
        .join(MeetingRow, MeetingRow.in_village_of(CaseRow) & (col(MeetingRow.id) == col(CaseRow.meeting_id)))
        .where(
            CaseRow.in_village(village),
            col(CaseRow.drawn_at).is_not(None),
            col(MeetingRow.held_on).between(first, last),
        )
        .group_by(col(CaseRow.id), col(CaseRow.item_id))
    )
    return found
