"""Stock by hand: pieces are received, donated or written off; and the journal of all moves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from pointsbank import ledger
from pointsbank.errors import Invalid
from pointsbank.market.basket import check_code, check_quantity
from pointsbank.market.models import GoodsRow, StockMoveRow
from pointsbank.market.return_models import StockMoveUndoneRow
from pointsbank.market.shelf import StockMove, lock_shelf, put
from pointsbank.market.undoing import BY_HAND, MoveUnknown
from pointsbank.market.unseen import check_brought
from pointsbank.text import clean

RECEIVED, DONATED, SPOILED = "received", "donated", "spoiled"
_SIGNS = {RECEIVED: 1, DONATED: 1, SPOILED: -1}


class MoveKindInvalid(Invalid):
    """Pieces cannot come or go in this way."""

    code = "move_kind_invalid"
    sentence = "库存变动只能是进货、捐赠或损耗，请重新选择。"
    fixed_by = "店员"
    at = ("kind",)


@dataclass(frozen=True, slots=True)
class JournalLine(StockMove):
    """A move as the journal shows it, with the redemption it belongs to, and the move that undid it."""

    redemption_id: str | None = None
    undone_by: int | None = None

    @property
    def may_be_undone(self) -> bool:
        """Whether it was typed by hand and stands."""
        return self.kind in BY_HAND and self.undone_by is None


@ledger.idempotent("move_stock", ledger.same("goods", "kind", "quantity", "note"), StockMove)
def move_stock(
    session: Session,
    *,
    village: str,
    goods: str,
    request_id: str,
    kind: str,
    quantity: int,
    note: str = "",
    by: str,
    at: datetime,
) -> StockMove:
    """Receive pieces, take in a donation or write off what spoiled.

    Args:
        kind: "received", "donated" or "spoiled"; it says the direction.
        quantity: pieces, 1 to 9,999.

    Raises MoveKindInvalid, QuantityInvalid, GoodsUnknown, GoodsUnseen, SoldOut, ShelfFull, and those of
    `ledger.idempotent` and `text.clean`.

    Example:
        move_stock(session, village="chayuan", goods="M01", request_id="till-1-000044", kind="received",
                   quantity=3, by=clerk, at=now).stock  # 8
    """
    if kind not in _SIGNS:
        raise MoveKindInvalid()
    pieces = check_quantity(quantity) * _SIGNS[kind]
    shelf = lock_shelf(session, village=village, goods=goods)
    if pieces > 0:
        check_brought(session, {shelf.id: shelf.name}, village=village, by=by, at=at)
    note = clean(note, maximum=200)
    return put(session, shelf, village=village, kind=kind, quantity=pieces, note=note, by=by, at=at)


def stock_journal(
    session: Session, *, village: str, goods: str, before: int | None = None, limit: int = 200
) -> list[JournalLine]:
    """Return the newest moves of the goods with this code, newest first; raise GoodsUnknown for no code.

    Args:
        before: the position below which to begin; None begins with the newest.
        limit: moves at most, >= 0.

    Example:
        stock_journal(session, village="chayuan", goods="M01")[0].kind  # "redeemed"
    """
    check_code(goods)
    query = (
        select(StockMoveRow, col(StockMoveUndoneRow.undone_by))
        .join(
            GoodsRow, GoodsRow.in_village_of(StockMoveRow) & (col(GoodsRow.id) == col(StockMoveRow.goods_id))
        )
        .join(
            StockMoveUndoneRow,
            StockMoveUndoneRow.in_village_of(StockMoveRow)
            & (col(StockMoveUndoneRow.goods_id) == col(StockMoveRow.goods_id))
            & (col(StockMoveUndoneRow.position) == col(StockMoveRow.position)),
            isouter=True,
        )
        .where(GoodsRow.in_village(village), col(GoodsRow.code) == goods)
        .order_by(col(StockMoveRow.position).desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(col(StockMoveRow.position) < before)
    return [
        move.into(JournalLine, goods=goods, stock=move.stock_after, status="completed", undone_by=undone_by)
        for move, undone_by in session.execute(query)
    ]


def stock_move(session: Session, *, village: str, goods: str, position: int) -> JournalLine:
    """Return one move of the goods with this code, by its place in their journal, from 1.

    Raises:
        GoodsUnknown, MoveUnknown: the village has no such goods, or they have no such move.

    Example:
        stock_move(session, village="chayuan", goods="M01", position=7).kind  # "received"
    """
    found = stock_journal(session, village=village, goods=goods, before=position + 1, limit=1)
    if not found or found[0].position != position:
        raise MoveUnknown()
    return found[0]
