"""What a household is offered now: prices, stock, what it has had of them; and whether its scan is unused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, case, func, select
from sqlmodel import Session, col

from pointsbank.dates import day_of, first_day, last_day, month_of
from pointsbank.market.basket import BasketLine, GoodsUnknown, Offer
from pointsbank.market.models import GoodsRow, RedemptionRow, StockMoveRow
from pointsbank.market.prices import first_priced_by, price_at
from pointsbank.market.tickets import Ticket, TicketUsed
from pointsbank.points import Points
from pointsbank.prepared import fetch

_here: BindParameter[str] = bindparam("village")
_own = RedemptionRow.in_village(_here) & (col(RedemptionRow.participant_id) == bindparam("participant"))
# What came back counts as neither taken nor spent: moves of both directions are added up.
_taken_this_month = (
    select(func.coalesce(-func.sum(col(StockMoveRow.quantity)), 0))
    .join(
        RedemptionRow,
        RedemptionRow.in_village_of(StockMoveRow)
        & (col(RedemptionRow.id) == col(StockMoveRow.redemption_id)),
    )
    .where(_own, col(RedemptionRow.sold_on).between(bindparam("first"), bindparam("last")))
    .where(col(StockMoveRow.goods_id) == col(GoodsRow.id))
    .correlate(GoodsRow)
    .scalar_subquery()
)
_spent_today = (
    select(func.coalesce(-func.sum(col(StockMoveRow.quantity) * col(StockMoveRow.price)), 0))
    .select_from(RedemptionRow)
    .join(
        StockMoveRow,
        RedemptionRow.in_village_of(StockMoveRow)
        & (col(RedemptionRow.id) == col(StockMoveRow.redemption_id)),
    )
    .where(_own, col(RedemptionRow.sold_on) == bindparam("day"))
    .scalar_subquery()
)
_ticket_used = (
    select(col(RedemptionRow.id))
    .where(RedemptionRow.in_village(_here), col(RedemptionRow.ticket_id) == bindparam("ticket"))
    .exists()
)


@dataclass(frozen=True, slots=True)
class _OfferRow(Offer):
    """An offer, and what is so of the household and its scan whatever the goods."""

    spent_today: int
    ticket_used: bool


OFFERS = (
    select(
        *GoodsRow.columns_of(
            _OfferRow,
            price=price_at("at"),
            priced_by=first_priced_by,
            taken=case((col(GoodsRow.limit_per_month).is_(None), 0), else_=_taken_this_month),
            spent_today=_spent_today,
            ticket_used=_ticket_used,
        )
    )
    .where(GoodsRow.in_village(_here), col(GoodsRow.code).in_(bindparam("codes", expanding=True)))
    .order_by(col(GoodsRow.id))
)

# One statement locks the goods and reads all that the household's lock has made stand still.
LOCK_OFFERS = OFFERS.with_for_update(of=GoodsRow)


def read_offers(
    session: Session,
    ticket: Ticket,
    lines: Sequence[BasketLine],
    *,
    village: str,
    at: datetime,
    lock: bool,
) -> tuple[Mapping[str, Offer], Points]:
    """Return the offers of the goods wanted, by code, and what the household spent today, in hundredths.

    With `lock` the goods are locked, ascending by id; the household's ledger accounts are locked before.

    Raises GoodsUnknown if there are none of the goods, TicketUsed if the scan has made a sale.
    """
    day = day_of(at)
    month = month_of(day)
    parameters = {
        "village": village,
        "codes": sorted({line.goods for line in lines}),
        "at": at,
        "day": day,
        "participant": ticket.participant_id,
        "ticket": ticket.id,
        "first": first_day(month),
        "last": last_day(month),
    }
    rows = fetch(session, LOCK_OFFERS if lock else OFFERS, parameters, into=_OfferRow).all()
    if not rows:
        raise GoodsUnknown(goods=lines[0].goods[:32])
    if rows[0].ticket_used:
        raise TicketUsed()
    return {row.code: row for row in rows}, Points(int(rows[0].spent_today))
