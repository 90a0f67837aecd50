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


def begin_stocktake(
    session: Session, *, village: str, request_id: str, note: str = "", by: str, at: datetime
) -> Step:
    """Begin to count the shelf; raises StocktakeUnderWay where somebody has begun already."""
    contents = {"verb": "begin_stocktake", "note": ascii(note)}
    answered = ledger.claim_request(
        session, village=village, request_id=request_id, by=by, contents=contents, at=at
    )
    if answered is not None:
        return Step(status="replayed", **answered)
    row = {"village_id": village, "id": new_id(session), "note": clean(note, most=200), "status": OPEN}
    here = STOCKTAKE.c.village_id == village
    if execute(session, select(STOCKTAKE.c.id).where(here, STOCKTAKE.c.ended_at.is_(None))).first():
        raise StocktakeUnderWay()
    try:
        execute(session, insert(STOCKTAKE), row | {"begun_by": by, "begun_at": at})
    except IntegrityError as error:
        # Somebody else began between our look and our write.
        raise StocktakeUnderWay() from error
    return keep_step(session, Step(row["id"], OPEN), village=village, request_id=request_id)


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
    contents: dict[str, Any] = {"verb": "count_goods", "stocktake": ascii(stocktake)}
    contents["pieces"] = [[ascii(code), str(number)] for code, number in sorted(pieces.items())]
    answered = ledger.claim_request(
        session, village=village, request_id=request_id, by=by, contents=contents, at=at
    )
    if answered is not None:
        again = tuple(Count(*count) for count in answered["counts"])
        return Counted(answered["id"], again, "replayed")
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
    done = Counted(stocktake, tuple(Count(c, shelves[c].stock, pieces[c]) for c in sorted(pieces)))
    said = {"id": stocktake, "counts": [[one.goods, one.book, one.counted] for one in done.counts]}
    ledger.store_answer(session, village=village, request_id=request_id, answer=said)
    return done


def send_back(
    session: Session, *, village: str, stocktake: str, request_id: str, by: str, at: datetime
) -> Step:
    """Take the first signature off, so that goods can be counted again; that it was there stays on record."""
    answered = claim_step(
        session, "send_back", stocktake, village=village, request_id=request_id, by=by, at=at
    )
    if answered is not None:
        return answered
    row = lock_stocktake(session, village=village, stocktake=stocktake)
    if row.status != SIGNED:
        raise StocktakeNotSigned()
    number = len(returns_of(session, village=village, stocktake=stocktake)) + 1
    taken_off = {"village_id": village, "stocktake_id": stocktake, "number": number}
    taken_off |= {"signed_by": row.signed_by, "signed_at": row.signed_at, "returned_by": by}
    execute(session, insert(RETURN), taken_off | {"returned_at": at})
    change(session, row, status=OPEN, signed_by=None, signed_at=None)
    return keep_step(session, Step(stocktake, OPEN), village=village, request_id=request_id)


def discard_stocktake(
    session: Session, *, village: str, stocktake: str, request_id: str, by: str, at: datetime
) -> Step:
    """Give a stocktake up while nobody has signed it; the shelf stays as the books have it."""
    answered = claim_step(session, "discard", stocktake, village=village, request_id=request_id, by=by, at=at)
    if answered is not None:
        return answered
    row = lock_stocktake(session, village=village, stocktake=stocktake)
    refuse_signed(row)
    change(session, row, status=DISCARDED, ended_by=by, ended_at=at)
    return keep_step(session, Step(stocktake, DISCARDED), village=village, request_id=request_id)


def claim_step(
    session: Session, verb: str, stocktake: str, *, village: str, request_id: str, by: str, at: datetime
) -> Step | None:
    """Take a request id for one act on a stocktake, or give back what it was answered before."""
    contents = {"verb": verb, "stocktake": ascii(stocktake)}
    answered = ledger.claim_request(
        session, village=village, request_id=request_id, by=by, contents=contents, at=at
    )
    return None if answered is None else Step(status="replayed", **answered)


def keep_step(session: Session, step: Step, *, village: str, request_id: str) -> Step:
    """Keep what an act was answered, to answer the same request again."""
    said = {"id": step.id, "state": step.state, "index": step.index}
    ledger.store_answer(session, village=village, request_id=request_id, answer=said)
    return step


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
