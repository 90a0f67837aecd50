"""The redemption: goods for points, one sale in one transaction.

Locks, in this order: the household's ledger accounts, the goods ascending, the village's log head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from pointsbank import ledger, roster, villages
from pointsbank.database import new_id, table_of
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.market import limits, stock
from pointsbank.market.basket import BasketLine, Plan, check_lines, plan
from pointsbank.market.hours import opening_hours
from pointsbank.market.models import RedemptionRow
from pointsbank.market.offers import lock_offers
from pointsbank.market.second_check import SecondCheck
from pointsbank.market.tickets import Ticket, find_ticket
from pointsbank.market.window import check_open
from pointsbank.points import Points
from pointsbank.prepared import write

REDEMPTION = table_of(RedemptionRow)


class ConfirmationRequired(Refused):
    """The clerk has not said that the person at the counter belongs to the card."""

    code = "confirmation_required"
    sentence = "请核对来人与积分卡是否一致，勾选“已核对”后再兑换。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class Redemption:
    """A sale as it was answered: its total, the balance it left, its place in the log."""

    id: str
    status: str
    total: Points
    balance: Points
    index: int
    leaf: str


_INSERT_REDEMPTION = insert(REDEMPTION)


def _contents(scan_ticket: str, lines: Sequence[BasketLine], **_: Any) -> dict[str, Any]:
    """Return what makes two sales the same request; a PIN or password is none of it."""
    basket = [[ascii(line.goods), str(line.quantity), str(line.points)] for line in lines]
    return {"scan_ticket": ascii(scan_ticket), "lines": basket}


@ledger.idempotent("redeem", _contents, Redemption)
def redeem(
    session: Session,
    *,
    village: str,
    request_id: str,
    scan_ticket: str,
    confirmed: bool,
    lines: Sequence[BasketLine],
    second_check: SecondCheck | None = None,
    wants_check: bool = False,
    by: str,
    at: datetime,
) -> Redemption:
    """Sell a basket to the household of a scan ticket, or refuse and leave no trace.

    A second check is proved beforehand by `sell`; `wants_check` asks for one even where the rules do not.
    """
    check_lines(lines)
    if confirmed is not True:
        raise ConfirmationRequired()
    ticket = find_ticket(session, village=village, ticket=scan_ticket, at=at)
    if ticket.keeps_hours:
        check_open(opening_hours(session, village=village), at)
    rules = villages.settings(session, village=village)

    ledger.lock_accounts(session, village=village, participants=[ticket.participant_id])
    roster.check_card(session, village=village, participant=ticket.participant_id, card=ticket.card_id)
    offers, spent_today = lock_offers(session, ticket, lines, village=village, at=at)
    basket = plan(lines, offers)
    limits.check_day(basket.total, spent_today, rules.daily_limit)

    sale = new_id(session)
    day = day_of(at)
    moves = _moves(sale, basket, village=village, by=by, at=at)
    checked = _checked(ticket, second_check)
    entry = _entry(sale, ticket, basket, checked, at)
    posted = ledger.post(session, [entry], village=village, by=by, at=at, request_id=request_id)[0]
    balance = posted.balances[entry.lines[0].source]
    # Asked last: nobody is sent for a PIN or a colleague to a sale that could not be made anyway.
    if checked["second_check"] == "none":
        _insist_on_second_check(ticket, basket, spent_today, rules, wants_check)
    row: dict[str, Any] = {
        "village_id": village,
        "id": sale,
        "participant_id": ticket.participant_id,
        "ticket_id": ticket.id,
    }
    row |= {"total": basket.total, "balance_after": balance, "log_index": posted.index}
    row |= {"sold_on": day, "sold_by": by, "sold_at": at, **checked}
    write(session, _INSERT_REDEMPTION, row)
    stock.shift(session, moves)
    stock.write_moves(session, moves)
    return Redemption(sale, "completed", basket.total, balance, posted.index, posted.leaf.hex())


def _checked(ticket: Ticket, second_check: SecondCheck | None) -> dict[str, str | None]:
    """The columns saying who else said yes."""
    if second_check is not None and second_check.ticket == ticket.id:
        return {"second_check": second_check.kind, "approver": second_check.approver}
    return {"second_check": "none", "approver": None}


def _insist_on_second_check(
    ticket: Ticket, basket: Plan, spent_today: Points, rules: villages.Settings, wants_check: bool
) -> None:
    """Raise PinRequired where somebody else must say yes, or something was given to be judged."""
    why = limits.why_second_check(
        basket.total,
        spent_today,
        typed=ticket.typed,
        single=rules.second_check_single,
        day=rules.second_check_day,
    )
    if why or wants_check:
        raise limits.PinRequired(why=why or "已填写密码")


def _entry(
    sale: str, ticket: Ticket, basket: Plan, checked: dict[str, str | None], at: datetime
) -> ledger.Entry:
    """The ledger's side of the sale: points from the household to the market, and what was handed over."""
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
    line = ledger.Line(household, market, ledger.POINTS, basket.total)
    return ledger.Entry(
        "redemption", day_of(at), (line,), words, source=("redemption", sale), new_source=True
    )


def _moves(sale: str, basket: Plan, *, village: str, by: str, at: datetime) -> list[dict[str, Any]]:
    """The shelf's side of the sale: one move for each kind of goods."""
    return [
        {
            "village_id": village,
            "goods_id": taking.offer.id,
            "position": taking.offer.moves + 1,
            "kind": "redeemed",
            "quantity": -taking.quantity,
            "stock_after": taking.offer.stock - taking.quantity,
            "redemption_id": sale,
            "price": taking.price,
            "note": "",
            "moved_by": by,
            "moved_at": at,
        }
        for taking in basket.takings
    ]
