"""The shelf: goods are locked, and pieces come and go as moves; their sum is the stock.

Locks goods FOR UPDATE, ascending by id, after any ledger account and before the village's log head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from pointsbank.errors import Invalid
from pointsbank.market.basket import GoodsUnknown, Offer, SoldOut, check_code
from pointsbank.market.models import GoodsRow, StockMoveRow
from pointsbank.points import Points
from pointsbank.prepared import execute_many, fetch

MAXIMUM_STOCK = 1_000_000


class ShelfFull(Invalid):
    """More pieces than any village shop holds: a typing slip."""

    code = "shelf_full"
    sentence = "{goods}的库存会超过1000000件，请核对件数。"
    fixed_by = "店员"
    at = ("quantity", "stock")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Goods with their row locked: how many pieces, after how many moves."""

    id: str
    code: str
    name: str
    stock: int
    moves: int


@dataclass(frozen=True, slots=True)
class StockMove:
    """Pieces that came (more than 0) or went (less than 0), and what was left then."""

    goods: str
    position: int
    kind: str
    quantity: int
    stock: int
    note: str
    moved_by: str
    moved_at: datetime
    status: str = "completed"


NewMove = dict[str, Any]
"""A row of `stock_move` to be written."""

_SHELVES = (
    select(*GoodsRow.columns_of(Shelf))
    .where(GoodsRow.in_village(bindparam("village")))
    .order_by(col(GoodsRow.id))
    .with_for_update()
)
_SHELF = _SHELVES.where(col(GoodsRow.code) == bindparam("goods"))
_SHELVES_BY_CODE = _SHELVES.where(col(GoodsRow.code).in_(bindparam("codes", expanding=True)))
_SHELVES_BY_ID = _SHELVES.where(col(GoodsRow.id).in_(bindparam("ids", expanding=True)))

# The new stock is counted from the old one in the database, so that even without a lock nothing is lost.
_SHIFT = (
    update(GoodsRow)
    .where(GoodsRow.in_village(bindparam("key_village")), col(GoodsRow.id) == bindparam("key_goods"))
    .values(stock=col(GoodsRow.stock) + bindparam("pieces"), moves=col(GoodsRow.moves) + 1)
)
_INSERT_MOVE = insert(StockMoveRow)


def lock_shelf(session: Session, *, village: str, goods: str) -> Shelf:
    """Lock the goods with this code and return them; raises GoodsUnknown."""
    shelf = fetch(session, _SHELF, {"village": village, "goods": check_code(goods)}, into=Shelf).first()
    if shelf is None:
        raise GoodsUnknown(goods=goods[:32])
    return shelf


def lock_shelves(session: Session, *, village: str, ids: Sequence[str]) -> dict[str, Shelf]:
    """Lock the goods with these ids, ascending, and return them by id."""
    parameters = {"village": village, "ids": sorted(ids)}
    return {one.id: one for one in fetch(session, _SHELVES_BY_ID, parameters, into=Shelf).all()}


def lock_shelves_by_code(session: Session, *, village: str, codes: Sequence[str]) -> dict[str, Shelf]:
    """Lock the goods with these codes, ascending by id, and return by code those that there are."""
    parameters = {"village": village, "codes": list(codes)}
    return {one.code: one for one in fetch(session, _SHELVES_BY_CODE, parameters, into=Shelf).all()}


def new_move(
    goods: Shelf | Offer,
    quantity: int,
    kind: str,
    *,
    village: str,
    by: str,
    at: datetime,
    note: str = "",
    redemption: str | None = None,
    price: Points | None = None,
    stocktake: str | None = None,
) -> NewMove:
    """Return the next move of goods that are locked.

    Args:
        quantity: pieces; > 0 came, < 0 went.
        price: of one piece, in hundredths; of a move that belongs to a redemption.
    """
    return {
        "village_id": village,
        "goods_id": goods.id,
        "position": goods.moves + 1,
        "kind": kind,
        "quantity": quantity,
        "stock_after": goods.stock + quantity,
        "redemption_id": redemption,
        "price": price,
        "note": note,
        "moved_by": by,
        "moved_at": at,
        "stocktake_id": stocktake,
    }


def write_moves(session: Session, moves: Sequence[NewMove]) -> None:
    """Change the stock of locked goods by these moves and write them into the journal.

    A redemption they belong to is written before.
    """
    shifts = [
        {"key_village": m["village_id"], "key_goods": m["goods_id"], "pieces": m["quantity"]} for m in moves
    ]
    execute_many(session, _SHIFT, *shifts)
    execute_many(session, _INSERT_MOVE, *moves)


def put(
    session: Session,
    shelf: Shelf,
    *,
    village: str,
    kind: str,
    quantity: int,
    note: str,
    by: str,
    at: datetime,
) -> StockMove:
    """Write one move, that is no sale, of goods that are locked; raises SoldOut, ShelfFull."""
    stock = shelf.stock + quantity
    if stock < 0:
        raise SoldOut(goods=shelf.name, left=shelf.stock)
    if stock > MAXIMUM_STOCK:
        raise ShelfFull(goods=shelf.name)
    write_moves(session, [new_move(shelf, quantity, kind, village=village, by=by, at=at, note=note)])
    return StockMove(shelf.code, shelf.moves + 1, kind, quantity, stock, note, by, at)
