"""Counting the shelf: a stocktake is begun, goods are counted while sales go on, it is signed or discarded.

Locks the stocktake, then goods ascending; whoever signs second, the village's log head last (signing.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.database import new_id
from pointsbank.errors import Invalid, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.market.basket import GoodsUnknown, check_code
from pointsbank.market.models import StocktakeCountRow, StocktakeReturnRow, StocktakeRow
from pointsbank.market.shelf import MAXIMUM_STOCK, lock_shelves_by_code
from pointsbank.market.stocktakes import DISCARDED, OPEN, SIGNED, GoodsCount, Part, lock_stocktake, parts_of
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
    sentence = "清点件数应为0至1000000的整数，请重新填写。"
    fixed_by = "店员"
    at = ("pieces",)


class CountMissing(Invalid):
    """Nothing was counted at all."""

    code = "count_missing"
    sentence = "还没有填写件数，请至少填一种商品再保存。"
    fixed_by = "店员"
    at = ("pieces",)


@dataclass(frozen=True, slots=True)
class StocktakeStep:
    """The answer of one act on a stocktake: its state now, and its index in the log once it is posted."""

    id: str
    state: str
    status: str = "completed"
    index: int | None = None


@dataclass(frozen=True, slots=True)
class StocktakeCounts:
    """The answer of one request that counted goods."""

    id: str
    counts: tuple[GoodsCount, ...]
    status: str = "completed"


@ledger.idempotent("begin_stocktake", ledger.same("note"), StocktakeStep)
def begin_stocktake(
    session: Session, *, village: str, request_id: str, note: str = "", by: str, at: datetime
) -> StocktakeStep:
    """Begin to count the shelf; one stocktake at a time.

    Raises StocktakeUnderWay, and those of `ledger.idempotent` and `text.clean`.

    Example:
        begin_stocktake(session, village="chayuan", request_id="stocktake-09", by=clerk, at=now)
        # StocktakeStep(id="…", state="open", status="completed", index=None)
    """
    note = clean(note, maximum=200)
    query = select(StocktakeRow.id).where(
        StocktakeRow.in_village(village), col(StocktakeRow.ended_at).is_(None)
    )
    if session.exec(query).first():
        raise StocktakeUnderWay()
    stocktake = new_id(session)
    session.add(
        StocktakeRow(village_id=village, id=stocktake, note=note, status=OPEN, begun_by=by, begun_at=at)
    )
    # Another desk began one after we had read.
    with refusing_duplicates(StocktakeUnderWay()):
        session.flush()
    return StocktakeStep(stocktake, OPEN)


@ledger.idempotent(
    "count_goods",
    lambda stocktake, pieces, **_: {
        "stocktake": ascii(stocktake),
        "pieces": [[ascii(code), str(number)] for code, number in sorted(pieces.items())],
    },
    StocktakeCounts,
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
) -> StocktakeCounts:
    """Write down how many pieces were counted of some goods, beside what the books say now.

    Args:
        pieces: by the goods' code, 0 to 1,000,000 each. Counted again, the later count holds.

    Raises CountMissing, CountInvalid, GoodsUnknown, StocktakeUnknown, StocktakeEnded, StocktakeSigned, and
    those of `ledger.idempotent`.

    Example:
        count_goods(session, village="chayuan", stocktake=step.id, request_id="stocktake-09-G01",
                    pieces={"G01": 27}, by=clerk, at=now).counts[0].difference  # -2
    """
    _check_pieces(pieces)
    refuse_signed(lock_stocktake(session, village=village, stocktake=stocktake))
    shelves = lock_shelves_by_code(session, village=village, codes=list(pieces))
    for code in pieces:
        if code not in shelves:
            raise GoodsUnknown(goods=code[:32])
    first = _next_number(session, StocktakeCountRow, village=village, stocktake=stocktake)
    counts = tuple(GoodsCount(code, shelves[code].stock, pieces[code]) for code in sorted(pieces))
    session.add_all(
        StocktakeCountRow(
            village_id=village,
            stocktake_id=stocktake,
            number=number,
            goods_id=shelves[one.goods].id,
            counted=one.counted,
            book=one.book,
            counted_by=by,
            counted_at=at,
        )
        for number, one in enumerate(counts, start=first)
    )
    return StocktakeCounts(stocktake, counts)


@ledger.idempotent("send_back", ledger.same("stocktake"), StocktakeStep)
def send_back(
    session: Session, *, village: str, stocktake: str, request_id: str, by: str, at: datetime
) -> StocktakeStep:
    """Take the first signature off, so that goods can be counted again; that it was there stays on record.

    Raises StocktakeUnknown, StocktakeEnded, StocktakeNotSigned, and those of `ledger.idempotent`.

    Example:
        send_back(session, village="chayuan", stocktake=step.id, request_id="back-0001", by=clerk,
                  at=now).state  # "open"
    """
    row = lock_stocktake(session, village=village, stocktake=stocktake)
    if row.status != SIGNED or row.signed_by is None or row.signed_at is None:
        raise StocktakeNotSigned()
    session.add(
        StocktakeReturnRow(
            village_id=village,
            stocktake_id=stocktake,
            number=_next_number(session, StocktakeReturnRow, village=village, stocktake=stocktake),
            signed_by=row.signed_by,
            signed_at=row.signed_at,
            returned_by=by,
            returned_at=at,
        )
    )
    row.status, row.signed_by, row.signed_at = OPEN, None, None
    return StocktakeStep(stocktake, OPEN)


@ledger.idempotent("discard", ledger.same("stocktake"), StocktakeStep)
def discard_stocktake(
    session: Session, *, village: str, stocktake: str, request_id: str, by: str, at: datetime
) -> StocktakeStep:
    """Give a stocktake up while nobody has signed it; the stock stays as the books have it.

    Raises StocktakeUnknown, StocktakeEnded, StocktakeSigned, and those of `ledger.idempotent`.

    Example:
        discard_stocktake(session, village="chayuan", stocktake=step.id, request_id="discard-0001", by=clerk,
                          at=now).state  # "discarded"
    """
    row = lock_stocktake(session, village=village, stocktake=stocktake)
    refuse_signed(row)
    row.status, row.ended_by, row.ended_at = DISCARDED, by, at
    return StocktakeStep(stocktake, DISCARDED)


def refuse_signed(row: StocktakeRow) -> None:
    """Refuse to go on where the counts are frozen; raises StocktakeSigned."""
    if row.status == SIGNED:
        raise StocktakeSigned()


def _next_number(session: Session, table: type[Part], *, village: str, stocktake: str) -> int:
    """Return the number of the next count, or signature taken off, of a locked stocktake."""
    return len(parts_of(session, table, [stocktake], village=village)[stocktake]) + 1


def _check_pieces(pieces: Mapping[str, int]) -> None:
    """Raise CountMissing, CountInvalid, or GoodsUnknown for a code that no goods can have."""
    if not pieces:
        raise CountMissing()
    for code, number in pieces.items():
        check_code(code)
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MAXIMUM_STOCK:
            raise CountInvalid()
