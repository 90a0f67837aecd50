"""What was redeemed: lists for the counter, the supervisor and the household, newest first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from pointsbank.errors import Invalid
from pointsbank.market.describing import GoodsWords
from pointsbank.market.models import (
    GoodsRow,
    RedemptionReversalRow,
    RedemptionRow,
    StockMoveRow,
)
from pointsbank.market.return_models import RedemptionReturnRow
from pointsbank.market.returning import RedemptionUnknown
from pointsbank.market.words_then import words_then
from pointsbank.points import Points


class RedemptionCursorInvalid(Invalid):
    """The place to read on from is not one we gave."""

    code = "redemption_cursor_invalid"
    sentence = "翻页位置已经失效，请从第一页重新看。"
    fixed_by = "店员"
    at = ("cursor",)


@dataclass(frozen=True, slots=True)
class SoldLine:
    """Pieces of goods, the price of one piece then, in hundredths, and how many pieces came back since."""

    goods: str
    name: str
    spec: str
    quantity: int
    points: Points
    returned: int = 0

    @property
    def left(self) -> int:
        """The pieces that may still come back."""
        return self.quantity - self.returned


@dataclass(frozen=True, slots=True)
class Returned:
    """Pieces that came back together: their points in hundredths, by whom, when, which entry."""

    number: int
    total: Points
    index: int
    returned_by: str
    returned_at: datetime


@dataclass(frozen=True, slots=True)
class SoldBasket:
    """A redemption in the list; `reversed_at` is set once nothing of it is left.

    `returns` are those in part, oldest first: none where it was taken back as a whole at once.
    """

    id: str
    participant_id: str
    total: Points
    balance_after: Points
    index: int
    sold_on: date
    sold_by: str
    sold_at: datetime
    second_check: str
    approver: str | None
    reversed_at: datetime | None
    reversed_by: str | None
    lines: tuple[SoldLine, ...]
    returns: tuple[Returned, ...] = ()

    @property
    def kept(self) -> Points:
        """The points that are not given back, in hundredths."""
        back = sum(one.total for one in self.returns)
        return Points(self.total - back) if self.returns or not self.reversed_at else Points(0)

    @property
    def status(self) -> str:
        """Its state: completed, part_returned or reversed."""
        if self.reversed_at:
            return "reversed"
        return "part_returned" if self.returns else "completed"


@dataclass(frozen=True, slots=True)
class SoldPage:
    """Some redemptions, newest first, and where the next page begins."""

    items: list[SoldBasket]
    next: str | None


@dataclass(frozen=True, slots=True)
class Sales:
    """How much was redeemed in a span of days, less what came back of it."""

    redemptions: int
    households: int
    pieces: int
    total: Points


def redemptions(
    session: Session,
    *,
    village: str,
    participant: str | None = None,
    before: str | None = None,
    limit: int = 50,
) -> SoldPage:
    """Return the village's (or one household's) redemptions, newest first.

    Args:
        participant: a household's id.
        before: the `next` of the page before; raises RedemptionCursorInvalid for anything else.

    Example:
        redemptions(session, village="chayuan", limit=5).items[0].total  # 8000
    """
    conditions = []
    if participant is not None:
        conditions.append(col(RedemptionRow.participant_id) == participant)
    if before is not None:
        if not (before.isascii() and before.isdecimal() and len(before) <= 18):
            raise RedemptionCursorInvalid()
        conditions.append(col(RedemptionRow.log_index) < int(before))
    found = _baskets(session, *conditions, village=village, limit=limit + 1)
    return SoldPage(found[:limit], str(found[limit - 1].index) if len(found) > limit else None)


def redemption_by_id(session: Session, *, village: str, redemption: str) -> SoldBasket:
    """Return one redemption; raises RedemptionUnknown.

    Example:
        redemption_by_id(session, village="chayuan", redemption=sale.id).second_check  # "pin"
    """
    found = []
    if redemption.isalnum():
        found = _baskets(session, col(RedemptionRow.id) == redemption, village=village, limit=1)
    if not found:
        raise RedemptionUnknown()
    return found[0]


def sale_of_ticket(session: Session, *, village: str, ticket: str) -> str | None:
    """Return the redemption (id) that was made on a scan ticket, or None.

    Example:
        sale_of_ticket(session, village="chayuan", ticket=scan.scan_ticket) == sale.id
    """
    query = select(RedemptionRow.id).where(
        RedemptionRow.in_village(village), col(RedemptionRow.ticket_id) == ticket
    )
    return session.exec(query).first() if ticket.isalnum() else None


def sales(session: Session, *, village: str, first: date, last: date) -> Sales:
    """Return what was redeemed from one day to another, both included, less what came back of it since.

    A redemption of which nothing is left does not count.

    Example:
        sales(session, village="chayuan", first=date(2026, 9, 1), last=date(2026, 9, 30)).pieces  # 312
    """
    each = (
        select(
            col(RedemptionRow.participant_id),
            (-func.sum(col(StockMoveRow.quantity))).label("pieces"),
            (-func.sum(col(StockMoveRow.quantity) * col(StockMoveRow.price))).label("points"),
        )
        .select_from(RedemptionRow)
        .join(
            StockMoveRow,
            StockMoveRow.in_village_of(RedemptionRow)
            & (col(StockMoveRow.redemption_id) == col(RedemptionRow.id)),
        )
        .where(RedemptionRow.in_village(village), col(RedemptionRow.sold_on).between(first, last))
        .group_by(col(RedemptionRow.id), col(RedemptionRow.participant_id))
        .having(func.sum(col(StockMoveRow.quantity)) < 0)
        .subquery()
    )
    counted = select(
        func.count(),
        func.count(each.c.participant_id.distinct()),
        func.coalesce(func.sum(each.c.pieces), 0),
        func.coalesce(func.sum(each.c.points), 0),
    ).select_from(each)
    count, households, pieces, total = session.exec(counted).one()
    return Sales(count, households, int(pieces), Points(int(total)))


def taken_back_so_far(session: Session, *, village: str) -> tuple[int, int]:
    """Return how many redemptions came back whole, and how often some of one: what was sold says less by it.

    What was redeemed in a month that is over changes by nothing else.

    Example:
        taken_back_so_far(session, village="chayuan")  # (3, 1)
    """
    whole = select(func.count()).where(RedemptionReversalRow.in_village(village))
    in_part = select(func.count()).where(RedemptionReturnRow.in_village(village))
    return session.exec(whole).one(), session.exec(in_part).one()


_REVERSES = RedemptionReversalRow.in_village_of(RedemptionRow) & (
    col(RedemptionReversalRow.redemption_id) == col(RedemptionRow.id)
)


def _baskets(
    session: Session, *conditions: ColumnElement[bool], village: str, limit: int
) -> list[SoldBasket]:
    """Return the redemptions under these conditions, newest first, with their lines and reversals."""
    query = (
        select(RedemptionRow, RedemptionReversalRow)
        .join(RedemptionReversalRow, _REVERSES, isouter=True)
        .where(RedemptionRow.in_village(village), *conditions)
        .order_by(col(RedemptionRow.log_index).desc())
        .limit(limit)
    )
    rows = session.exec(query).all()
    ids = [sold.id for sold, _ in rows]
    lines = _lines(session, [sold for sold, _ in rows], village=village)
    returns = _returns(session, ids, village=village)
    return [_view(sold, reversal, lines[sold.id], returns[sold.id]) for sold, reversal in rows]


def _lines(session: Session, sold: list[RedemptionRow], *, village: str) -> dict[str, list[SoldLine]]:
    """Return the lines of these redemptions: the moves that sold them, with what came back, by goods."""
    indexes = {one.id: one.log_index for one in sold}
    lines: dict[str, list[SoldLine]] = {id: [] for id in indexes}
    if not sold:
        return lines
    then = words_then(session, village=village, since=min(one.sold_at for one in sold))
    query = (
        select(StockMoveRow, GoodsRow)
        .join(
            GoodsRow, GoodsRow.in_village_of(StockMoveRow) & (col(GoodsRow.id) == col(StockMoveRow.goods_id))
        )
        .where(StockMoveRow.in_village(village), col(StockMoveRow.redemption_id).in_(indexes))
    )
    moves = session.exec(query).all()
    back: Counter[tuple[str | None, str]] = Counter()
    for move, _ in moves:
        if move.kind == "returned":
            back[move.redemption_id, move.goods_id] += move.quantity
    for move, goods in moves:
        if move.kind == "redeemed":
            price, returned = Points(move.price or 0), back[move.redemption_id, move.goods_id]
            sale = move.redemption_id or ""
            words = then.of(goods.id, GoodsWords(goods.name, goods.spec), index=indexes[sale])
            line = SoldLine(goods.code, words.name, words.spec, -move.quantity, price, returned)
            lines[sale].append(line)
    return lines


def _returns(session: Session, ids: list[str], *, village: str) -> dict[str, list[Returned]]:
    """Return what came back of these redemptions in part, oldest first."""
    returns: dict[str, list[Returned]] = {id: [] for id in ids}
    query = select(RedemptionReturnRow).where(
        RedemptionReturnRow.in_village(village), col(RedemptionReturnRow.redemption_id).in_(ids)
    )
    for one in session.exec(query.order_by(col(RedemptionReturnRow.number))) if ids else []:
        returns[one.redemption_id].append(one.into(Returned, index=one.log_index))
    return returns


def _view(
    row: RedemptionRow,
    reversal: RedemptionReversalRow | None,
    lines: list[SoldLine],
    returns: list[Returned],
) -> SoldBasket:
    """Return one redemption with its lines and what was taken back of it."""
    ended = returns[-1] if returns and not any(line.left for line in lines) else None
    by_return = (ended.returned_at, ended.returned_by) if ended else (None, None)
    at, by = (reversal.reversed_at, reversal.reversed_by) if reversal else by_return
    return row.into(
        SoldBasket,
        index=row.log_index,
        reversed_at=at,
        reversed_by=by,
        lines=tuple(sorted(lines, key=lambda line: line.goods)),
        returns=tuple(returns),
    )
