"""Goods that only one person has had in hand: who says what they are and cost brings none, and sells none.

One person sets a first price and the words of empty goods. If the same one could also put pieces there and
sell them, a dear thing would go at a small price with nobody looking. So somebody else handles the goods
first: receives, sells or writes off a piece, or signs a stocktake in which they were counted.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from pointsbank import ledger, staff
from pointsbank.errors import NotAllowed
from pointsbank.market.basket import Offer
from pointsbank.market.models import GoodsRow, PriceRow, StockMoveRow, StocktakeCountRow, StocktakeRow
from pointsbank.prepared import fetch

CONTROL = staff.declare(
    staff.Control(
        act="新商品第一次进货、兑换",
        controlled="who alone set the first price of goods, or gave empty ones other words",
        controls="another clerk, or who signs a stocktake of them: until then he brings and sells none",
        where=__name__,
        permissions=(staff.Permission.STOCK_MOVE, staff.Permission.TILL),
    )
)


class GoodsUnseen(NotAllowed):
    """Who set the first price or the words of goods is the only one who has had them in hand."""

    code = "goods_unseen"
    sentence = (
        "{goods}的积分价或名称是您定的，还没有别人经手过：请另一位店员先办一次进货或兑换，"
        "或者把它清点一遍、由两个人在盘点上签字。"
    )
    fixed_by = "店员"


_PRICED: Any = (
    select(col(PriceRow.goods_id).label("id"))
    .where(PriceRow.in_village(bindparam("village")))
    .where(col(PriceRow.goods_id).in_(bindparam("ids", expanding=True)))
    .where(col(PriceRow.position) == 1, col(PriceRow.set_by) == bindparam("by"))
)


class _Priced(NamedTuple):
    """Goods (id) to which somebody gave the first price."""

    id: str


def check_sold(offers: Iterable[Offer], *, by: str) -> None:
    """Raise if one of these has its first price from `by`: `sell` then asks `check_handled`.

    Asks the database nothing: a sale whose price another set costs nothing more.

    Raises:
        GoodsUnseen: so it is.

    Example:
        check_sold([taking.offer for taking in basket.takings], by=chen.id)
    """
    for one in offers:
        if one.priced_by == by:
            raise GoodsUnseen(goods=one.name)


def check_handled(session: Session, codes: Iterable[str], *, village: str, by: str, at: datetime) -> None:
    """Raise if `by` set the first price of one of these goods (codes) and is alone with it.

    What somebody had in hand stays so: no lock is needed.

    Raises:
        GoodsUnseen: so it is.
    """
    rows = select(col(GoodsRow.id), col(GoodsRow.name)).where(
        GoodsRow.in_village(village), col(GoodsRow.code).in_(sorted(codes))
    )
    _check_first_price(session, dict(session.exec(rows).all()), village=village, by=by, at=at)


def check_brought(session: Session, goods: Mapping[str, str], *, village: str, by: str, at: datetime) -> None:
    """Refuse goods (names by id) to which `by` gave the first price or other words, and nobody had in hand.

    For whatever puts pieces onto the shelf: deliveries, donations, sales that are taken back.

    Raises:
        GoodsUnseen: `by` is alone with one of them.

    Example:
        check_brought(session, {wine.id: "黄酒"}, village="chayuan", by=chen.id, at=now)
    """
    _check_first_price(session, goods, village=village, by=by, at=at)
    for id, name in goods.items():
        described = ledger.entries_telling(
            session, village=village, table="goods", key=id, kind="goods_described"
        )
        own = next((one for one in described if one.actor == by and _renames(one, id)), None)
        if own is not None and not _seen(session, id, own.recorded_at, village=village, by=by, at=at):
            raise GoodsUnseen(goods=name)


def _check_first_price(
    session: Session, goods: Mapping[str, str], *, village: str, by: str, at: datetime
) -> None:
    """Raise GoodsUnseen if one of these goods (names by id) has its first price from `by` alone."""
    values = {"village": village, "ids": sorted(goods), "by": by}
    for priced in fetch(session, _PRICED, values, into=_Priced).all():
        if not _seen(session, priced.id, None, village=village, by=by, at=at):
            raise GoodsUnseen(goods=goods[priced.id])


def _renames(entry: ledger.LogEntry, goods: str) -> bool:
    """Return whether an entry gave goods (id) another name or spec; category and limit are no price."""
    lines = (entry.words or {}).get("goods", ())
    return any(line[0] == goods and line[3][:2] != line[4][:2] for line in lines)


def _seen(
    session: Session, goods: str, since: datetime | None, *, village: str, by: str, at: datetime
) -> bool:
    """Return whether somebody who is surely another person has had the goods (id) in hand.

    Args:
        since: only what came after this moment counts; None from the beginning of these goods.
    """
    count, taking, move = StocktakeCountRow, StocktakeRow, StockMoveRow
    counted = (
        select(col(taking.id))
        .join(count, count.in_village_of(taking) & (col(count.stocktake_id) == col(taking.id)))
        .where(taking.in_village(village), col(taking.status) == "posted", col(count.goods_id) == goods)
    )
    moved = (
        select(col(move.moved_by), func.max(col(move.moved_at)))
        .where(move.in_village(village), col(move.goods_id) == goods)
        .where(col(move.moved_by) != by)
        .group_by(col(move.moved_by))
    )
    if since is not None:
        counted = counted.where(col(count.counted_at) > since)
        moved = moved.where(col(move.moved_at) > since)
    # Two who are surely two signed it: one of them is another.
    if session.exec(counted.limit(1)).first() is not None:
        return True
    return any(_is_another(session, who, by, moment, at=at) for who, moment in session.exec(moved))


def _is_another(session: Session, who: str, by: str, moved_at: datetime, *, at: datetime) -> bool:
    """Return whether who moved goods at a moment was surely not `by` under another login."""
    try:
        staff.independence.check(session, first=who, second=by, at=at, begun_at=moved_at)
    except staff.problems.LoginNotIndependent:
        return False
    return True
