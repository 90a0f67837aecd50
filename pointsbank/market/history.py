"""What was redeemed: lists for the counter, the supervisor and the household, newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.errors import Invalid
from pointsbank.market.models import GoodsRow, RedemptionReversalRow, RedemptionRow, StockMoveRow
from pointsbank.market.reversal import RedemptionUnknown
from pointsbank.points import Points

GOODS = table_of(GoodsRow)
MOVE = table_of(StockMoveRow)
REDEMPTION = table_of(RedemptionRow)
REVERSAL = table_of(RedemptionReversalRow)


class RedemptionCursorInvalid(Invalid):
    """The place to read on from is not one we gave."""

    code = "redemption_cursor_invalid"
    sentence = "翻页位置无效，请从第一页重新查看。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class SoldLine:
    """So many pieces of goods at the price of one piece then."""

    goods: str
    name: str
    spec: str
    quantity: int
    points: Points


@dataclass(frozen=True, slots=True)
class SoldBasket:
    """A redemption as it stands in the list; `reversed_at` once it was taken back."""

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
    """The village's (or one household's) redemptions, newest first; `before` is a page's `next`."""
    query = _baskets(village).order_by(REDEMPTION.c.log_index.desc()).limit(limit + 1)
    if participant is not None:
        query = query.where(REDEMPTION.c.participant_id == participant)
    if before is not None:
        if not (before.isascii() and before.isdecimal() and len(before) <= 18):
            raise RedemptionCursorInvalid()
        query = query.where(REDEMPTION.c.log_index < int(before))
    found = _with_lines(session, query, village)
    return SoldPage(found[:limit], str(found[limit - 1].index) if len(found) > limit else None)


def redemption_by_id(session: Session, *, village: str, redemption: str) -> SoldBasket:
    """One redemption; raises RedemptionUnknown."""
    query = _baskets(village).where(REDEMPTION.c.id == redemption)
    found = _with_lines(session, query, village) if redemption.isalnum() else []
    if not found:
        raise RedemptionUnknown()
    return found[0]


def sales(session: Session, *, village: str, first: date, last: date) -> Sales:
    """What was redeemed from one day to another, both included, for the month in figures."""
    within = (
        REDEMPTION.c.village_id == village,
        REDEMPTION.c.sold_on.between(first, last),
        REVERSAL.c.redemption_id.is_(None),
    )
    counted = select(
        func.count(),
        func.count(REDEMPTION.c.participant_id.distinct()),
        func.coalesce(func.sum(REDEMPTION.c.total), 0),
    ).select_from(_WITH_REVERSAL)
    count, households, total = tuple(execute(session, counted.where(*within)).one())
    moved = select(func.coalesce(-func.sum(MOVE.c.quantity), 0)).select_from(_WITH_MOVES)
    pieces = execute(session, moved.where(*within, MOVE.c.kind == "redeemed")).scalar_one()
    return Sales(count, households, int(pieces), Points(int(total)))


_WITH_REVERSAL = REDEMPTION.outerjoin(
    REVERSAL,
    and_(REVERSAL.c.village_id == REDEMPTION.c.village_id, REVERSAL.c.redemption_id == REDEMPTION.c.id),
)
_WITH_MOVES = _WITH_REVERSAL.join(
    MOVE, and_(MOVE.c.village_id == REDEMPTION.c.village_id, MOVE.c.redemption_id == REDEMPTION.c.id)
)


def _baskets(village: str) -> Select[Any]:
    """The redemptions with what reversed them."""
    return (
        select(REDEMPTION, REVERSAL.c.reversed_at, REVERSAL.c.reversed_by)
        .select_from(_WITH_REVERSAL)
        .where(REDEMPTION.c.village_id == village)
    )


def _with_lines(session: Session, query: Select[Any], village: str) -> list[SoldBasket]:
    """The redemptions of a query with the lines of each, which are its moves."""
    rows = execute(session, query).all()
    lines: dict[str, list[SoldLine]] = {row.id: [] for row in rows}
    for line in execute(session, _lines(village, list(lines))) if lines else []:
        lines[line.redemption_id].append(
            SoldLine(line.code, line.name, line.spec, -line.quantity, Points(line.price))
        )
    return [_view(row, tuple(sorted(lines[row.id], key=lambda line: line.goods))) for row in rows]


def _lines(village: str, ids: list[str]) -> Select[Any]:
    """The moves that sold these redemptions, with their goods."""
    goods = and_(GOODS.c.village_id == MOVE.c.village_id, GOODS.c.id == MOVE.c.goods_id)
    return (
        select(MOVE.c.redemption_id, GOODS.c.code, GOODS.c.name, GOODS.c.spec, MOVE.c.quantity, MOVE.c.price)
        .select_from(MOVE.join(GOODS, goods))
        .where(MOVE.c.village_id == village, MOVE.c.redemption_id.in_(ids), MOVE.c.kind == "redeemed")
    )


def _view(row: Row[Any], lines: tuple[SoldLine, ...]) -> SoldBasket:
    """One redemption as the world may see it."""
    return SoldBasket(
        id=row.id,
        participant_id=row.participant_id,
        total=Points(row.total),
        balance_after=Points(row.balance_after),
        index=row.log_index,
        sold_on=row.sold_on,
        sold_by=row.sold_by,
        sold_at=row.sold_at,
        second_check=row.second_check,
        approver=row.approver,
        reversed_at=row.reversed_at,
        reversed_by=row.reversed_by,
        lines=lines,
    )
