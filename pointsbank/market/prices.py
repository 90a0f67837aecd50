"""Prices in time: what one piece costs from a moment on; prices are added, never changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, bindparam, func, insert, select
from sqlmodel import Session, col

from pointsbank.database import UtcDateTime, execute, table_of
from pointsbank.errors import Invalid
from pointsbank.market.models import GoodsRow, PriceRow
from pointsbank.points import Points, whole

GOODS = table_of(GoodsRow)
PRICE = table_of(PriceRow)

DEAREST = whole(1_000_000)


class PriceInvalid(Invalid):
    """A price is nothing, negative, or beyond any household."""

    code = "price_invalid"
    sentence = "商品积分应大于 0、不超过 1000000，请重新填写。"
    fixed_by = "村委"


class PriceFromThePast(Invalid):
    """A price is said to hold from a moment that has gone by."""

    code = "price_from_the_past"
    sentence = "新价格的生效时间不能早于现在，请重新选择。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Price:
    """What one piece costs from a moment on, and who said so when."""

    points: Points
    valid_from: datetime
    set_by: str
    set_at: datetime


def price_at(moment: str) -> ScalarSelect[int]:
    """The price of the goods of the query around it, at the moment given as this parameter."""
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
    """A price of one piece in hundredths; raises PriceInvalid."""
    if isinstance(points, bool) or not isinstance(points, int) or not 0 < points <= DEAREST:
        raise PriceInvalid()
    return Points(points)


def add_price(
    session: Session, *, village: str, goods: str, points: Points, valid_from: datetime, by: str, at: datetime
) -> None:
    """Write the next price of goods whose row is locked; `goods` is their id."""
    last = select(func.coalesce(func.max(PRICE.c.position), 0)).where(
        PRICE.c.village_id == village, PRICE.c.goods_id == goods
    )
    position = execute(session, last).scalar_one() + 1
    key = {"village_id": village, "goods_id": goods, "position": position}
    values = {"points": points, "valid_from": valid_from, "set_by": by, "set_at": at}
    execute(session, insert(PRICE), key | values)


def price_history(session: Session, *, village: str, goods: str) -> list[Price]:
    """Every price these goods (by their code) have had or will have, in the order they were set."""
    query = (
        select(PRICE.c.points, PRICE.c.valid_from, PRICE.c.set_by, PRICE.c.set_at)
        .join(GOODS, (GOODS.c.village_id == PRICE.c.village_id) & (GOODS.c.id == PRICE.c.goods_id))
        .where(GOODS.c.village_id == village, GOODS.c.code == goods)
        .order_by(PRICE.c.position)
    )
    return [Price(*tuple(row)) for row in execute(session, query)]
