"""A delivery, donation or loss that was entered wrongly is undone: a move the other way, with a reason, once.

Neither row is changed. The goods are locked, so that no sale takes meanwhile what is about to leave the
shelf; where sales have taken it already, the undoing is refused and says what to do instead.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.errors import NotFound, Refused
from pointsbank.market.models import StockMoveRow
from pointsbank.market.return_models import StockMoveUndoneRow
from pointsbank.market.shelf import lock_shelf, put
from pointsbank.market.unseen import check_brought
from pointsbank.text import clean_required

UNDONE = "undone"
BY_HAND = ("received", "donated", "spoiled")
"""Kinds of moves that somebody typed: sales are taken back, and stocktakes signed anew."""


class MoveUnknown(NotFound):
    """There is no such move of these goods."""

    code = "move_unknown"
    sentence = "没有找到这一笔库存变动，请刷新页面后重新选择。"
    fixed_by = "店员"


class MoveNotUndone(Refused):
    """The move was not typed by hand."""

    code = "move_not_undone"
    sentence = "只有进货、捐赠、损耗可以撤回：兑换请在兑换小票上退回，盘点有误请再盘点一次。"
    fixed_by = "店员"


class MoveUndone(Refused):
    """The move was undone before."""

    code = "move_undone"
    sentence = "这一笔已经撤回过，不能再次撤回。"
    fixed_by = "店员"


class PiecesGone(Refused):
    """The pieces that a wrong delivery brought into the books were sold."""

    code = "pieces_gone"
    sentence = (
        "{goods}账上只剩{left}件，不够撤回这{pieces}件。请先点一点货架：少登记了进货的，先补登记；"
        "兑换登错了的，先在兑换小票上退回；都没有错，就做一次盘点。"
    )
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class UndoneMove:
    """A move undone: of which goods (code), which one, by which move of how many pieces, the stock after."""

    goods: str
    undone: int
    position: int
    quantity: int
    stock: int
    status: str = "completed"


def read_position(text: str) -> int:
    """Return a move's place in the journal, as an address has it; raises MoveUnknown for what is none.

    Example:
        >>> read_position("7")
        7
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise MoveUnknown()
    return int(text)


def check_undoing(kind: str, quantity: int, stock: int, *, name: str, undone: bool) -> int:
    """Return the pieces that undo a move of this kind, > 0 where they come; or refuse.

    Args:
        quantity: the move's, in pieces, > 0 where they came.
        stock: pieces on the shelf now.
        undone: whether it was undone before.

    Raises:
        MoveNotUndone, MoveUndone, PiecesGone.

    Example:
        >>> check_undoing("received", 20, 25, name="大米", undone=False)
        -20
    """
    if kind not in BY_HAND:
        raise MoveNotUndone()
    if undone:
        raise MoveUndone()
    if stock - quantity < 0:
        raise PiecesGone(goods=name, left=stock, pieces=quantity)
    return -quantity


@ledger.idempotent("undo_move", ledger.same("goods", "position", "reason"), UndoneMove)
def undo_move(
    session: Session,
    *,
    village: str,
    goods: str,
    position: int,
    request_id: str,
    reason: str,
    by: str,
    at: datetime,
) -> UndoneMove:
    """Undo the move of these goods (code) at this position of their journal, from 1.

    Raises MoveUnknown, GoodsUnknown, MoveNotUndone, MoveUndone, PiecesGone, GoodsUnseen where pieces would
    come that only `by` had in hand, SoldOut, ShelfFull, and those of `check_undoing`, `ledger.idempotent` and
    `text.clean_required`.

    Example:
        undo_move(session, village="chayuan", goods="M01", position=7, request_id="till-1-000045",
                  reason="同一车货登记了两次", by=clerk, at=now).stock  # 5
    """
    reason = clean_required(reason, maximum=180)
    shelf = lock_shelf(session, village=village, goods=goods)
    move = session.get(StockMoveRow, (village, shelf.id, position))
    if move is None:
        raise MoveUnknown()
    before = session.get(StockMoveUndoneRow, (village, shelf.id, position))
    pieces = check_undoing(move.kind, move.quantity, shelf.stock, name=shelf.name, undone=before is not None)
    if pieces > 0:
        check_brought(session, {shelf.id: shelf.name}, village=village, by=by, at=at)
    note = f"撤回第{position}笔：{reason}"
    done = put(session, shelf, village=village, kind=UNDONE, quantity=pieces, note=note, by=by, at=at)
    session.add(
        StockMoveUndoneRow(village_id=village, goods_id=shelf.id, position=position, undone_by=done.position)
    )
    session.flush()
    return UndoneMove(goods, position, done.position, pieces, done.stock)
