"""An exchange: pieces of one sale come back and another basket is sold, in one transaction.

A return and a sale are each written as they are alone, so that statement, journal and log show both. Only the
order of locks is this module's: both lock goods and then the log head, and the second of them would lock
goods while it holds the head, the other way round from every till beside it. So all goods are locked first.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.errors import Refused
from pointsbank.market.models import GoodsRow
from pointsbank.market.redemption import Redemption, redeem
from pointsbank.market.returning import find_sale, return_pieces
from pointsbank.market.second_check import SecondCheck
from pointsbank.market.shelf import lock_shelves
from pointsbank.market.tickets import find_ticket
from pointsbank.market.unseen import check_handled


class NotSameHousehold(Refused):
    """The card that was scanned is another household's than that of the sale."""

    code = "not_same_household"
    sentence = "这张卡不是原来兑换的那一户，请扫原来那一户的积分卡。"
    fixed_by = "店员"


def refuse_other_household(session: Session, *, village: str, redemption: str, participant: str) -> None:
    """Refuse an exchange to another household (id) than that of the sale: as soon as its card is scanned.

    Raises:
        RedemptionUnknown: there is no such sale.
        NotSameHousehold: it is another household's.

    Example:
        market.refuse_other_household(session, village="cy", redemption=sale.id, participant=wang.id)
    """
    if find_sale(session, village=village, redemption=redemption).participant_id != participant:
        raise NotSameHousehold()


def exchange_pieces(
    session: Session,
    *,
    village: str,
    request_id: str,
    back: Mapping[str, Any],
    sale: Mapping[str, Any],
    second_check: SecondCheck | None,
    by: str,
    at: datetime,
) -> Redemption:
    """Take pieces back and sell; the same request twice is one act, since each half of it is.

    Args:
        back: redemption, pieces, reason, as `return_pieces` takes them.
        sale: scan_ticket, confirmed, lines, as `redeem` takes them.

    Raises NotSameHousehold, and those of `return_pieces` and `redeem`.
    """
    common: Any = {"village": village, "by": by, "at": at}
    half = f"{request_id[:60]}-ret"
    if not ledger.was_answered(session, village=village, request_id=request_id, wait=False):
        row = find_sale(session, village=village, redemption=back["redemption"])
        ticket = find_ticket(session, village=village, ticket=sale["scan_ticket"], at=at)
        refuse_other_household(session, village=village, redemption=row.id, participant=ticket.participant_id)
        ledger.lock_accounts(session, village=village, participants=[row.participant_id])
        codes = {*back["pieces"], *(line.goods for line in sale["lines"])}
        lock_goods(session, codes, village=village)
        check_handled(session, [line.goods for line in sale["lines"]], **common)
    return_pieces(session, request_id=half, **back, **common)
    return redeem(session, request_id=request_id, second_check=second_check, handled=True, **sale, **common)


def lock_goods(session: Session, codes: set[str], *, village: str) -> None:
    """Lock goods by their codes, ascending by id as everybody does; unknown ones are refused later."""
    query = select(GoodsRow.id).where(GoodsRow.in_village(village), col(GoodsRow.code).in_(sorted(codes)))
    lock_shelves(session, village=village, ids=session.exec(query).all())
