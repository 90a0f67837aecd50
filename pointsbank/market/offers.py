"""What a household is offered now: prices, stock, what it has had of them; and whether its scan is unused.

Called with the household's ledger accounts locked; locks the goods, ascending.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select
from sqlmodel import Session

from pointsbank.database import table_of
from pointsbank.dates import day_of, first_day, last_day, month_of
from pointsbank.market.basket import BasketLine, GoodsUnknown, Offer
from pointsbank.market.models import GoodsRow, RedemptionReversalRow, RedemptionRow, StockMoveRow
from pointsbank.market.prices import price_at
from pointsbank.market.tickets import Ticket, TicketUsed
from pointsbank.points import Points
from pointsbank.prepared import ask

GOODS = table_of(GoodsRow)
MOVE = table_of(StockMoveRow)
REDEMPTION = table_of(RedemptionRow)
REVERSAL = table_of(RedemptionReversalRow)

_standing = ~(
    select(REVERSAL.c.redemption_id)
    .where(REVERSAL.c.village_id == REDEMPTION.c.village_id, REVERSAL.c.redemption_id == REDEMPTION.c.id)
    .exists()
)
_own = and_(
    REDEMPTION.c.village_id == bindparam("village"), REDEMPTION.c.participant_id == bindparam("participant")
)
_taken_this_month = (
    select(func.coalesce(-func.sum(MOVE.c.quantity), 0))
    .join(
        REDEMPTION,
        and_(REDEMPTION.c.village_id == MOVE.c.village_id, REDEMPTION.c.id == MOVE.c.redemption_id),
    )
    .where(_own, REDEMPTION.c.sold_on.between(bindparam("first"), bindparam("last")), _standing)
    .where(MOVE.c.goods_id == GOODS.c.id, MOVE.c.kind == "redeemed")
    .correlate(GOODS)
    .scalar_subquery()
)
_spent_today = (
    select(func.coalesce(func.sum(REDEMPTION.c.total), 0))
    .where(_own, REDEMPTION.c.sold_on == bindparam("day"), _standing)
    .scalar_subquery()
)
_ticket_used = (
    select(REDEMPTION.c.id)
    .where(REDEMPTION.c.village_id == bindparam("village"), REDEMPTION.c.ticket_id == bindparam("ticket"))
    .exists()
)

OFFERS = (
    select(
        GOODS.c.id,
        GOODS.c.code,
        GOODS.c.name,
        GOODS.c.active,
        GOODS.c.stock,
        GOODS.c.moves,
        GOODS.c.limit_per_month,
        price_at("at").label("price"),
        case((GOODS.c.limit_per_month.is_(None), 0), else_=_taken_this_month).label("taken"),
        _spent_today.label("spent_today"),
        _ticket_used.label("ticket_used"),
    )
    .where(GOODS.c.village_id == bindparam("village"), GOODS.c.code.in_(bindparam("codes", expanding=True)))
    .order_by(GOODS.c.id)
)

# One statement locks the goods and reads all that the household's lock has made stand still.
LOCK_OFFERS = OFFERS.with_for_update(of=GOODS)


def lock_offers(
    session: Session, ticket: Ticket, lines: Sequence[BasketLine], *, village: str, at: datetime
) -> tuple[dict[str, Offer], Points]:
    """Lock the goods wanted, read their offers and what the household spent today; raises TicketUsed."""
    day = day_of(at)
    asked: dict[str, Any] = {
        "village": village,
        "codes": sorted({line.goods for line in lines}),
        "at": at,
        "day": day,
    }
    asked |= {"participant": ticket.participant_id, "ticket": ticket.id}
    asked |= {"first": first_day(month_of(day)), "last": last_day(month_of(day))}
    rows = ask(session, LOCK_OFFERS, asked).all()
    if not rows:
        raise GoodsUnknown(goods=lines[0].goods[:32])
    if rows[0].ticket_used:
        raise TicketUsed()
    return {row.code: Offer(*tuple(row)[:9]) for row in rows}, Points(int(rows[0].spent_today))
