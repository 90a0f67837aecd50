"""Prices in time: what one piece costs from a moment on; prices are added, never changed, and in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, bindparam, func, insert, select
from sqlmodel import Session, col

from pointsbank import ledger
from pointsbank.database import UtcDateTime
from pointsbank.dates import moment_in_words
from pointsbank.errors import Invalid
from pointsbank.ledger import LogRecord
from pointsbank.market.models import GoodsRow, PriceRow
from pointsbank.points import Points, show, whole
from pointsbank.prepared import execute_many, fetch

HIGHEST_PRICE = whole(1_000_000)
_NAMED = 5


class PriceInvalid(Invalid):
    """A price is nothing, negative, or beyond any household."""

    code = "price_invalid"
    sentence = "积分价应大于0、不超过1000000，请重新填写。"
    fixed_by = "村委"
    at = ("points",)


class PriceBackdated(Invalid):
    """A price is said to hold from a moment that has gone by."""

    code = "price_from_the_past"
    sentence = "新的积分价的生效时间不能早于现在，请重新选择。"
    fixed_by = "村委"
    at = ("from_day", "valid_from")


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


first_priced_by = (
    select(col(PriceRow.set_by))
    .where(
        PriceRow.in_village_of(GoodsRow),
        col(PriceRow.goods_id) == col(GoodsRow.id),
        col(PriceRow.position) == 1,
    )
    .correlate(GoodsRow)
    .scalar_subquery()
)
"""A subquery: who set the first price of the enclosing query's goods."""


def check_price(points: object) -> Points:
    """Return a price of one piece, hundredths > 0 and at most 1,000,000 points; raises PriceInvalid."""
    if isinstance(points, bool) or not isinstance(points, int) or not 0 < points <= HIGHEST_PRICE:
        raise PriceInvalid()
    return Points(points)


def check_new_price(points: object, *, valid_from: datetime | None, at: datetime) -> Points:
    """Return a price that may be set at this moment; None begins at once.

    Raises:
        PriceInvalid: see `check_price`.
        PriceBackdated: it would hold from a moment that has gone by.

    Example:
        market.check_new_price(4000, valid_from=None, at=now) == Points(4000)
    """
    if valid_from is not None and valid_from < at:
        raise PriceBackdated()
    return check_price(points)


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
    prices: Mapping[str, tuple[str, Points]],
    *,
    village: str,
    valid_from: datetime,
    by: str,
    at: datetime,
) -> list[LogRecord]:
    """Write the next price of goods whose rows are locked; return the entry for the log, none for no prices.

    The caller writes the entry when it locks no more goods: the log's head is the last lock.

    Args:
        prices: code and price of one piece (hundredths > 0) by the goods' id.
    """
    if not prices:
        return []
    if len(prices) == 1:
        found = fetch(session, _POSITION, {"village": village, "goods": next(iter(prices))}, into=_Position)
    else:
        found = fetch(session, _POSITIONS, {"village": village}, into=_Position)
    last = {one.goods_id: one.position for one in found.all()}
    common: dict[str, Any] = {"village_id": village, "valid_from": valid_from, "set_by": by, "set_at": at}
    rows = [
        common | {"goods_id": goods, "position": last.get(goods, 0) + 1, "points": points}
        for goods, (_, points) in prices.items()
    ]
    execute_many(session, _INSERT, *rows)
    words = {
        "prices": [
            [row["goods_id"], prices[row["goods_id"]][0], row["position"], row["points"]] for row in rows
        ],
        "valid_from": valid_from.astimezone(UTC).isoformat(),
        "set_at": at.astimezone(UTC).isoformat(),
    }
    return [LogRecord("price_set", words)]


@ledger.describes("price_set")
def _prices_set(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. R01 40分、R02 2.5分，自 2026-09-01 10:00 起; of new goods what they are, and how many."""
    start = datetime.fromisoformat(words["valid_from"])
    # Entries of the first days say of new goods no more than of others.
    new = {
        id: (f"{name}（{spec}）" if spec else name, stock)
        for id, _, name, spec, _, _, stock in words.get("added", ())
    }
    named = "、".join(
        _price_in_words(code, points, new.get(id)) for id, code, _, points in words["prices"][:_NAMED]
    )
    more = f"等{len(words['prices'])}种" if len(words["prices"]) > _NAMED else ""
    return f"{'新上架 ' if new else ''}{named}{more}，自{moment_in_words(start)}起"


def _price_in_words(code: str, points: int, new: tuple[str, int] | None) -> str:
    """Return e.g. R01 40分, or R01 大米（10斤） 40分（期初5件）."""
    if new is None:
        return f"{code} {show(Points(points))}分"
    name, stock = new
    return f"{code} {name} {show(Points(points))}分（期初{stock}件）"


_HISTORY = (
    select(*PriceRow.columns_of(GoodsPrice))
    .join(GoodsRow, GoodsRow.in_village_of(PriceRow) & (col(GoodsRow.id) == col(PriceRow.goods_id)))
    .where(GoodsRow.in_village(bindparam("village")), col(GoodsRow.code) == bindparam("goods"))
    .order_by(col(PriceRow.position))
)


def price_history(session: Session, *, village: str, goods: str) -> list[GoodsPrice]:
    """Return every price these goods (code) have had or will have, in the order they were set.

    Example:
        [price.points for price in market.price_history(session, village="cy", goods="M01")] == [4000, 4500]
    """
    return fetch(session, _HISTORY, {"village": village, "goods": goods}, into=GoodsPrice).all()
