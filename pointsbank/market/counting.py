"""Counting the shelf: a stocktake is begun, goods are counted while sales go on, it is signed or discarded.

Locks the stocktake, then goods ascending; whoever signs second, the village's log head last (signing.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.database import execute, new_id
from pointsbank.errors import Invalid, Refused
from pointsbank.market.basket import GoodsUnknown, check_code
from pointsbank.market.goods import MOST_STOCK
from pointsbank.market.stock import Shelf, lock_shelves_coded
from pointsbank.market.stocktakes import (
    COUNT,
    DISCARDED,
    OPEN,
    RETURN,
    SIGNED,
    STOCKTAKE,
    counts_of,
    lock_stocktake,
    returns_of,
)
from pointsbank.text import clean


class StocktakeUnderWay(Refused):
    """Another stocktake has not ended: the shelf is counted once at a time."""

    code = "stocktake_under_way"
    sentence = "已有一次盘点正在进行，请先把它签完或作废，再开始新的盘点。"
    fixed_by = "店员"


class StocktakeSigned(Refused):
    """The counts are frozen by the first signature."""

    code = "stocktake_signed"
    sentence = "清点人已签字，件数不能再改；要改请先退回清点。"
    fixed_by = "店员"


class StocktakeNotSigned(Refused):
    """There is no signature that could be taken off."""

    code = "stocktake_not_signed"
    sentence = "这次盘点还没有人签字，不用退回，可以直接重新清点。"
    fixed_by = "店员"


class CountInvalid(Invalid):
    """What was counted is not a whole number of pieces."""

    code = "count_invalid"
    sentence = "清点件数应为 0 到 1000000 的整数，请重新填写。"
    fixed_by = "店员"


class CountMissing(Invalid):
    """Nothing was counted at all."""

    code = "count_missing"
    sentence = "还没有填写件数，请至少填一种商品再保存。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class Step:
    """What one act made of a stocktake: its state after it, and its place in the log once it is posted."""

    id: str
    state: str
    status: str = "completed"
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Pieces of one kind of goods as counted, and what the books said at that moment."""

    goods: str
    book: int
    counted: int

    @property
    def difference(self) -> int:
        """What is on the shelf beyond the books; below nothing where pieces are missing."""
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class Counted:
    """What one request counted."""

    id: str
    counts: tuple[Count, ...]
    status: str = "completed"


def same_stocktake(stocktake: str, **_: Any) -> dict[str, Any]:
    """Return what makes two acts on a stocktake the same request."""
    return {"stocktake": ascii(stocktake)}


@ledger.idempotent("begin_stocktake", lambda note, **_: {"note": ascii(note)}, Step)
def begin_stocktake(
    session: Session, *, village: str, request_id: str, note: str = "", by: str, at: datetime
) -> Step:
    """Begin to count the shelf; raises StocktakeUnderWay where somebody has begun already."""
    row = {"village_id": village, "id": new_id(session), "note": clean(note, maximum=200), "status": OPEN}
    here = STOCKTAKE.c.village_id == village
    if execute(session, select(STOCKTAKE.c.id).where(here, STOCKTAKE.c.ended_at.is_(None))).first():
        raise StocktakeUnderWay()
    try:
        execute(session, insert(STOCKTAKE), row | {"begun_by": by, "begun_at": at})
    except IntegrityError as error:
        # Somebody else began between our look and our write.
        raise StocktakeUnderWay() from error
    return Step(row["id"], OPEN)


@ledger.idempotent(
    "count_goods",
    lambda stocktake, pieces, **_: {
        "stocktake": ascii(stocktake),
        "pieces": [[ascii(code), str(number)] for code, number in sorted(pieces.items())],
    },
    Counted,
)
def count_goods(
    session: Session,
    *,
    village: str,
    stocktake: str,
    request_id: str,
    pieces: Mapping[str, int],
    by: str,
    at: datetime,
) -> Counted:
    """Write down how many pieces were counted of some goods, by their codes, beside what the books say now.

    Counted again, the later count holds. Raises GoodsUnknown, StocktakeSigned, StocktakeEnded.
    """
    _check_pieces(pieces)
    refuse_signed(lock_stocktake(session, village=village, stocktake=stocktake))
    shelves = lock_shelves_coded(session, village=village, codes=list(pieces))
    for code in pieces:
        if code not in shelves:
            raise GoodsUnknown(goods=code[:32])
    first = len(counts_of(session, village=village, stocktake=stocktake)) + 1
    rows = [
        _row(shelves[code], number, pieces[code], village=village, stocktake=stocktake, by=by, at=at)
        for number, code in enumerate(sorted(pieces), start=first)
    ]
    execute(session, insert(COUNT), rows)
    return Counted(stocktake, tuple(Count(c, shelves[c].stock, pieces[c]) for c in sorted(pieces)))


@ledger.idempotent("send_back", same_stocktake, Step)
def send_back(
    session: Session, *, village: str, stocktake: str, request_id: str, by: str, at: datetime
) -> Step:
    """Take the first signature off, so that goods can be counted again; that it was there stays on record."""
    row = lock_stocktake(session, village=village, stocktake=stocktake)
    if row.status != SIGNED:
        raise StocktakeNotSigned()
    number = len(returns_of(session, village=village, stocktake=stocktake)) + 1
    taken_off = {"village_id": village, "stocktake_id": stocktake, "number": number}
    taken_off |= {"signed_by": row.signed_by, "signed_at": row.signed_at, "returned_by": by}
    execute(session, insert(RETURN), taken_off | {"returned_at": at})
    change(session, row, status=OPEN, signed_by=None, signed_at=None)
    return Step(stocktake, OPEN)


@ledger.idempotent("discard", same_stocktake, Step)
def discard_stocktake(
    session: Session, *, village: str, stocktake: str, request_id: str, by: str, at: datetime
) -> Step:
    """Give a stocktake up while nobody has signed it; the shelf stays as the books have it."""
    row = lock_stocktake(session, village=village, stocktake=stocktake)
    refuse_signed(row)
    change(session, row, status=DISCARDED, ended_by=by, ended_at=at)
    return Step(stocktake, DISCARDED)


def refuse_signed(row: Row[Any]) -> None:
    """Raises StocktakeSigned where the counts are frozen."""
    if row.status == SIGNED:
        raise StocktakeSigned()


def change(session: Session, row: Row[Any], **columns: Any) -> None:
    """Bring a locked stocktake to its next state."""
    same = (STOCKTAKE.c.village_id == row.village_id, STOCKTAKE.c.id == row.id)
    execute(session, update(STOCKTAKE).where(*same).values(**columns))


def _check_pieces(pieces: Mapping[str, int]) -> None:
    """Raises CountMissing, CountInvalid, or GoodsUnknown for a code that no goods can have."""
    if not pieces:
        raise CountMissing()
    for code, number in pieces.items():
        check_code(code)
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST_STOCK:
            raise CountInvalid()


def _row(
    shelf: Shelf, number: int, counted: int, *, village: str, stocktake: str, by: str, at: datetime
) -> dict[str, Any]:
    """One count as it is written down."""
    key = {"village_id": village, "stocktake_id": stocktake, "number": number, "goods_id": shelf.id}
    return key | {"counted": counted, "book": shelf.stock, "counted_by": by, "counted_at": at}
