"""Prices that are set for a later moment: what each piece will cost, and from when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank.database import UtcDateTime
from pointsbank.market.models import GoodsRow, PriceRow
from pointsbank.points import Points
from pointsbank.prepared import fetch


@dataclass(frozen=True, slots=True)
class LaterPrice:
    """A price of one piece (hundredths) that holds from a moment to come."""

    points: Points
    valid_from: datetime


class _Row(NamedTuple):
    code: str
    points: int
    valid_from: datetime


_LATER = (
    select(col(GoodsRow.code), col(PriceRow.points), col(PriceRow.valid_from))
    .join(GoodsRow, GoodsRow.in_village_of(PriceRow) & (col(GoodsRow.id) == col(PriceRow.goods_id)))
    .where(
        PriceRow.in_village(bindparam("village")),
        col(PriceRow.valid_from) > bindparam("at", type_=UtcDateTime),
    )
    .order_by(col(GoodsRow.code), col(PriceRow.valid_from), col(PriceRow.position))
)


def later_prices(session: Session, *, village: str, at: datetime) -> dict[str, list[LaterPrice]]:
    """Return the prices that are set for later, by the goods' code, the earliest first.

    Of several for the same moment the last that was set holds.

    Example:
        market.later_prices(session, village="cy", at=now)["M01"][0].points  # 4500
    """
    found: dict[str, dict[datetime, LaterPrice]] = defaultdict(dict)
    for code, points, valid_from in fetch(session, _LATER, {"village": village, "at": at}, into=_Row).all():
        found[code][valid_from] = LaterPrice(Points(points), valid_from)
    return {code: list(some.values()) for code, some in found.items()}


def price_changes(now: Points, later: Iterable[LaterPrice]) -> list[LaterPrice]:
    """Return those of the later prices that change what a piece costs, the earliest first.

    Example:
        >>> same, more = Points(400), Points(450)
        >>> later = [LaterPrice(same, datetime(2026, 9, 1)), LaterPrice(more, datetime(2026, 10, 1))]
        >>> [one.points for one in price_changes(same, later)]
        [450]
    """
    changed = []
    for one in later:
        if one.points != now:
            changed.append(one)
        now = one.points
    return changed
