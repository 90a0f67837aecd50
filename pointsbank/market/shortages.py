"""Goods that are sold out, or of which less is left than a month takes."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from pointsbank.dates import day_of, start_of_day
from pointsbank.market.models import GoodsRow, StockMoveRow

_MONTH = timedelta(days=30)


class Shortage(NamedTuple):
    """Goods on offer of which `stock` pieces are left, and `used` were taken in thirty days."""

    name: str
    stock: int
    used: int


def shortages(session: Session, *, village: str, at: datetime) -> list[Shortage]:
    """Return the goods on offer that are sold out or would not last a month, the fewest pieces first.

    What was taken and brought back counts as not taken. The month begins thirty days before this day.

    Example:
        market.shortages(session, village="cy", at=now)[0]  # Shortage("香皂", stock=0, used=14)
    """
    taken = (
        select(col(StockMoveRow.goods_id), (-func.sum(col(StockMoveRow.quantity))).label("used"))
        .where(
            StockMoveRow.in_village(village),
            col(StockMoveRow.redemption_id).is_not(None),
            col(StockMoveRow.moved_at) >= start_of_day(day_of(at)) - _MONTH,
        )
        # SQLite went through every move there ever was, goods by goods, to have them in groups.
        .with_hint(StockMoveRow, "INDEXED BY ix_stock_move_village_id_moved_at_position", "sqlite")
        .group_by(col(StockMoveRow.goods_id))
        .subquery()
    )
    used = func.coalesce(taken.c.used, 0)
    query = (
        select(GoodsRow.name, GoodsRow.stock, used)
        .outerjoin(taken, taken.c.goods_id == col(GoodsRow.id))
        .where(GoodsRow.in_village(village), col(GoodsRow.active).is_(True))
        .where((col(GoodsRow.stock) == 0) | (col(GoodsRow.stock) < used))
        .order_by(col(GoodsRow.stock), col(GoodsRow.name))
    )
    return [Shortage(*row) for row in session.exec(query)]
