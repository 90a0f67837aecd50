"""When each card was last used for a sale."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from pointsbank import ledger
from pointsbank.market.models import RedemptionRow, ScanTicketRow


def last_sales(session: Session, *, village: str, participant: str) -> dict[str, datetime]:
    """Return when each card (id) of a participant (id) was last used for a sale; no entry for one never used.

    Example:
        market.last_sales(session, village="cy", participant=wang.id) == {card.id: sold_at}
    """
    # Of a thousand sales each has its ticket looked up; every sale is an entry of the log.
    return ledger.kept(
        session,
        village=village,
        about=("last sales", participant),
        make=lambda: _last_sales(session, village, participant),
        entries_alone=True,
    )


def _last_sales(session: Session, village: str, participant: str) -> dict[str, datetime]:
    """Return when each card was last used, as it is found now."""
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
