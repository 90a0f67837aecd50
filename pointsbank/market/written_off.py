"""What one person alone said of the shelf since the last stocktake: the second signature covers it.

A clerk alone writes off what spoiled, and then nothing is missing when the shelf is counted; who offers new
goods alone says how many there are, and what he keeps for himself was never in the books. Whoever signs a
stocktake second has therefore done neither since the last one, and is shown what others did.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from pointsbank import staff
from pointsbank.dates import day_of
from pointsbank.errors import NotAllowed
from pointsbank.market.models import GoodsRow, StockMoveRow, StocktakeRow

POSTED, SPOILED, COUNTED = "posted", "spoiled", "counted"


class SignerWroteOff(NotAllowed):
    """Who signs second has written off goods since the last stocktake."""

    code = "signer_wrote_off"
    sentence = "上次盘点以来您登记过损耗，第二个字请没有登记过损耗的人来签，例如村务监督。"
    fixed_by = "监督委员会"


class SignerStocked(NotAllowed):
    """Who signs second has entered the opening stock of new goods since the last stocktake."""

    code = "signer_stocked"
    sentence = "上次盘点以来您录入过新商品的期初库存，第二个字请没有录入过的人来签，例如村务监督。"
    fixed_by = "监督委员会"


@dataclass(frozen=True, slots=True)
class MovedAlone:
    """Pieces that one person wrote off or entered as new: how many, > 0, by whom (id), when, why."""

    goods: str
    name: str
    quantity: int
    by: str
    at: datetime
    note: str


def written_off(session: Session, *, village: str) -> list[MovedAlone]:
    """Return what was written off since the last stocktake that was posted, newest first.

    Example:
        market.written_off(session, village="cy")[0].quantity  # 3
    """
    return _moved(session, col(StockMoveRow.kind) == SPOILED, village=village)


def opening_stock(session: Session, *, village: str) -> list[MovedAlone]:
    """Return what new goods were entered with since the last stocktake that was posted, newest first.

    Example:
        market.opening_stock(session, village="cy")[0].quantity  # 20
    """
    unsigned = (col(StockMoveRow.kind) == COUNTED) & col(StockMoveRow.stocktake_id).is_(None)
    return _moved(session, unsigned, village=village)


def _moved(session: Session, which: ColumnElement[bool], *, village: str) -> list[MovedAlone]:
    """Return these moves since the last stocktake that was posted, newest first."""
    posted = select(func.max(StocktakeRow.ended_at)).where(
        StocktakeRow.in_village(village), col(StocktakeRow.status) == POSTED
    )
    since = session.exec(posted).first()
    move, goods = StockMoveRow, GoodsRow
    query = (
        select(move, goods)
        .join(goods, goods.in_village_of(move) & (col(goods.id) == col(move.goods_id)))
        .where(move.in_village(village), col(move.redemption_id).is_(None), which)
        .order_by(col(move.moved_at).desc(), col(move.goods_id), col(move.position).desc())
    )
    if since is not None:
        query = query.where(col(move.moved_at) > since)
    return [
        MovedAlone(item.code, item.name, abs(one.quantity), one.moved_by, one.moved_at, one.note)
        for one, item in session.exec(query)
    ]


def check_signer(session: Session, *, village: str, by: str, at: datetime) -> None:
    """Raise unless `by` is surely another person than all who wrote off or entered new goods.

    Raises:
        SignerWroteOff, SignerStocked: `by` did.

    And those of `staff.independence.check`.

    Example:
        check_signer(session, village="cy", by=zhao.id, at=now)
    """
    lost, entered = written_off(session, village=village), opening_stock(session, village=village)
    if by in {one.by for one in lost}:
        raise SignerWroteOff()
    if by in {one.by for one in entered}:
        raise SignerStocked()
    # The first goods come in on the day on which the logins are made: what counts is who has them today.
    for who in sorted({one.by for one in entered}):
        staff.independence.check(session, first=who, second=by, at=at)
    days: dict[tuple[str, date], list[datetime]] = {}
    for one in lost:
        days.setdefault((one.by, day_of(one.at)), []).append(one.at)
    # Once for each day on which somebody did: an hour's work may be fifty moves.
    for (who, _), moments in sorted(days.items()):
        start, end = min(moments), max(moments)
        staff.independence.check(session, first=who, second=by, at=at, begun_at=start, begun_by=end)
