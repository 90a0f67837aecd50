"""Goods: what the shop offers, at what price, how many are left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from pointsbank.database import new_id
from pointsbank.errors import Invalid, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.market.basket import MAXIMUM_PIECES, GoodsUnknown, check_code
from pointsbank.market.models import GoodsRow
from pointsbank.market.prices import PriceBackdated, add_price, check_price, price_at
from pointsbank.market.shelf import MAXIMUM_STOCK, Shelf, lock_shelf, put
from pointsbank.points import Points
from pointsbank.prepared import fetch
from pointsbank.text import clean, clean_code, clean_required


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
    """Goods at a moment; `points` is the price of one piece then, in hundredths."""

    id: str
    code: str
    name: str
    spec: str
    category: str
    points: Points
    stock: int
    limit_per_month: int | None
    active: bool


# `points` is NULL where the first price holds only later: such goods are shown to nobody.
_LIST = (
    select(*GoodsRow.columns_of(Goods, points=price_at("at")))
    .where(GoodsRow.in_village(bindparam("village")))
    .order_by(col(GoodsRow.code))
)
_ONE = _LIST.where(col(GoodsRow.code) == bindparam("goods"))


def goods_list(session: Session, *, village: str, at: datetime, also_inactive: bool = False) -> list[Goods]:
    """Return the goods on offer, by code, with their price and stock at this moment.

    Example:
        goods_list(session, village="chayuan", at=now)[0].stock  # 5
    """
    found = fetch(session, _LIST, {"village": village, "at": at}, into=Goods).all()
    listed = [one for one in found if one.points is not None and (one.active or also_inactive)]
    # By code points, as every program sorts; a database sorts as its collation says.
    return sorted(listed, key=lambda one: one.code)


def goods_by_code(session: Session, *, village: str, code: str, at: datetime) -> Goods:
    """Return the goods with this code, offered or not; raises GoodsUnknown.

    Example:
        goods_by_code(session, village="chayuan", code="M01", at=now).name  # "大米"
    """
    found = _find(session, village=village, code=check_code(code), at=at)
    if found is None or found.points is None:
        raise GoodsUnknown(goods=code[:32])
    return found


def shelf_value(session: Session, *, village: str, at: datetime) -> Points:
    """Return what everything on the shelf costs at this moment, to compare with the points outstanding."""
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
    """Offer new goods at a price from now on, with an opening stock.

    Args:
        points: the price of one piece in hundredths, > 0.
        stock: pieces, 0 to 1,000,000; written as a counted move.
        limit_per_month: pieces a household may have a month, 1 to 9,999; None is no limit.

    Raises StockInvalid, PriceInvalid, LimitInvalid, GoodsExist, and those of `clean`, `clean_required` and
    `clean_code`. What `put`, `check_code` and GoodsUnknown refuse cannot be so of new goods.

    Example:
        rice = {"code": "M01", "name": "大米", "points": Points(4000), "stock": 5}
        add_goods(session, village="chayuan", **rice, by=clerk, at=now).stock  # 5
    """
    if isinstance(stock, bool) or not isinstance(stock, int) or not 0 <= stock <= MAXIMUM_STOCK:
        raise StockInvalid()
    check_price(points)
    code = clean_code(code)
    if _find(session, village=village, code=code, at=at):
        raise GoodsExist(goods=code)
    described = _described(name=name, spec=spec, category=category, limit_per_month=limit_per_month)
    goods = new_id(session)
    session.add(GoodsRow(village_id=village, id=goods, code=code, **described))
    # Another desk added the same code after we had read.
    with refusing_duplicates(GoodsExist(goods=code)):
        session.flush()
    add_price(session, village=village, goods=goods, points=points, valid_from=at, by=by, at=at)
    if stock:
        shelf = Shelf(goods, code, described["name"], 0, 0)
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
    """Change what goods are called, how many a household may have a month, and whether they are offered.

    Raises GoodsUnknown, LimitInvalid, and those of `text.clean`.
    """
    shelf = lock_shelf(session, village=village, goods=goods)
    described = _described(name=name, spec=spec, category=category, limit_per_month=limit_per_month)
    change = update(GoodsRow).where(GoodsRow.in_village(village), col(GoodsRow.id) == shelf.id)
    session.exec(change.values(**described, active=active))
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
    """Give goods a new price from a moment on, `at` by default; sales before it keep the old one.

    Raises PriceInvalid, PriceBackdated, GoodsUnknown.

    Example:
        set_price(session, village="chayuan", goods="M01", points=Points(4500), by=committee, at=now)
    """
    check_price(points)
    valid_from = valid_from or at
    if valid_from < at:
        raise PriceBackdated()
    shelf = lock_shelf(session, village=village, goods=goods)
    add_price(session, village=village, goods=shelf.id, points=points, valid_from=valid_from, by=by, at=at)
    return goods_by_code(session, village=village, code=goods, at=at)


def _find(session: Session, *, village: str, code: str, at: datetime) -> Goods | None:
    """Return the goods with this code, or None."""
    return fetch(session, _ONE, {"village": village, "goods": code, "at": at}, into=Goods).first()


def _described(*, name: str, spec: str, category: str, limit_per_month: int | None) -> dict[str, Any]:
    """Return the describing columns; raise LimitInvalid and those of `text.clean`."""
    if limit_per_month is not None:
        whole = isinstance(limit_per_month, int) and not isinstance(limit_per_month, bool)
        if not whole or not 1 <= limit_per_month <= MAXIMUM_PIECES:
            raise LimitInvalid()
    return {
        "name": clean_required(name, maximum=60),
        "spec": clean(spec, maximum=60),
        "category": clean(category, maximum=60),
        "limit_per_month": limit_per_month,
    }
