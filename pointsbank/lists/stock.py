"""The journal of stock: every piece that came or went, with what was left."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import market
from pointsbank.labels.stock_move_kind import STOCK_MOVE_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, MOMENT, word_of
from pointsbank.lists.named import OfGoods
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the moves."""
    return market.stock_query(village=asked.village)


def _light(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement by which they are counted."""
    return market.stock_light(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who moved the pieces."""
    add_staff(session, rows, by="moved_by")


LIST = List(
    name="stock",
    title="库存变动",
    about="每种商品的进、出和结余，一笔一行。",
    permission=Permission.GOODS_VIEW,
    columns=(
        Column(key="moved_at", title="时间", kind=MOMENT, sort="moved_at", place="sub"),
        Column(key="goods", title="编号", sort="goods", place="sub"),
        Column(key="name", title="名称", sort="name", place="main"),
        Column(key="spec", title="规格"),
        Column(key="kind", title="种类", kind=word_of(STOCK_MOVE_KIND), sort="kind", place="sub"),
        Column(key="quantity", title="件数", kind=COUNT, sort="quantity", place="number", total=True),
        Column(key="stock_after", title="结余", kind=COUNT, place="sub"),
        Column(key="by", title="经手人", sort="moved_by"),
        Column(key="note", title="说明", paper=None),
    ),
    kept=True,
    order=("-moved_at", "goods", "-position"),
    statement=_query,
    light=_light,
    complete=_complete,
    filters=(
        OfGoods("goods", "商品编号或名称", "goods_id"),
        OneOf("kind", "种类", "kind", labels=STOCK_MOVE_KIND),
        Days("first", "从", "moved_at", moments=True),
        Days("until", "到", "moved_at", until=True, moments=True),
    ),
    opens=("one_goods", {"code": "goods"}),
    empty="库存还没有变动：请打开“商品”，在一种商品上登记进货，或导入商品表。",
)
