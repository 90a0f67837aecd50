"""A stocktake is signed by two: the first freezes what was counted, the second lets it change the shelf.

Locks the stocktake, then the goods that differ ascending, then the village's log head.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, staff
from pointsbank.errors import Refused
from pointsbank.market.counting import StocktakeStep
from pointsbank.market.models import StocktakeCountRow, StocktakeReturnRow, StocktakeRow
from pointsbank.market.shelf import (
    MAXIMUM_STOCK,
    NewMove,
    Shelf,
    ShelfFull,
    lock_shelves,
    new_move,
    write_moves,
)
from pointsbank.market.stocktakes import OPEN, POSTED, SIGNED, latest, lock_stocktake, mark_of, parts_of
from pointsbank.market.written_off import check_signer

CONTROL = staff.declare(
    staff.Control(
        act="盘点入账",
        controlled="who counts the shelf, and who wrote pieces off or entered new goods since the last time",
        controls="another clerk, the committee or the supervisor, who signs second what was counted",
        where=__name__,
        permissions=(staff.Permission.STOCK_COUNT, staff.Permission.STOCK_SIGN),
        people=(staff.Permission.STOCK_COUNT.roles, staff.Permission.STOCK_SIGN.roles),
    )
)


class StocktakeEmpty(Refused):
    """Nothing was counted, so there is nothing to sign."""

    code = "stocktake_empty"
    sentence = "还没有清点任何商品，请先清点，再签字。"
    fixed_by = "店员"


class NotTheCounter(Refused):
    """The first signature is for somebody who has counted."""

    code = "not_the_counter"
    sentence = "第一个签字的应是清点的人，请由清点过商品的人先签字。"
    fixed_by = "店员"


class SameSigner(Refused):
    """Two signatures are two people's."""

    code = "same_signer"
    sentence = "两个签字不能是同一个人，请村务监督、评议小组或另一位店员来签第二个字。"
    fixed_by = "监督委员会"


class StocktakeChanged(Refused):
    """It is no longer what the signer saw."""

    code = "stocktake_changed"
    sentence = "盘点内容刚刚有变化，请重新核对后再签字。"
    fixed_by = "店员"


class CountOutdated(Refused):
    """More pieces are missing than are left since: the count no longer fits the shelf."""

    code = "count_outdated"
    sentence = "{goods}，扣不下盘亏的件数，请退回清点，把这些商品重新清点一遍。"
    fixed_by = "店员"


@ledger.idempotent("sign", ledger.same("stocktake"), StocktakeStep)
def sign_stocktake(
    session: Session,
    *,
    village: str,
    stocktake: str,
    request_id: str,
    seen: str | None = None,
    by: str,
    at: datetime,
) -> StocktakeStep:
    """Sign a stocktake: first to freeze the counts, second, as somebody else, to post what differs.

    Args:
        seen: the `mark` of the stocktake as the signer saw it; None does not compare.

    Raises StocktakeUnknown, StocktakeEnded, StocktakeChanged, StocktakeEmpty, NotTheCounter, SameSigner,
    CountOutdated, ShelfFull, and those of `staff.independence.check`, `check_signer`, `ledger.idempotent` and
    `ledger.record`.

    Example:
        sign_stocktake(session, village="chayuan", stocktake=step.id, request_id="sign-01", by=clerk, at=now)
        # StocktakeStep(id="…", state="signed", status="completed", index=None)
    """
    row = lock_stocktake(session, village=village, stocktake=stocktake)
    counts = parts_of(session, StocktakeCountRow, [stocktake], village=village)[stocktake]
    returns = parts_of(session, StocktakeReturnRow, [stocktake], village=village)[stocktake]
    if seen is not None and seen != mark_of(row.status, len(counts), len(returns)):
        raise StocktakeChanged()
    if row.status == OPEN:
        return _freeze(session, row, counts, by=by, at=at)
    return _post(session, row, counts, returns, by=by, at=at)


def _freeze(
    session: Session, row: StocktakeRow, counts: Sequence[StocktakeCountRow], *, by: str, at: datetime
) -> StocktakeStep:
    """Write the first signature, by one of those who counted."""
    if not counts:
        raise StocktakeEmpty()
    if by not in {count.counted_by for count in counts}:
        raise NotTheCounter()
    row.status, row.signed_by, row.signed_at = SIGNED, by, at
    return StocktakeStep(row.id, SIGNED)


def _post(
    session: Session,
    row: StocktakeRow,
    counts: Sequence[StocktakeCountRow],
    returns: Sequence[StocktakeReturnRow],
    *,
    by: str,
    at: datetime,
) -> StocktakeStep:
    """Write the second signature: the differences found then change the stock of now, and all is logged."""
    if by == row.signed_by or row.signed_by is None:
        raise SameSigner()
    village = row.village_id
    staff.independence.check(session, first=row.signed_by, second=by, at=at, begun_at=row.signed_at)
    check_signer(session, village=village, by=by, at=at)
    differing = {id: count for id, count in latest(counts).items() if count.counted != count.book}
    shelves = lock_shelves(session, village=village, ids=list(differing))
    _check_shelves(shelves, differing)
    moves = [
        new_move(
            shelves[id],
            count.counted - count.book,
            "counted",
            village=village,
            by=by,
            at=at,
            note=note_of(count.book, count.counted),
            stocktake=row.id,
        )
        for id, count in sorted(differing.items())
    ]
    write_moves(session, moves)
    words = _words(row, counts, returns, moves, at=at)
    recorded = ledger.record(session, village=village, kind="stocktake", by=by, at=at, words=words)
    row.status, row.ended_by, row.ended_at, row.log_index = POSTED, by, at, recorded.index
    return StocktakeStep(row.id, POSTED, index=recorded.index)


def _check_shelves(shelves: Mapping[str, Shelf], differing: Mapping[str, StocktakeCountRow]) -> None:
    """Raise CountOutdated with the goods that would fall below 0, or ShelfFull."""
    short = []
    for id, count in differing.items():
        shelf, difference = shelves[id], count.counted - count.book
        if shelf.stock + difference < 0:
            short.append(f"{shelf.name}（{shelf.code}）现有{shelf.stock}件、盘亏{-difference}件")
        elif shelf.stock + difference > MAXIMUM_STOCK:
            raise ShelfFull(goods=shelf.name)
    if short:
        raise CountOutdated(goods="；".join(sorted(short)))


def note_of(book: int, counted: int) -> str:
    """Return the note of a counted move in the shelf's journal."""
    return f"账面{book}件，实点{counted}件"


def _words(
    row: StocktakeRow,
    counts: Sequence[StocktakeCountRow],
    returns: Sequence[StocktakeReturnRow],
    moves: Sequence[NewMove],
    *,
    at: datetime,
) -> dict[str, Any]:
    """Return what the log says of a stocktake: everything counted, what differed, who signed and when."""
    return {
        "stocktake": row.id,
        "note": row.note,
        "begun": [row.begun_by, moment(row.begun_at)],
        "signed": [row.signed_by, row.signed_at and moment(row.signed_at)],
        "posted_at": moment(at),
        "counts": [
            [c.number, c.goods_id, c.counted, c.book, c.counted_by, moment(c.counted_at)] for c in counts
        ],
        "returns": [
            [r.number, r.signed_by, moment(r.signed_at), r.returned_by, moment(r.returned_at)]
            for r in returns
        ],
        "differences": [[move["goods_id"], move["quantity"]] for move in moves],
    }


def moment(at: datetime) -> str:
    """Return a moment as the log writes it."""
    return at.astimezone(UTC).isoformat()


@ledger.describes("stocktake")
def _stocktake(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 清点12种商品."""
    return f"清点{len(words['counts'])}种商品"
