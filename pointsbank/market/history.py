"""What was redeemed: lists for the counter, the supervisor and the household, newest first."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from pointsbank.errors import Invalid
from pointsbank.market.models import (
    GoodsRow,
    RedemptionReversalRow,
    RedemptionRow,
    ScanTicketRow,
    StockMoveRow,
)
from pointsbank.market.reversal import RedemptionUnknown
from pointsbank.points import Points


class RedemptionCursorInvalid(Invalid):
    """The place to read on from is not one we gave."""

    code = "redemption_cursor_invalid"
    sentence = "翻页位置已经失效，请从第一页重新看。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class SoldLine:
    """Pieces of goods, and the price of one piece then, in hundredths."""

    goods: str
    name: str
    spec: str
    quantity: int
    points: Points


@dataclass(frozen=True, slots=True)
class SoldBasket:
    """A redemption in the list; `reversed_at` is set once it was taken back."""

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


@dataclass(frozen=True, slots=True)
class SoldPage:
    """Some redemptions, newest first, and where the next page begins."""

    items: list[SoldBasket]
    next: str | None


@dataclass(frozen=True, slots=True)
class Sales:
    """How much was redeemed in a span of days, reversed ones left out."""

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


def sales(session: Session, *, village: str, first: date, last: date) -> Sales:
    """Return what was redeemed from one day to another, both included and reversed sales left out.

    Example:
        sales(session, village="chayuan", first=date(2026, 9, 1), last=date(2026, 9, 30)).pieces  # 312
    """
    within = (
        RedemptionRow.in_village(village),
        col(RedemptionRow.sold_on).between(first, last),
        col(RedemptionReversalRow.redemption_id).is_(None),
    )
    counted = (
        select(
            func.count(),
            func.count(col(RedemptionRow.participant_id).distinct()),
            func.coalesce(func.sum(col(RedemptionRow.total)), 0),
        )
        .select_from(RedemptionRow)
        .join(RedemptionReversalRow, _REVERSES, isouter=True)
        .where(*within)
    )
    count, households, total = session.exec(counted).one()
    moved = (
        select(func.coalesce(-func.sum(col(StockMoveRow.quantity)), 0))
        .select_from(RedemptionRow)
        .join(RedemptionReversalRow, _REVERSES, isouter=True)
        .join(
            StockMoveRow,
            StockMoveRow.in_village_of(RedemptionRow)
            & (col(StockMoveRow.redemption_id) == col(RedemptionRow.id)),
        )
        .where(*within, col(StockMoveRow.kind) == "redeemed")
    )
    return Sales(count, households, int(session.exec(moved).one()), Points(int(total)))


_REVERSES = RedemptionReversalRow.in_village_of(RedemptionRow) & (
    col(RedemptionReversalRow.redemption_id) == col(RedemptionRow.id)
)


def last_sales(session: Session, *, village: str, participant: str) -> dict[str, datetime]:
    """Return when each card (id) of a participant (id) was last used for a sale; no entry for one never used.

    Example:
        market.last_sales(session, village="cy", participant=wang.id) == {card.id: sold_at}
    """
    query = (
        select(col(ScanTicketRow.card_id), func.max(col(RedemptionRow.sold_at)))
        .join(
            ScanTicketRow,
            ScanTicketRow.in_village_of(RedemptionRow)
            & (col(ScanTicketRow.id) == col(RedemptionRow.ticket_id)),
        )
        .where(
            RedemptionRow.in_village(village),
            col(RedemptionRow.participant_id) == participant,
            col(ScanTicketRow.card_id).is_not(None),
        )
        .group_by(col(ScanTicketRow.card_id))
    )
    return {card: sold_at for card, sold_at in session.exec(query) if card}


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
    lines = _lines(session, [sold.id for sold, _ in rows], village=village)
    return [_view(sold, reversal, lines[sold.id]) for sold, reversal in rows]


def _lines(session: Session, ids: list[str], *, village: str) -> dict[str, list[SoldLine]]:
    """Return the lines of these redemptions: the moves that sold them, by goods."""
    lines: dict[str, list[SoldLine]] = {id: [] for id in ids}
    query = (
        select(StockMoveRow, GoodsRow)
        .join(
            GoodsRow, GoodsRow.in_village_of(StockMoveRow) & (col(GoodsRow.id) == col(StockMoveRow.goods_id))
        )
        .where(
            StockMoveRow.in_village(village),
            col(StockMoveRow.redemption_id).in_(ids),
            col(StockMoveRow.kind) == "redeemed",
        )
    )
    for move, goods in session.exec(query) if ids else []:
        line = SoldLine(goods.code, goods.name, goods.spec, -move.quantity, Points(move.price or 0))
        lines[move.redemption_id or ""].append(line)
    return lines


def _view(row: RedemptionRow, reversal: RedemptionReversalRow | None, lines: list[SoldLine]) -> SoldBasket:
    """Return one redemption with its reversal, if it has one, and its lines."""
    return row.into(
        SoldBasket,
        index=row.log_index,
        reversed_at=reversal.reversed_at if reversal else None,
        reversed_by=reversal.reversed_by if reversal else None,
        lines=tuple(sorted(lines, key=lambda line: line.goods)),
    )
