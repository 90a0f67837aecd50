"""Stock by journal: pieces come and go as moves; what stands on the shelf is their sum.

Locks goods FOR UPDATE, ascending by id, after any ledger account and before the village's log head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.database import execute, table_of
from pointsbank.errors import Invalid
from pointsbank.market.basket import GoodsUnknown, SoldOut, check_code, check_quantity
from pointsbank.market.models import GoodsRow, StockMoveRow
from pointsbank.prepared import write
from pointsbank.text import clean

GOODS = table_of(GoodsRow)
MOVE = table_of(StockMoveRow)

RECEIVED, DONATED, SPOILED = "received", "donated", "spoiled"
_SIGNS = {RECEIVED: 1, DONATED: 1, SPOILED: -1}


class MoveKindInvalid(Invalid):
    """Pieces cannot come or go in this way."""

    code = "move_kind_invalid"
    sentence = "库存变动只能是入库、捐赠或损耗，请重新选择。"
    fixed_by = "店员"


class ShelfFull(Invalid):
    """More pieces than any village shop holds: a typing slip."""

    code = "shelf_full"
    sentence = "{goods}的库存会超过 1000000 件，请核对件数。"
    fixed_by = "店员"


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


@dataclass(frozen=True, slots=True)
class JournalLine(StockMove):
    """A move as the journal shows it, with the redemption it belongs to."""

    redemption_id: str | None = None


_SHELVES = (
    select(GOODS.c.id, GOODS.c.code, GOODS.c.name, GOODS.c.stock, GOODS.c.moves)
    .where(GOODS.c.village_id == bindparam("village"))
    .order_by(GOODS.c.id)
    .with_for_update()
)
_SHELF = _SHELVES.where(GOODS.c.code == bindparam("goods"))
_SHELVES_CODED = _SHELVES.where(GOODS.c.code.in_(bindparam("codes", expanding=True)))
_SHELVES_BY_ID = _SHELVES.where(GOODS.c.id.in_(bindparam("ids", expanding=True)))

# The new stock is counted from the old one in the database, so that even without a lock nothing is lost.
SHIFT = (
    update(GOODS)
    .where(GOODS.c.village_id == bindparam("key_village"), GOODS.c.id == bindparam("key_goods"))
    .values(stock=GOODS.c.stock + bindparam("pieces"), moves=GOODS.c.moves + 1)
)
INSERT_MOVES = insert(MOVE)


def lock_shelf(session: Session, *, village: str, goods: str) -> Shelf:
    """Lock the goods with this code; raises GoodsUnknown."""
    row = execute(session, _SHELF, {"village": village, "goods": check_code(goods)}).first()
    if row is None:
        raise GoodsUnknown(goods=goods[:32])
    return Shelf(*tuple(row))


def lock_shelves(session: Session, *, village: str, ids: Sequence[str]) -> dict[str, Shelf]:
    """Lock the goods with these ids, in the order all keep to."""
    rows = execute(session, _SHELVES_BY_ID, {"village": village, "ids": sorted(ids)})
    return {row.id: Shelf(*tuple(row)) for row in rows}


def lock_shelves_coded(session: Session, *, village: str, codes: Sequence[str]) -> dict[str, Shelf]:
    """Lock the goods with these codes, in the order all keep to; by code, those that there are."""
    rows = execute(session, _SHELVES_CODED, {"village": village, "codes": list(codes)})
    return {row.code: Shelf(*tuple(row)) for row in rows}


def shift(session: Session, moves: list[dict[str, Any]]) -> None:
    """Change what stands on the shelf by these moves (rows of stock_move); their goods are locked."""
    shifts = [
        {"key_village": m["village_id"], "key_goods": m["goods_id"], "pieces": m["quantity"]} for m in moves
    ]
    write(session, SHIFT, *shifts)


def write_moves(session: Session, moves: list[dict[str, Any]]) -> None:
    """Write these moves into the journal; a redemption they belong to is there already."""
    write(session, INSERT_MOVES, *moves)


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
    """Write one move that is no sale, of goods that are locked."""
    stock = shelf.stock + quantity
    if stock < 0:
        raise SoldOut(goods=shelf.name, left=shelf.stock)
    if stock > 1_000_000:
        raise ShelfFull(goods=shelf.name)
    key = {"village_id": village, "goods_id": shelf.id, "position": shelf.moves + 1, "kind": kind}
    values = {"quantity": quantity, "stock_after": stock, "note": note, "moved_by": by, "moved_at": at}
    moves = [key | values | {"redemption_id": None, "price": None}]
    shift(session, moves)
    write_moves(session, moves)
    return StockMove(shelf.code, shelf.moves + 1, kind, quantity, stock, note, by, at)


@ledger.idempotent(
    "move_stock",
    lambda goods, kind, quantity, note, **_: {
        "goods": ascii(goods),
        "kind": ascii(kind),
        "quantity": str(quantity),
        "note": ascii(note),
    },
    StockMove,
)
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
    """Receive pieces, take in a donation or write off what spoiled; the kind says the direction."""
    if kind not in _SIGNS:
        raise MoveKindInvalid()
    pieces = check_quantity(quantity) * _SIGNS[kind]
    shelf = lock_shelf(session, village=village, goods=goods)
    note = clean(note, maximum=200)
    return put(session, shelf, village=village, kind=kind, quantity=pieces, note=note, by=by, at=at)


def stock_journal(session: Session, *, village: str, goods: str, limit: int = 200) -> list[JournalLine]:
    """The moves of the goods with this code, newest first."""
    check_code(goods)
    query = (
        select(
            GOODS.c.code.label("goods"),
            MOVE.c.stock_after.label("stock"),
            *(MOVE.c[name] for name in _JOURNAL),
        )
        .join(GOODS, (GOODS.c.village_id == MOVE.c.village_id) & (GOODS.c.id == MOVE.c.goods_id))
        .where(GOODS.c.village_id == village, GOODS.c.code == goods)
        .order_by(MOVE.c.position.desc())
        .limit(limit)
    )
    return [JournalLine(**row._mapping) for row in execute(session, query)]


_JOURNAL = ("position", "kind", "quantity", "note", "moved_by", "moved_at", "redemption_id")


def stock_differences(session: Session, *, village: str) -> list[str]:
    """The codes of goods whose stock is not the sum of their moves; there must be none."""
    summed = (
        select(func.coalesce(func.sum(MOVE.c.quantity), 0))
        .where(MOVE.c.village_id == GOODS.c.village_id, MOVE.c.goods_id == GOODS.c.id)
        .correlate(GOODS)
        .scalar_subquery()
    )
    query = select(GOODS.c.code).where(GOODS.c.village_id == village, GOODS.c.stock != summed)
    return sorted(execute(session, query).scalars())
