"""Taking a redemption back: the points return to the household and the pieces to the shelf, at most once.

What was taken back in part before (`returning`) stays so, and the rest follows it.
Locks in the order of a redemption: the household's ledger accounts, the goods ascending, the log head.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from pointsbank import ledger, roster
from pointsbank.market.models import RedemptionReversalRow, StockMoveRow
from pointsbank.market.returning import find_sale, lock_sold, write_return
from pointsbank.market.shelf import NewMove, lock_shelves, new_move, write_moves
from pointsbank.market.unseen import check_brought
from pointsbank.points import Points
from pointsbank.text import clean_required


@dataclass(frozen=True, slots=True)
class Reversal:
    """A redemption taken back: the points returned, the balance after, its place in the log."""

    redemption: str
    status: str
    total: Points
    balance: Points
    index: int
    leaf: str


@ledger.idempotent("reverse_redemption", ledger.same("redemption", "reason"), Reversal)
def reverse_redemption(
    session: Session, *, village: str, redemption: str, request_id: str, reason: str, by: str, at: datetime
) -> Reversal:
    """Give back the points and goods that are left of a sale, or refuse and leave no trace.

    Raises RedemptionUnknown, AlreadyReversed, GoodsUnseen, and those of `ledger.idempotent`,
    `text.clean_required` and `roster.refuse_closed`.

    Example:
        reverse_redemption(session, village="chayuan", redemption=sale.id, request_id="till-1-000043",
                           reason="拿错了", by=clerk, at=now).balance  # 50000
    """
    reason = clean_required(reason, maximum=200)
    sale = find_sale(session, village=village, redemption=redemption)
    sold = lock_sold(session, sale, village=village)
    roster.refuse_closed(session, village=village, participants=[sale.participant_id])
    if any(one.returned for one in sold):
        rest = [(one, one.left) for one in sold if one.left]
        done = write_return(
            session, sale, rest, village=village, reason=reason, request_id=request_id, by=by, at=at
        )
        return Reversal(redemption, "completed", done.total, done.balance, done.index, done.leaf)
    moves = _moves_back(session, village=village, redemption=redemption, by=by, at=at)
    words = {
        "reason": reason,
        "participant": sale.participant_id,
        "item": "撤销兑换",
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
    session.add(
        RedemptionReversalRow(
            village_id=village,
            redemption_id=redemption,
            log_index=posted.index,
            reversed_by=by,
            reversed_at=at,
        )
    )
    write_moves(session, moves)
    balance = posted.balances[ledger.account_of(sale.participant_id, ledger.POINTS)]
    return Reversal(redemption, "completed", Points(sale.total), balance, posted.index, posted.leaf.hex())


def _moves_back(session: Session, *, village: str, redemption: str, by: str, at: datetime) -> list[NewMove]:
    """Return the sale's lines as moves the other way, with their goods locked."""
    query = select(StockMoveRow).where(
        StockMoveRow.in_village(village),
        col(StockMoveRow.redemption_id) == redemption,
        col(StockMoveRow.kind) == "redeemed",
    )
    sold = session.exec(query.order_by(StockMoveRow.goods_id)).all()
    shelves = lock_shelves(session, village=village, ids=[move.goods_id for move in sold])
    # What comes back comes back under today's words.
    names = {id: one.name for id, one in shelves.items()}
    check_brought(session, names, village=village, by=by, at=at)
    return [
        new_move(
            shelves[move.goods_id],
            -move.quantity,
            "returned",
            village=village,
            by=by,
            at=at,
            redemption=redemption,
            price=None if move.price is None else Points(move.price),
        )
        for move in sold
    ]
