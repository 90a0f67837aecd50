"""Goods: what the shop offers, at what price, how many are left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from pointsbank.database import execute, new_id, table_of
from pointsbank.errors import Invalid, Refused
from pointsbank.market.basket import MOST_PIECES, GoodsUnknown, check_code
from pointsbank.market.models import GoodsRow
from pointsbank.market.prices import PriceFromThePast, add_price, check_price, price_at
from pointsbank.market.stock import Shelf, lock_shelf, put
from pointsbank.points import Points
from pointsbank.text import clean, clean_code, clean_required

GOODS = table_of(GoodsRow)
MOST_STOCK = 1_000_000


class GoodsExist(Refused):
    """There are goods under this code already."""

    code = "goods_exist"
    sentence = "编号“{goods}”已有商品，请换一个编号。"
    fixed_by = "村委"


class StockInvalid(Invalid):
    """An opening stock is not a whole number of pieces."""

    code = "stock_invalid"
    sentence = "库存应为 0 到 1000000 的整数，请重新填写。"
    fixed_by = "村委"


class LimitInvalid(Invalid):
    """A monthly limit is not a whole number of pieces."""

    code = "limit_invalid"
    sentence = "每户每月限量应为 1 到 9999 的整数，不限量请留空。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods as they stand at a moment; `points` is the price of one piece then."""

    id: str
    code: str
    name: str
    spec: str
    category: str
    points: Points
    stock: int
    limit_per_month: int | None
    active: bool


_LIST = (
    select(
        GOODS.c.id,
        GOODS.c.code,
        GOODS.c.name,
        GOODS.c.spec,
        GOODS.c.category,
        price_at("at").label("points"),
        GOODS.c.stock,
        GOODS.c.limit_per_month,
        GOODS.c.active,
    )
    .where(GOODS.c.village_id == bindparam("village"))
    .order_by(GOODS.c.code)
)
_ONE = _LIST.where(GOODS.c.code == bindparam("goods"))


def goods_list(session: Session, *, village: str, at: datetime, also_inactive: bool = False) -> list[Goods]:
    """The goods on offer, by code, with their price and stock at this moment."""
    rows = execute(session, _LIST, {"village": village, "at": at})
    listed = [_view(row) for row in rows if row.points is not None]
    return sorted((one for one in listed if one.active or also_inactive), key=lambda one: one.code)


def goods_by_code(session: Session, *, village: str, code: str, at: datetime) -> Goods:
    """The goods with this code, offered or not; raises GoodsUnknown."""
    row = execute(session, _ONE, {"village": village, "goods": check_code(code), "at": at}).first()
    if row is None or row.points is None:
        raise GoodsUnknown(goods=code[:32])
    return _view(row)


def shelf_value(session: Session, *, village: str, at: datetime) -> Points:
    """What everything on the shelf would cost at this moment: to be held against the points outstanding."""
    everything = goods_list(session, village=village, at=at, also_inactive=True)
    return Points(sum(goods.stock * goods.points for goods in everything))


def add_goods(
    session: Session,
    *,
    village: str,
    code: str,
    name: str,
    points: Points,
    spec: str = "",
    category: str = "",
    stock: int = 0,
    limit_per_month: int | None = None,
    by: str,
    at: datetime,
) -> Goods:
    """Offer new goods at a price from now on, with what is on the shelf counted in."""
    if isinstance(stock, bool) or not isinstance(stock, int) or not 0 <= stock <= MOST_STOCK:
        raise StockInvalid()
    check_price(points)
    code = clean_code(code)
    if execute(session, _ONE, {"village": village, "goods": code, "at": at}).first():
        raise GoodsExist(goods=code)
    row = _described(name=name, spec=spec, category=category, limit_per_month=limit_per_month)
    goods = new_id(session)
    row |= {"village_id": village, "id": goods, "code": code, "active": True, "stock": 0, "moves": 0}
    try:
        execute(session, insert(GOODS), row)
    except IntegrityError as error:
        # Somebody added the same code between our look and our write.
        raise GoodsExist(goods=code) from error
    add_price(session, village=village, goods=goods, points=points, valid_from=at, by=by, at=at)
    if stock:
        shelf = Shelf(goods, code, str(row["name"]), 0, 0)
        put(session, shelf, village=village, kind="counted", quantity=stock, note="期初库存", by=by, at=at)
    return goods_by_code(session, village=village, code=code, at=at)


def describe_goods(
    session: Session,
    *,
    village: str,
    goods: str,
    name: str,
    spec: str = "",
    category: str = "",
    limit_per_month: int | None = None,
    active: bool = True,
    by: str,
    at: datetime,
) -> Goods:
    """Change what goods are called, how many a household may have a month, and whether they are offered."""
    shelf = lock_shelf(session, village=village, goods=goods)
    row = _described(name=name, spec=spec, category=category, limit_per_month=limit_per_month)
    change = update(GOODS).where(GOODS.c.village_id == village, GOODS.c.id == shelf.id)
    execute(session, change.values(row | {"active": active}))
    return goods_by_code(session, village=village, code=goods, at=at)


def set_price(
    session: Session,
    *,
    village: str,
    goods: str,
    points: Points,
    valid_from: datetime | None = None,
    by: str,
    at: datetime,
) -> Goods:
    """Give goods a new price from a moment on (now, unless said); sales before it keep the old one."""
    check_price(points)
    valid_from = valid_from or at
    if valid_from < at:
        raise PriceFromThePast()
    shelf = lock_shelf(session, village=village, goods=goods)
    add_price(session, village=village, goods=shelf.id, points=points, valid_from=valid_from, by=by, at=at)
    return goods_by_code(session, village=village, code=goods, at=at)


def _described(*, name: str, spec: str, category: str, limit_per_month: int | None) -> dict[str, object]:
    """The describing columns, checked."""
    if limit_per_month is not None:
        whole = isinstance(limit_per_month, int) and not isinstance(limit_per_month, bool)
        if not whole or not 1 <= limit_per_month <= MOST_PIECES:
            raise LimitInvalid()
    return {
        "name": clean_required(name, maximum=60),
        "spec": clean(spec, maximum=60),
        "category": clean(category, maximum=60),
        "limit_per_month": limit_per_month,
    }


def _view(row: Row[Any]) -> Goods:
    """A row of the list as the world may see it."""
    return Goods(*tuple(row))
