"""Taking part of a redemption back: some pieces return to the shelf, and exactly their points to the buyer.

Any number of times, until nothing of the sale is left; never more than was sold. The ledger gets an entry of
its own each time, since a reversal moves back all or nothing. Locks in the order of a redemption: the
household's ledger accounts, the goods ascending, the log head. What was taken back before is read under the
first of them, which every return of this household waits for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from pointsbank import ledger, roster
from pointsbank.dates import day_of
from pointsbank.errors import NotFound, Refused
from pointsbank.market.basket import NOTHING_BACK, BasketInvalid, check_quantity
from pointsbank.market.models import (
    GoodsRow,
    RedemptionReversalRow,
    RedemptionRow,
    StockMoveRow,
)
from pointsbank.market.return_models import RedemptionReturnRow
from pointsbank.market.shelf import lock_shelves, new_move, write_moves
from pointsbank.market.unseen import check_brought
from pointsbank.points import Points
from pointsbank.text import clean_required


class RedemptionUnknown(NotFound):
    """There is no such redemption in this village."""

    code = "redemption_unknown"
    sentence = "没有找到这笔兑换，请核对编号。"
    fixed_by = "店员"


class GoodsNotInSale(NotFound):
    """The redemption was not of these goods."""

    code = "goods_not_in_sale"
    sentence = "这笔兑换里没有编号为“{goods}”的商品，请核对小票后重新选择。"
    fixed_by = "店员"


class TooManyBack(Refused):
    """More pieces are to come back than are left of the sale."""

    code = "too_many_back"
    sentence = "{goods}在这笔兑换里最多还能退{left}件，请改少件数。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class SoldPieces:
    """What a redemption was of: pieces of goods (id, code), the price of one, how many came back."""

    id: str
    code: str
    name: str
    quantity: int
    price: Points
    returned: int

    @property
    def left(self) -> int:
        """The pieces that may still come back."""
        return self.quantity - self.returned


@dataclass(frozen=True, slots=True)
class PiecesBack:
    """Some pieces taken back, the `number`-th time: points returned, balance after, place in the log."""

    redemption: str
    number: int
    status: str
    total: Points
    balance: Points
    index: int
    leaf: str


def choose_back(sold: Sequence[SoldPieces], wanted: Mapping[str, int]) -> list[tuple[SoldPieces, int]]:
    """Return which pieces of a sale come back: each line of it with how many, in the order of the sale.

    Args:
        wanted: pieces, 1 to 9,999, by the code of goods.

    Raises:
        BasketInvalid: nothing is wanted.
        QuantityInvalid: a number of pieces is not a whole number from 1 to 9,999.
        GoodsNotInSale: the sale was of other goods.
        TooManyBack: fewer pieces are left of it.

    Example:
        >>> rice = SoldPieces("k2", "M01", "大米", 5, Points(4000), returned=2)
        >>> [(line.code, pieces) for line, pieces in choose_back([rice], {"M01": 3})]
        [('M01', 3)]
        >>> choose_back([rice], {"M01": 4})
        Traceback (most recent call last):
        pointsbank.market.returning.TooManyBack: 大米在这笔兑换里最多还能退3件，请改少件数。
    """
    if not wanted:
        raise BasketInvalid(reason=NOTHING_BACK)
    lines = {one.code: one for one in sold}
    for code, pieces in wanted.items():
        check_quantity(pieces)
        if code not in lines:
            raise GoodsNotInSale(goods="".join(sign for sign in code[:32] if sign.isprintable()))
        if pieces > lines[code].left:
            raise TooManyBack(goods=lines[code].name, left=lines[code].left)
    return [(one, wanted[one.code]) for one in sold if one.code in wanted]


def _contents(redemption: str, pieces: Mapping[str, int], reason: str, **_: Any) -> dict[str, Any]:
    """Return what makes two returns the same request."""
    listed = sorted([ascii(code), str(number)] for code, number in pieces.items())
    return {"redemption": ascii(redemption), "pieces": listed, "reason": ascii(reason)}


@ledger.idempotent("return_pieces", _contents, PiecesBack)
def return_pieces(
    session: Session,
    *,
    village: str,
    redemption: str,
    pieces: Mapping[str, int],
    request_id: str,
    reason: str,
    by: str,
    at: datetime,
) -> PiecesBack:
    """Take some pieces of a redemption back, or refuse and leave no trace.

    Args:
        pieces: how many, by the code of goods.

    Raises RedemptionUnknown, AlreadyReversed where nothing of it is left, BasketInvalid, GoodsNotInSale,
    TooManyBack, GoodsUnseen, and those of `choose_back`, `ledger.idempotent`, `text.clean_required` and
    `roster.refuse_closed`.

    Example:
        return_pieces(session, village="chayuan", redemption=sale.id, pieces={"S03": 1},
                      request_id="till-1-000043", reason="多拿了一袋", by=clerk, at=now).total  # 200
    """
    reason = clean_required(reason, maximum=200)
    sale = find_sale(session, village=village, redemption=redemption)
    sold = lock_sold(session, sale, village=village)
    roster.refuse_closed(session, village=village, participants=[sale.participant_id])
    chosen = choose_back(sold, pieces)
    return write_return(
        session, sale, chosen, village=village, reason=reason, request_id=request_id, by=by, at=at
    )


def find_sale(session: Session, *, village: str, redemption: str) -> RedemptionRow:
    """Return the redemption to take back.

    Raises:
        RedemptionUnknown: there is none with this id.
    """
    row = session.get(RedemptionRow, (village, redemption)) if redemption.isalnum() else None
    if row is None:
        raise RedemptionUnknown()
    return row


def lock_sold(session: Session, sale: RedemptionRow, *, village: str) -> list[SoldPieces]:
    """Lock the household's accounts and return what is left of its sale.

    Raises:
        AlreadyReversed: nothing is.
    """
    ledger.lock_accounts(session, village=village, participants=[sale.participant_id])
    # Certain only now that the household's accounts are locked.
    if session.get(RedemptionReversalRow, (village, sale.id)) is not None:
        raise ledger.problems.AlreadyReversed()
    sold = sold_pieces(session, village=village, redemption=sale.id)
    if not any(one.left for one in sold):
        raise ledger.problems.AlreadyReversed()
    return sold


def sold_pieces(session: Session, *, village: str, redemption: str) -> list[SoldPieces]:
    """Return the lines of a redemption (id) with what came back of each, by goods; none if there is none."""
    query = (
        select(StockMoveRow, GoodsRow.code, GoodsRow.name)
        .join(
            GoodsRow, GoodsRow.in_village_of(StockMoveRow) & (col(GoodsRow.id) == col(StockMoveRow.goods_id))
        )
        .where(StockMoveRow.in_village(village), col(StockMoveRow.redemption_id) == redemption)
    )
    found = session.exec(query).all()
    back: dict[str, int] = {}
    for move, _, _ in found:
        if move.kind == "returned":
            back[move.goods_id] = back.get(move.goods_id, 0) + move.quantity
    lines = [
        SoldPieces(
            move.goods_id, code, name, -move.quantity, Points(move.price or 0), back.get(move.goods_id, 0)
        )
        for move, code, name in found
        if move.kind == "redeemed"
    ]
    return sorted(lines, key=lambda line: line.code)


def write_return(
    session: Session,
    sale: RedemptionRow,
    chosen: Sequence[tuple[SoldPieces, int]],
    *,
    village: str,
    reason: str,
    request_id: str,
    by: str,
    at: datetime,
) -> PiecesBack:
    """Write the return of chosen pieces of a sale that is locked; raises GoodsUnseen."""
    shelves = lock_shelves(session, village=village, ids=[line.id for line, _ in chosen])
    # What comes back comes back under today's words.
    check_brought(session, {id: one.name for id, one in shelves.items()}, village=village, by=by, at=at)
    about: Any = {"village": village, "by": by, "at": at, "redemption": sale.id}
    moves = [
        new_move(shelves[line.id], pieces, "returned", price=line.price, **about) for line, pieces in chosen
    ]
    number = _next_number(session, village=village, redemption=sale.id)
    total = Points(sum(pieces * line.price for line, pieces in chosen))
    household = ledger.account_of(sale.participant_id, ledger.POINTS)
    market = ledger.village_account("market", ledger.POINTS)
    words = {
        "participant": sale.participant_id,
        "item": f"退回 {'、'.join(f'{line.name}×{pieces}' for line, pieces in chosen)}",
        "reason": reason,
        "sale": sale.log_index,
        "returned_at": at.astimezone(UTC).isoformat(),
        "lines": [[move["goods_id"], move["quantity"], move["price"], move["position"]] for move in moves],
    }
    entry = ledger.NewTransaction(
        "goods_return",
        day_of(at),
        (ledger.Posting(market, household, ledger.POINTS, total),),
        words,
        source=("redemption_return", f"{sale.id}.{number}"),
    )
    posted = ledger.post(session, [entry], village=village, by=by, at=at, request_id=request_id)[0]
    session.add(
        RedemptionReturnRow(
            village_id=village,
            redemption_id=sale.id,
            number=number,
            total=total,
            log_index=posted.index,
            returned_by=by,
            returned_at=at,
        )
    )
    session.flush()
    write_moves(session, moves)
    balance = posted.balances[household]
    return PiecesBack(sale.id, number, "completed", total, balance, posted.index, posted.leaf.hex())


def _next_number(session: Session, *, village: str, redemption: str) -> int:
    """Return the number of the next return of a sale that is locked, from 1."""
    query = select(func.coalesce(func.max(RedemptionReturnRow.number), 0)).where(
        RedemptionReturnRow.in_village(village), col(RedemptionReturnRow.redemption_id) == redemption
    )
    return int(session.exec(query).one()) + 1
