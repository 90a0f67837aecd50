"""The goods of the shop, with price and stock at this moment."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import market
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Search
from pointsbank.lists.kinds import COUNT, POINTS
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the goods."""
    return market.goods_query(village=asked.village, at=asked.at)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add in a word what cannot be had."""
    for row in rows:
        row["offered"] = "已下架" if not row["active"] else "已兑完" if row["stock"] <= 0 else ""


LIST = List(
    name="goods",
    title="商品",
    about="商品、积分价和库存；可以改好再导入，也可以当价目表张贴。",
    permission=Permission.GOODS_VIEW,
    columns=(
        Column(key="code", title="编号", sort="code", place="sub"),
        Column(key="name", title="名称", sort="name", place="main"),
        Column(key="spec", title="规格", place="sub"),
        Column(key="points", title="积分", kind=POINTS, sort="points", place="number"),
        Column(key="stock", title="库存", kind=COUNT, sort="stock", place="sub"),
        Column(key="limit_per_month", title="每户每月限量", kind=COUNT),
        Column(key="category", title="类别", sort="category"),
        Column(key="offered", title="状态", place="sub"),
    ),
    order=("code",),
    statement=_query,
    complete=_complete,
    filters=(Search("q", "名称", "name"),),
    imports=market.GOODS_COLUMNS,
    opens=("one_goods", {"code": "code"}),
    empty="还没有商品：请在“导入”页上传商品表，或在“商品”页上架。",
)
