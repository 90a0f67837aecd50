"""Taking a redemption back: the points return to the household and the pieces to the shelf, at most once.

Locks in the order of a redemption: the household's ledger accounts, the goods ascending, the log head.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from pointsbank import ledger, roster
from pointsbank.database import execute, table_of
from pointsbank.errors import NotFound
from pointsbank.market import stock
from pointsbank.market.models import RedemptionReversalRow, RedemptionRow, StockMoveRow
from pointsbank.points import Points
from pointsbank.text import clean_required

MOVE = table_of(StockMoveRow)
REDEMPTION = table_of(RedemptionRow)
REVERSAL = table_of(RedemptionReversalRow)


class RedemptionUnknown(NotFound):
    """There is no such redemption in this village."""

    code = "redemption_unknown"
    sentence = "没有找到这笔兑换，请核对编号。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class Reversal:
    """A redemption taken back: the points returned, the balance after, its place in the log."""

    redemption: str
    status: str
    total: Points
    balance: Points
    index: int
    leaf: str


@ledger.idempotent(
    "reverse_redemption",
    lambda redemption, reason, **_: {"redemption": ascii(redemption), "reason": ascii(reason)},
    Reversal,
)
def reverse_redemption(
    session: Session, *, village: str, redemption: str, request_id: str, reason: str, by: str, at: datetime
) -> Reversal:
    """Give points and goods back, or refuse and leave no trace; raises AlreadyReversed."""
    words: dict[str, Any] = {"reason": clean_required(reason, maximum=200)}
    sale = _find(session, village=village, redemption=redemption)

    ledger.lock_accounts(session, village=village, participants=[sale.participant_id])
    _refuse_reversed(session, village=village, redemption=redemption)
    roster.refuse_closed(session, village=village, participants=[sale.participant_id])
    moves = _moves_back(session, village=village, redemption=redemption, by=by, at=at)
    stock.shift(session, moves)
    words |= {"participant": sale.participant_id, "item": "撤销兑换"}
    words |= {
        "reversed_at": at.astimezone(UTC).isoformat(),
        "lines": [[move["goods_id"], move["quantity"], move["price"]] for move in moves],
    }
    posted = ledger.reverse(
        session,
        village=village,
        index=sale.log_index,
        by=by,
        at=at,
        words=words,
        source=("redemption_reversal", redemption),
        request_id=request_id,
    )
    row = {"village_id": village, "redemption_id": redemption, "log_index": posted.index}
    execute(session, insert(REVERSAL), row | {"reversed_by": by, "reversed_at": at})
    stock.write_moves(session, moves)
    balance = posted.balances[ledger.account_of(sale.participant_id, ledger.POINTS)]
    return Reversal(redemption, "completed", sale.total, balance, posted.index, posted.leaf.hex())


def _find(session: Session, *, village: str, redemption: str) -> Any:
    """The redemption to take back; raises RedemptionUnknown."""
    query = select(REDEMPTION).where(REDEMPTION.c.village_id == village, REDEMPTION.c.id == redemption)
    row = execute(session, query).first() if redemption.isalnum() else None
    if row is None:
        raise RedemptionUnknown()
    return row


def _refuse_reversed(session: Session, *, village: str, redemption: str) -> None:
    """Raises AlreadyReversed; sure only once the household's accounts are locked."""
    query = select(REVERSAL.c.log_index).where(
        REVERSAL.c.village_id == village, REVERSAL.c.redemption_id == redemption
    )
    if execute(session, query).first():
        raise ledger.problems.AlreadyReversed()


def _moves_back(
    session: Session, *, village: str, redemption: str, by: str, at: datetime
) -> list[dict[str, Any]]:
    """The sale's lines as moves the other way, with their goods locked."""
    query = select(MOVE.c.goods_id, MOVE.c.quantity, MOVE.c.price).where(
        MOVE.c.village_id == village, MOVE.c.redemption_id == redemption, MOVE.c.kind == "redeemed"
    )
    lines = sorted(execute(session, query).all())
    shelves = stock.lock_shelves(session, village=village, ids=[line.goods_id for line in lines])
    common: dict[str, Any] = {
        "village_id": village,
        "kind": "returned",
        "redemption_id": redemption,
        "note": "",
    }
    common |= {"moved_by": by, "moved_at": at}
    return [
        common
        | {
            "goods_id": line.goods_id,
            "position": shelves[line.goods_id].moves + 1,
            "quantity": -line.quantity,
            "stock_after": shelves[line.goods_id].stock - line.quantity,
            "price": line.price,
        }
        for line in lines
    ]
