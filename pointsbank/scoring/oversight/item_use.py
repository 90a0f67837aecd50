"""Which items of the scheme are used, how often, and which of them meet their caps or are never used."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.points import Points
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.oversight.period import Period
from pointsbank.scoring.oversight.standing import standing
from pointsbank.scoring.scheme import items_by_id, items_of
from pointsbank.scoring.shapes import is_scored
from pointsbank.scoring.timetable import scheme_timetable
from pointsbank.scoring.values import Item


class Use(NamedTuple):
    """What one version of an item came to; `counted` in hundredths."""

    item_id: str
    entries: int
    households: int
    counted: int
    capped: int
    nothing: int


class ItemUse(NamedTuple):
    """What an item came to in some months.

    Attributes:
        in_force: it stands in the version in force today.
        households: how many were scored by it; of versions of one item the most.
        counted: signed, after caps.
        capped: entries that a cap or a repetition made smaller, those that count for nothing among them.
        nothing: entries that count for nothing.
    """

    code: str
    title: str
    category: str
    direction: str
    in_force: bool
    entries: int
    households: int
    counted: Points
    capped: int
    nothing: int

    @property
    def state(self) -> str:
        """A code of `labels.item_use`."""
        if not self.entries:
            return "unused"
        return "capped" if self.capped else "usual"


def item_use(session: Session, *, village: str, period: Period, today: date) -> list[ItemUse]:
    """Return each item in force, and each that was used in some months, in the scheme's order.

    A score belongs to the month in which it counts; withdrawn and corrected ones do not count.

    Example:
        [one.code for one in item_use(session, village="cy", period=period, today=today) if not one.entries]
        # ["W07"]
    """
    counted, judged = col(StoredScoreRow.counted_points), col(StoredScoreRow.points)
    query = (
        select(
            col(StoredScoreRow.item_id),
            func.count(),
            func.count(func.distinct(col(StoredScoreRow.participant_id))),
            func.sum(counted),
            func.sum(case((counted != judged, 1), else_=0)),
            func.sum(case(((counted == 0) & (judged != 0), 1), else_=0)),
        )
        .where(
            StoredScoreRow.in_village(village),
            col(StoredScoreRow.counted_in).between(*period),
            *standing(village),
        )
        .group_by(col(StoredScoreRow.item_id))
    )
    used = [Use(row[0], *(int(one) for one in tuple(row)[1:])) for row in execute(session, query)]
    current = scheme_timetable(session, village=village, day=today).current
    in_force = items_of(session, village=village, scheme=current.id) if current else []
    in_force = [item for item in in_force if is_scored(item)]
    return put_together(in_force, items_by_id(session, village=village), used)


def put_together(in_force: Sequence[Item], items: dict[str, Item], used: Iterable[Use]) -> list[ItemUse]:
    """Return what was used by item, those in force first and in their order; what a code came to is one row.

    Args:
        in_force: the items of the version in force.
        items: those of all versions by id.
    """
    by_code: dict[str, list[Use]] = {}
    last: dict[str, Item] = {}
    for one in used:
        item = items[one.item_id]
        by_code.setdefault(item.code, []).append(one)
        last[item.code] = item
    named = {item.code: item for item in in_force}
    gone = {code: item for code, item in sorted(last.items()) if code not in named}
    everything = (*named.values(), *gone.values())
    return [_row(item, item.code in named, by_code.get(item.code, ())) for item in everything]


def _row(item: Item, in_force: bool, uses: Sequence[Use]) -> ItemUse:
    return ItemUse(
        code=item.code,
        title=item.title,
        category=item.category,
        direction=item.direction,
        in_force=in_force,
        entries=sum(one.entries for one in uses),
        households=max((one.households for one in uses), default=0),
        counted=Points(sum(one.counted for one in uses)),
        capped=sum(one.capped for one in uses),
        nothing=sum(one.nothing for one in uses),
    )
