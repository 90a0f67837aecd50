"""A redemption gathered for printing: what was taken, what is left, and where the log holds it."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, roster, staff, villages
from pointsbank.dates import SHANGHAI
from pointsbank.market.history import redemption_by_id
from pointsbank.printing import Receipt, ReceiptLine


def receipt(session: Session, *, village: str, redemption: str) -> Receipt:
    """The slip of one redemption, for the household that made it; raises RedemptionUnknown."""
    sold = redemption_by_id(session, village=village, redemption=redemption)
    household = roster.by_id(session, village=village, id=sold.participant_id)
    [entry] = ledger.transactions(session, village=village, before=sold.index + 1, limit=1)
    return Receipt(
        village=villages.get(session, village).name,
        household=f"{household.name}（{household.code}）",
        day_and_time=_in_the_village(sold.sold_at),
        clerk=staff.names(session, ids=[sold.sold_by]).get(sold.sold_by, ""),
        lines=tuple(ReceiptLine(line.name, line.quantity, line.points) for line in sold.lines),
        total=sold.total,
        balance=sold.balance_after,
        index=sold.index,
        leaf=entry.leaf.hex(),
        title="积分兑换小票（已撤销）" if sold.reversed_at else "积分兑换小票",
        phone=villages.settings(session, village=village).contact_phone,
    )


def _in_the_village(at: datetime) -> str:
    """A moment as the village's clock shows it."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
