"""Statements that lists of the shop are made of: goods, moves of stock, sales, what was refused."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, case, cast, func, select, union
from sqlmodel import Session, col

from pointsbank import roster
from pointsbank.database import execute
from pointsbank.market.describing import GoodsWords
from pointsbank.market.goods import Goods
from pointsbank.market.models import (
    AttemptRow,
    GoodsRow,
    RedemptionReversalRow,
    RedemptionRow,
    StockMoveRow,
)
from pointsbank.market.prices import price_at
from pointsbank.market.return_models import RedemptionReturnRow
from pointsbank.market.words_then import words_then

_COUNTED_BY: tuple[Any, ...] = (
    col(RedemptionRow.participant_id),
    col(RedemptionRow.sold_by),
    col(RedemptionRow.sold_on),
)
"""What a redemption is counted by where its goods do not matter."""


def goods_query(*, village: str, at: datetime) -> Select[Any]:
    """Return the statement that selects all goods with a price at this moment, no longer offered ones too.

    Example:
        execute(session, market.goods_query(village="cy", at=now)).first().stock  # 5
    """
    price = price_at("at")
    return (
        select(*GoodsRow.columns_of(Goods, points=price))
        .where(GoodsRow.in_village(village), price.is_not(None))
        .params(at=at)
    )


def stock_query(*, village: str) -> Select[Any]:
    """Return the statement that selects all moves of stock, each with its goods; `sold` names a sale.

    Example:
        execute(session, market.stock_query(village="cy")).first().kind  # "received"
    """
    move = StockMoveRow
    columns: tuple[Any, ...] = (move.position, move.kind, move.quantity, move.stock_after, move.note)
    return (
        select(
            col(GoodsRow.code).label("goods"),
            col(GoodsRow.name),
            col(GoodsRow.spec),
            *(col(one) for one in columns),
            col(StockMoveRow.moved_by),
            col(StockMoveRow.moved_at),
            func.coalesce(col(StockMoveRow.redemption_id), "").label("sold"),
            col(StockMoveRow.goods_id),
        )
        .select_from(StockMoveRow)
        .join(
            # Every move has its goods: outer, so that SQLite goes through the moves in their order.
            GoodsRow,
            GoodsRow.in_village_of(StockMoveRow) & (col(GoodsRow.id) == col(StockMoveRow.goods_id)),
            isouter=True,
        )
        .where(StockMoveRow.in_village(village))
    )


def sales_query(*, village: str) -> Select[Any]:
    """Return the statement that selects all redemptions, with the points that came back of each.

    `left_after` is the balance that a sale left, null once something of it came back: it is not so any more.

    Example:
        execute(session, market.sales_query(village="cy")).first().total  # 8000
    """
    sale = RedemptionRow
    columns: tuple[Any, ...] = (
        sale.id,
        sale.participant_id,
        sale.total,
        sale.log_index,
        sale.sold_on,
    )
    returned, kept, joined = _with_returns(select(*(col(one) for one in columns)), village=village)
    return joined.add_columns(
        col(RedemptionRow.sold_by),
        col(RedemptionRow.sold_at),
        col(RedemptionRow.second_check),
        returned.label("returned"),
        kept.label("kept"),
        case((returned == 0, col(sale.balance_after)), else_=None).label("left_after"),
        case(
            (returned == 0, "completed"), (returned < col(sale.total), "part_returned"), else_="reversed"
        ).label("status"),
        roster.code_column(col(RedemptionRow.participant_id), village=village).label("code_order"),
    ).where(RedemptionRow.in_village(village))


def _with_returns(query: Select[Any], *, village: str) -> tuple[Any, Any, Select[Any]]:
    """Return what came back of each redemption, what is left of it, and the query joined with both."""
    # Few sales come back in part: their sums are made once and looked up, not asked for row by row.
    in_part = (
        select(
            col(RedemptionReturnRow.redemption_id),
            # PostgreSQL adds up whole numbers to a decimal.
            cast(func.sum(col(RedemptionReturnRow.total)), BigInteger).label("total"),
        )
        .where(RedemptionReturnRow.in_village(village))
        .group_by(col(RedemptionReturnRow.redemption_id))
        .subquery()
    )
    joined = (
        query.select_from(RedemptionRow)
        .join(
            RedemptionReversalRow,
            RedemptionReversalRow.in_village_of(RedemptionRow)
            & (col(RedemptionReversalRow.redemption_id) == col(RedemptionRow.id)),
            isouter=True,
        )
        .join(
            in_part,
            in_part.c.redemption_id == col(RedemptionRow.id),
            isouter=True,
        )
    )
    is_whole = col(RedemptionReversalRow.redemption_id).is_not(None)
    returned = case((is_whole, col(RedemptionRow.total)), else_=func.coalesce(in_part.c.total, 0))
    return returned, col(RedemptionRow.total) - returned, joined


def goods_found(*, village: str, words: Sequence[str]) -> Select[Any]:
    """Return the statement that selects the ids of the goods in whose code or name all these words stand.

    Example:
        StockMoveRow.goods_id.in_(market.goods_found(village="cy", words=["大米"]))
    """
    named = col(GoodsRow.code) + " " + col(GoodsRow.name)
    found = (named.contains(word, autoescape=True) for word in words)
    return select(col(GoodsRow.id)).where(GoodsRow.in_village(village), *found)


def sales_light(*, village: str) -> Select[Any]:
    """Return the statement that selects the same redemptions with what they came to, to be counted.

    Example:
        execute(session, market.sales_light(village="cy")).first().kept  # 8000
    """
    return select(*_COUNTED_BY, col(RedemptionRow.total).label("kept")).where(
        RedemptionRow.in_village(village)
    )


def sales_taken_back(*, village: str) -> Select[Any]:
    """Return the statement that selects those of the same redemptions of which something came back, and what.

    They are few: taken off the sum of all, they need not be looked for sale by sale.

    Example:
        execute(session, market.sales_taken_back(village="cy")).first().kept  # 2000, which came back
    """
    returned, _, joined = _with_returns(select(*_COUNTED_BY), village=village)
    came_back = union(
        *(
            select(col(row.redemption_id)).where(row.in_village(village))
            for row in (RedemptionReversalRow, RedemptionReturnRow)
        )
    )
    return joined.add_columns(returned.label("kept")).where(
        RedemptionRow.in_village(village), col(RedemptionRow.id).in_(came_back)
    )


def stock_light(*, village: str) -> Select[Any]:
    """Return the statement that selects the same moves of stock without their goods, to be counted.

    Example:
        execute(session, market.stock_light(village="cy")).first().quantity  # -1
    """
    move = StockMoveRow
    columns: tuple[Any, ...] = (move.goods_id, move.kind, move.quantity, move.moved_at)
    return select(*(col(one) for one in columns)).where(StockMoveRow.in_village(village))


def attempts_query(*, village: str) -> Select[Any]:
    """Return the statement that selects what was refused at the counter.

    Example:
        execute(session, market.attempts_query(village="cy")).first().reason  # "pin_wrong"
    """
    row = AttemptRow
    columns: tuple[Any, ...] = (row.id, row.kind, row.reason, row.participant_id, row.made_by, row.made_at)
    return select(*(col(one) for one in columns)).where(AttemptRow.in_village(village))


def sold_words(session: Session, *, village: str, sales: list[str]) -> dict[str, str]:
    """Return what each of these redemptions (ids, 1,000 at most) was of, in words.

    Example:
        market.sold_words(session, village="cy", sales=[sale.id])  # {"k2…": "大米×2、香皂×1"}
    """
    sale = RedemptionRow
    asked: tuple[Any, ...] = (sale.id, sale.log_index, sale.sold_at, GoodsRow.id, GoodsRow.name)
    query = (
        select(*(col(one) for one in asked), col(StockMoveRow.quantity))
        .select_from(StockMoveRow)
        .join(
            GoodsRow, GoodsRow.in_village_of(StockMoveRow) & (col(GoodsRow.id) == col(StockMoveRow.goods_id))
        )
        .join(sale, sale.in_village_of(StockMoveRow) & (col(sale.id) == col(StockMoveRow.redemption_id)))
        .where(
            StockMoveRow.in_village(village),
            col(StockMoveRow.redemption_id).in_(sales),
            col(StockMoveRow.kind) == "redeemed",
        )
        .order_by(col(GoodsRow.code))
    )
    lines: dict[str, list[str]] = {}
    found: Any = execute(session, query).all()
    if found:
        then = words_then(session, village=village, since=min(row[2] for row in found))
    for sold, index, _, goods, name, quantity in found:
        words = then.of(goods, GoodsWords(name), index=index)
        lines.setdefault(sold, []).append(f"{words.name}×{-quantity}")
    return {sale: "、".join(words) for sale, words in lines.items()}
