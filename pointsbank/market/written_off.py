"""What was written off since the last stocktake: a way round two signatures, so the second one covers it.

A clerk alone writes off what spoiled, and then nothing is missing when the shelf is counted. Whoever signs a
stocktake second has therefore written off nothing himself since the last one, and is shown what others did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from pointsbank import staff
from pointsbank.dates import day_of
from pointsbank.errors import NotAllowed
from pointsbank.market.models import GoodsRow, StockMoveRow, StocktakeRow

POSTED, SPOILED = "posted", "spoiled"


class SignerWroteOff(NotAllowed):
    """Who signs second has written off goods since the last stocktake."""

    code = "signer_wrote_off"
    sentence = "上次盘点以来您登记过损耗，第二个字请没有登记过损耗的人来签，例如村务监督。"
    fixed_by = "监督委员会"


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """Pieces of some goods that one person wrote off: how many, > 0, by whom (id), when, why."""

    goods: str
    name: str
    quantity: int
    by: str
    at: datetime
    note: str


def written_off(session: Session, *, village: str) -> list[WrittenOff]:
    """Return what was written off since the last stocktake that was posted, newest first.

    Example:
        market.written_off(session, village="cy")[0].quantity  # 3
    """
    posted = select(func.max(StocktakeRow.ended_at)).where(
        StocktakeRow.in_village(village), col(StocktakeRow.status) == POSTED
    )
    since = session.exec(posted).first()
    move, goods = StockMoveRow, GoodsRow
    query = (
        select(move, goods)
        .join(goods, goods.in_village_of(move) & (col(goods.id) == col(move.goods_id)))
        .where(move.in_village(village), col(move.redemption_id).is_(None), col(move.kind) == SPOILED)
        .order_by(col(move.moved_at).desc(), col(move.goods_id), col(move.position).desc())
    )
    if since is not None:
        query = query.where(col(move.moved_at) > since)
    return [
        WrittenOff(item.code, item.name, -one.quantity, one.moved_by, one.moved_at, one.note)
        for one, item in session.exec(query)
    ]


def check_signer(session: Session, found: Sequence[WrittenOff], *, by: str, at: datetime) -> None:
    """Raise unless `by` is surely another person than all who wrote these off.

    Raises:
        SignerWroteOff: `by` did.

    And those of `staff.independence.check`.

    Example:
        check_signer(session, written_off(session, village="cy"), by=zhao.id, at=now)
    """
    if by in {one.by for one in found}:
        raise SignerWroteOff()
    days: dict[tuple[str, date], list[datetime]] = {}
    for one in found:
        days.setdefault((one.by, day_of(one.at)), []).append(one.at)
    # Once for each day on which somebody did: an hour's work may be fifty moves.
    for (who, _), moments in sorted(days.items()):
        start, end = min(moments), max(moments)
        staff.independence.check(session, first=who, second=by, at=at, begun_at=start, begun_by=end)
