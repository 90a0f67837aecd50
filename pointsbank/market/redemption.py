"""The redemption: goods for points, one sale in one transaction.

A sale is three kinds of rows that say the same: a ledger transaction (points from the household to the
market), a `redemption` (who, when, on which scan, who else confirmed it) and one move of stock for each kind
of goods, which is a line of the basket.

Locks, in this order: the household's ledger accounts, the goods ascending, the village's log head. The trick
is that the household's lock makes more stand still than its balance: every other sale to it waits there, so
what it spent today, what it has had this month and whether its scan is unused are read once, together with
the locked goods, and hold until the commit. All is decided before the first row is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.market import limits
from pointsbank.market.basket import BasketLine, PricedBasket
from pointsbank.market.models import RedemptionRow
from pointsbank.market.pins import pin_standing
from pointsbank.market.quoting import price_sale
from pointsbank.market.second_check import SecondCheck
from pointsbank.market.shelf import new_move, write_moves
from pointsbank.market.tickets import Ticket
from pointsbank.market.unseen import check_sold
from pointsbank.points import Points
from pointsbank.prepared import execute_many


@dataclass(frozen=True, slots=True)
class Redemption:
    """A sale as it was answered: its total, the balance it left, its place in the log."""

    id: str
    status: str
    total: Points
    balance: Points
    index: int
    leaf: str


_INSERT_REDEMPTION = insert(RedemptionRow)


def _contents(scan_ticket: str, lines: Sequence[BasketLine], **_: Any) -> dict[str, Any]:
    """Return what makes two sales the same request; a PIN or password is none of it."""
    basket = [[ascii(line.goods), str(line.quantity), str(line.points)] for line in lines]
    return {"scan_ticket": ascii(scan_ticket), "lines": basket}


@ledger.idempotent("redeem", _contents, Redemption, witnessed=True)
def redeem(
    session: Session,
    *,
    village: str,
    request_id: str,
    scan_ticket: str,
    confirmed: bool,
    lines: Sequence[BasketLine],
    second_check: SecondCheck | None = None,
    handled: bool = False,
    by: str,
    at: datetime,
) -> Redemption:
    """Sell a basket to the household of a scan ticket, or refuse and leave no trace.

    A second check counts if it was proved for the same ticket (see `sell`).

    Args:
        handled: whether it was found that others had these goods in hand (`unseen.check_handled`).

    Raises PinRequired if a second check is needed and there is none, GoodsUnseen, and the refusals of
    `price_sale`, `ledger.idempotent` and `ledger.post`.

    Example:
        redeem(session, village="chayuan", request_id="till-1-000042", scan_ticket=scan.scan_ticket,
               confirmed=True, lines=[BasketLine("S03", 1, Points(200))], by=clerk, at=now)
        # Redemption(id="…", status="completed", total=200, balance=49800, index=17, leaf="…")
    """
    priced = price_sale(
        session, village=village, scan_ticket=scan_ticket, confirmed=confirmed, lines=lines, at=at, lock=True
    )
    ticket, basket = priced.ticket, priced.basket
    if not handled:
        check_sold([taking.offer for taking in basket.takings], by=by)
    if second_check is not None and second_check.ticket != ticket.id:
        second_check = None
    if priced.needs is not None and second_check is None:
        who = {"village": village, "participant": ticket.participant_id}
        pin = pin_standing(session, **who, typed=ticket.typed, at=at)
        raise limits.PinRequired(why=priced.needs.words, then=limits.second_check_step(priced.needs, pin))

    sale = new_id(session)
    kind, approver = (second_check.kind, second_check.approver) if second_check else ("none", None)
    entry = _entry(sale, ticket, basket, {"second_check": kind, "approver": approver}, at)
    posted = ledger.post(session, [entry], village=village, by=by, at=at, request_id=request_id)[0]
    balance = posted.balances[entry.postings[0].source]
    row = {
        "village_id": village,
        "id": sale,
        "participant_id": ticket.participant_id,
        "ticket_id": ticket.id,
        "total": basket.total,
        "balance_after": balance,
        "log_index": posted.index,
        "sold_on": day_of(at),
        "sold_by": by,
        "sold_at": at,
        "second_check": kind,
        "approver": approver,
    }
    execute_many(session, _INSERT_REDEMPTION, row)
    about: Any = {"village": village, "by": by, "at": at, "redemption": sale}
    moves = [
        new_move(taking.offer, -taking.quantity, "redeemed", price=taking.price, **about)
        for taking in basket.takings
    ]
    write_moves(session, moves)
    return Redemption(sale, "completed", basket.total, balance, posted.index, posted.leaf.hex())


def _entry(
    sale: str, ticket: Ticket, basket: PricedBasket, checked: dict[str, str | None], at: datetime
) -> ledger.NewTransaction:
    """Return the ledger's side: points from the household to the market, and what was handed over."""
    household = ledger.account_of(ticket.participant_id, ledger.POINTS)
    market = ledger.village_account("market", ledger.POINTS)
    words = {
        "participant": ticket.participant_id,
        "item": f"兑换 {basket.words}",
        "ticket": ticket.id,
        "sold_at": at.astimezone(UTC).isoformat(),
        "lines": [[taking.offer.id, taking.quantity, taking.price] for taking in basket.takings],
        **checked,
    }
    line = ledger.Posting(household, market, ledger.POINTS, basket.total)
    return ledger.NewTransaction(
        "redemption", day_of(at), (line,), words, source=("redemption", sale), new_source=True
    )
