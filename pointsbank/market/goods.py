"""Goods: what the shop offers, at what price, how many are left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session, col

from pointsbank import ledger
from pointsbank.database import execute, new_ids
from pointsbank.errors import Invalid, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.ledger import LogRecord
from pointsbank.market.basket import MAXIMUM_PIECES, GoodsUnknown, check_code
from pointsbank.market.models import GoodsRow
from pointsbank.market.prices import add_prices, check_new_price, check_price, price_at
from pointsbank.market.shelf import MAXIMUM_STOCK, Shelf, lock_shelf, new_move, write_moves
from pointsbank.points import Points
from pointsbank.prepared import execute_many, fetch
from pointsbank.text import clean, clean_code, clean_required


class GoodsExist(Refused):
    """There are goods under this code already."""

    code = "goods_exist"
    sentence = "编号“{goods}”已有商品，请换一个编号。"
    fixed_by = "村委"


class StockInvalid(Invalid):
    """An opening stock is not a whole number of pieces."""

    code = "stock_invalid"
    sentence = "库存应为0至1000000的整数，请重新填写。"
    fixed_by = "村委"
    at = ("stock",)


class LimitInvalid(Invalid):
    """A monthly limit is not a whole number of pieces."""

    code = "limit_invalid"
    sentence = "每户每月限量应为1至9999的整数，不限量请留空。"
    fixed_by = "村委"
    at = ("limit",)


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


def goods_by_all_codes(session: Session, *, village: str, at: datetime) -> dict[str, Goods]:
    """Return all goods by code, also what is off the shelf: it may lie in a basket since before.

    Example:
        goods_by_all_codes(session, village="chayuan", at=now)["M01"].name  # "大米"
    """
    return {one.code: one for one in goods_list(session, village=village, at=at, also_inactive=True)}


def has_goods(session: Session, *, village: str) -> bool:
    """Return whether anything is on offer.

    Example:
        market.has_goods(session, village="chayuan")  # True
    """
    query = select(col(GoodsRow.id)).where(GoodsRow.in_village(village), col(GoodsRow.active).is_(True))
    return execute(session, query.limit(1)).first() is not None


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
    """Return what everything on the shelf costs at this moment, to compare with the points outstanding.

    Example:
        market.shelf_value(session, village="chayuan", at=now)  # 4539550
    """
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
    `clean_code` and `ledger.record_many`. What `put`, `check_code` and GoodsUnknown refuse cannot be so of
    new goods.

    Example:
        rice = {"code": "M01", "name": "大米", "points": Points(4000), "stock": 5}
        add_goods(session, village="chayuan", **rice, by=clerk, at=now).stock  # 5
    """
    described = described_columns(name=name, spec=spec, category=category, limit_per_month=limit_per_month)
    new = NewGoods(clean_code(code), points, stock, described)
    if _find(session, village=village, code=new.code, at=at):
        raise GoodsExist(goods=new.code)
    # Another desk added the same code after we had read.
    with refusing_duplicates(GoodsExist(goods=new.code)):
        priced = write_new(session, [new], village=village, by=by, at=at)
    ledger.record_many(session, priced, village=village, by=by, at=at)
    return goods_by_code(session, village=village, code=new.code, at=at)


@dataclass(frozen=True, slots=True)
class NewGoods:
    """Goods about to be offered: their price in hundredths, the opening stock, and what they are called.

    Raises StockInvalid, PriceInvalid.
    """

    code: str
    points: Points
    stock: int
    described: dict[str, Any]

    def __post_init__(self) -> None:
        """Refuse a stock or a price that cannot be."""
        stock = self.stock
        if isinstance(stock, bool) or not isinstance(stock, int) or not 0 <= stock <= MAXIMUM_STOCK:
            raise StockInvalid()
        check_price(self.points)


_INSERT_GOODS = insert(GoodsRow)
DESCRIBED = ("name", "spec", "category", "limit_per_month")
"""Columns that say what goods are, in the order in which the log tells them."""


def write_new(
    session: Session, news: Sequence[NewGoods], *, village: str, by: str, at: datetime
) -> list[LogRecord]:
    """Write new goods, their prices and their opening stock, however many, in five statements.

    Returns the entry for the log that the caller writes when it locks no more goods.

    Raises IntegrityError if a code is taken.
    """
    ids = new_ids(session, len(news))
    both = list(zip(ids, news, strict=True))
    start = {"village_id": village, "active": True, "stock": 0, "moves": 0}
    execute_many(
        session, _INSERT_GOODS, *(start | {"id": id, "code": new.code} | new.described for id, new in both)
    )
    prices = {id: (new.code, new.points) for id, new in both}
    priced = add_prices(session, prices, village=village, valid_from=at, by=by, at=at)
    shelves = [(Shelf(id, new.code, new.described["name"], 0, 0), new.stock) for id, new in both if new.stock]
    note: dict[str, Any] = {"village": village, "by": by, "at": at, "note": "期初库存"}
    write_moves(session, [new_move(shelf, stock, "counted", **note) for shelf, stock in shelves])
    added = [[id, new.code, *(new.described[key] for key in DESCRIBED), new.stock] for id, new in both]
    return [replace(one, words={**one.words, "added": added}) for one in priced]


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

    Raises PriceInvalid, PriceBackdated, GoodsUnknown, and those of `ledger.record_many`.

    Example:
        set_price(session, village="chayuan", goods="M01", points=Points(4500), by=committee, at=now)
    """
    check_new_price(points, valid_from=valid_from, at=at)
    valid_from = valid_from or at
    shelf = lock_shelf(session, village=village, goods=goods)
    new = {shelf.id: (shelf.code, points)}
    priced = add_prices(session, new, village=village, valid_from=valid_from, by=by, at=at)
    ledger.record_many(session, priced, village=village, by=by, at=at)
    return goods_by_code(session, village=village, code=goods, at=at)


def _find(session: Session, *, village: str, code: str, at: datetime) -> Goods | None:
    """Return the goods with this code, or None."""
    return fetch(session, _ONE, {"village": village, "goods": code, "at": at}, into=Goods).first()


def check_limit(limit: object) -> None:
    """Raise unless it is a whole number of pieces from 1 to 9999, or None for no limit.

    Raises:
        LimitInvalid: it is not.

    Example:
        market.check_limit(2)
    """
    whole = isinstance(limit, int) and not isinstance(limit, bool)
    if limit is not None and not (whole and 1 <= limit <= MAXIMUM_PIECES):  # type: ignore[operator]
        raise LimitInvalid()


def described_columns(*, name: str, spec: str, category: str, limit_per_month: int | None) -> dict[str, Any]:
    """Return the describing columns; raises LimitInvalid and those of `text.clean`."""
    check_limit(limit_per_month)
    return {
        "name": clean_required(name, maximum=60),
        "spec": clean(spec, maximum=60),
        "category": clean(category, maximum=60),
        "limit_per_month": limit_per_month,
    }
