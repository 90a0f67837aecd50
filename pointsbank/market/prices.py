"""Prices in time: what one piece costs from a moment on; prices are added, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ScalarSelect, bindparam, func, insert, select
from sqlmodel import Session, col

from pointsbank.database import UtcDateTime
from pointsbank.errors import Invalid
from pointsbank.market.models import GoodsRow, PriceRow
from pointsbank.points import Points, whole
from pointsbank.prepared import execute_many, fetch

HIGHEST_PRICE = whole(1_000_000)


class PriceInvalid(Invalid):
    """A price is nothing, negative, or beyond any household."""

    code = "price_invalid"
    sentence = "商品积分应大于 0、不超过 1000000，请重新填写。"
    fixed_by = "村委"


class PriceBackdated(Invalid):
    """A price is said to hold from a moment that has gone by."""

    code = "price_from_the_past"
    sentence = "新价格的生效时间不能早于现在，请重新选择。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class GoodsPrice:
    """The price of one piece from a moment on (hundredths of a point), and who set it when."""

    points: Points
    valid_from: datetime
    set_by: str
    set_at: datetime


def price_at(moment: str) -> ScalarSelect[int]:
    """Return a subquery: the price of the enclosing query's goods at the moment that parameter names.

    NULL where the goods have no price by then.
    """
    return (
        select(col(PriceRow.points))
        .where(
            PriceRow.in_village_of(GoodsRow),
            col(PriceRow.goods_id) == col(GoodsRow.id),
            col(PriceRow.valid_from) <= bindparam(moment, type_=UtcDateTime),
        )
        .order_by(col(PriceRow.valid_from).desc(), col(PriceRow.position).desc())
        .limit(1)
        .correlate(GoodsRow)
        .scalar_subquery()
    )


def check_price(points: object) -> Points:
    """Return a price of one piece, hundredths > 0 and at most 1,000,000 points; raises PriceInvalid."""
    if isinstance(points, bool) or not isinstance(points, int) or not 0 < points <= HIGHEST_PRICE:
        raise PriceInvalid()
    return Points(points)


def add_price(
    session: Session, *, village: str, goods: str, points: Points, valid_from: datetime, by: str, at: datetime
) -> None:
    """Write the next price of goods whose row is locked; `goods` is their id."""
    add_prices(session, {goods: points}, village=village, valid_from=valid_from, by=by, at=at)


_INSERT = insert(PriceRow)
_POSITIONS = (
    select(col(PriceRow.goods_id), func.max(col(PriceRow.position)).label("position"))
    .where(PriceRow.in_village(bindparam("village")))
    .group_by(col(PriceRow.goods_id))
)
_POSITION = _POSITIONS.where(col(PriceRow.goods_id) == bindparam("goods"))


class _Position(NamedTuple):
    goods_id: str
    position: int


def add_prices(
    session: Session,
    prices: Mapping[str, Points],
    *,
    village: str,
    valid_from: datetime,
    by: str,
    at: datetime,
) -> None:
    """Write the next price of goods (by id) whose rows are locked."""
    if not prices:
        return
    if len(prices) == 1:
        found = fetch(session, _POSITION, {"village": village, "goods": next(iter(prices))}, into=_Position)
    else:
        found = fetch(session, _POSITIONS, {"village": village}, into=_Position)
    last = {one.goods_id: one.position for one in found.all()}
    common = {"village_id": village, "valid_from": valid_from, "set_by": by, "set_at": at}
    rows = (
        common | {"goods_id": goods, "position": last.get(goods, 0) + 1, "points": points}
        for goods, points in prices.items()
    )
    execute_many(session, _INSERT, *rows)


_HISTORY = (
    select(*PriceRow.columns_of(GoodsPrice))
    .join(GoodsRow, GoodsRow.in_village_of(PriceRow) & (col(GoodsRow.id) == col(PriceRow.goods_id)))
    .where(GoodsRow.in_village(bindparam("village")), col(GoodsRow.code) == bindparam("goods"))
    .order_by(col(PriceRow.position))
)


def price_history(session: Session, *, village: str, goods: str) -> list[GoodsPrice]:
    """Return every price these goods (code) have had or will have, in the order they were set."""
    return fetch(session, _HISTORY, {"village": village, "goods": goods}, into=GoodsPrice).all()
