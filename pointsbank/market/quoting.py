"""What a basket would cost a household, and whether a second person has to confirm it: before anything moves.

One function, `price_sale`, holds every rule a sale can fail before it is written. A quote runs it over rows
nobody locks; the sale runs it again over locked ones, so that what it decides still holds when it writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, roster, villages
from pointsbank.errors import Problem, Refused
from pointsbank.market import limits
from pointsbank.market.basket import BasketLine, Offer, PricedBasket, check_lines, price_basket
from pointsbank.market.goods import Goods, goods_list
from pointsbank.market.hours import opening_hours
from pointsbank.market.limits import Purse, SecondCheckNeed, second_check_step
from pointsbank.market.offering import Back, Standing, purse_with_back, standing, with_back
from pointsbank.market.offers import read_offers
from pointsbank.market.pin_age import PinStanding
from pointsbank.market.pins import pin_standing
from pointsbank.market.tickets import Ticket, find_ticket
from pointsbank.market.window import check_open
from pointsbank.points import Points

REDEMPTION = "redemption"
"""The kind of restriction that stands against every sale."""


class ConfirmationRequired(Refused):
    """The clerk has not said that the person at the counter belongs to the card."""

    code = "confirmation_required"
    sentence = "请核对来人与积分卡是否一致，再按“已核对，确认兑换”。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sale's cost and what it would leave, in hundredths; `needs` is None where the clerk suffices.

    `pin` says whether the household's PIN may confirm it: one younger than a day counts with the card only.
    It is None, and was not asked for, where nobody has to confirm.
    """

    total: Points
    balance: Points
    balance_after: Points
    needs: SecondCheckNeed | None
    pin: PinStanding | None

    @property
    def step(self) -> str:
        """What the counter does next, in words; nothing where the clerk suffices."""
        return second_check_step(self.needs, self.pin) if self.needs and self.pin else ""


@dataclass(frozen=True, slots=True)
class PricedSale:
    """A sale that may be made: whose, of what, from which balance, and who else has to confirm it."""

    ticket: Ticket
    basket: PricedBasket
    balance: Points
    needs: SecondCheckNeed | None


def quote(
    session: Session,
    *,
    village: str,
    scan_ticket: str,
    lines: Sequence[BasketLine],
    back: Back | None = None,
    at: datetime,
) -> Quote:
    """Return what a basket would cost, what it would leave, and whether a second person is needed.

    With `back` as if those pieces were back already; the balance is the one after that.
    Writes and locks nothing. Raises what `sell` would raise at this moment, but for PinRequired and
    ConfirmationRequired: those of `check_lines`, `find_ticket`, `check_open`, `villages.settings`,
    `roster.check_card`, `roster.refuse_restricted`, `read_offers`, `price_basket`, `check_day` and
    `ledger.check_funds`.

    Example:
        rice = BasketLine("M01", 2, Points(4000))
        quote(session, village="chayuan", scan_ticket=scan.scan_ticket, lines=[rice], at=now)
        # Quote(total=8000, balance=50000, balance_after=42000, needs=SecondCheckNeed("large_sale", …),
        #       pin="counts")
    """
    sale = price_sale(
        session,
        village=village,
        scan_ticket=scan_ticket,
        confirmed=True,
        lines=lines,
        back=back,
        at=at,
        lock=False,
    )
    total, ticket, pin = sale.basket.total, sale.ticket, None
    if sale.needs is not None:
        who = {"village": village, "participant": ticket.participant_id}
        pin = pin_standing(session, **who, typed=ticket.typed, at=at)
    return Quote(total, sale.balance, Points(sale.balance - total), sale.needs, pin)


def price_sale(
    session: Session,
    *,
    village: str,
    scan_ticket: str,
    confirmed: bool,
    lines: Sequence[BasketLine],
    back: Back | None = None,
    at: datetime,
    lock: bool,
) -> PricedSale:
    """Check a sale by every rule but the second check, and say whether that is needed.

    With `lock`, the household's ledger accounts and then the goods, ascending, stay locked until the write
    ends. What is needed comes last: nobody is sent for a PIN to a sale that could not be made anyway.

    Raises:
        BasketInvalid, QuantityInvalid, GoodsUnknown, GoodsInactive, PriceChanged, SoldOut, LimitReached:
            The basket cannot be sold as it is.
        ConfirmationRequired, TicketExpired, TicketUsed, WindowClosed: The counter cannot sell now.
        CardUnknown and the other refusals of `roster.check_card`: The card or the household may not spend.
        ParticipantRestricted: A veto keeps the household from redeeming for now.
        DailyLimitReached, InsufficientPoints: The household cannot spend as much.
        VillageUnknown: There is no such village.
    """
    check_lines(lines)
    if confirmed is not True:
        raise ConfirmationRequired()
    ticket = find_ticket(session, village=village, ticket=scan_ticket, at=at)
    if ticket.keeps_hours:
        check_open(opening_hours(session, village=village), at)

    who = {"village": village, "participant": ticket.participant_id}
    if lock:
        ledger.lock_accounts(session, village=village, participants=[ticket.participant_id])
    roster.check_card(session, **who, card=ticket.card_id)
    # Behind the lock that beginning a restriction waits for, too.
    roster.refuse_restricted(session, **who, kind=REDEMPTION, at=at)
    offers, spent_today = read_offers(session, ticket, lines, village=village, at=at, lock=lock)
    basket = price_basket(lines, with_back(offers, back, at))
    purse = purse_with_back(_purse(session, ticket, spent_today, village=village, lock=lock), back, at)
    problem = limits.why_too_dear(basket.total, purse)
    if problem is not None:
        raise problem
    needs = limits.second_check_need(
        basket.total, purse.spent_today, typed=purse.typed, single=purse.single, day=purse.day
    )
    return PricedSale(ticket, basket, purse.balance, needs)


def _purse(
    session: Session,
    ticket: Ticket,
    spent_today: Points,
    *,
    village: str,
    lock: bool,
) -> Purse:
    """Return what the household of a ticket may spend; with `lock` from its locked account."""
    rules = villages.settings(session, village=village)
    who = {"village": village, "participant": ticket.participant_id}
    balance = ledger.lock_balance(session, **who) if lock else ledger.balance(session, **who).points
    return Purse(
        balance,
        spent_today,
        rules.daily_limit,
        rules.second_check_single,
        rules.second_check_day,
        ticket.typed,
    )


@dataclass(frozen=True, slots=True)
class ShelfLine:
    """Goods on the shelf and what one household may have of them now."""

    goods: Goods
    standing: Standing


@dataclass(frozen=True, slots=True)
class ShelfOffer:
    """The whole shelf as one household may have it, and what it may spend.

    `refusal` stands against any sale: the shop is not open, the card may not spend.
    """

    ticket: Ticket
    purse: Purse
    lines: tuple[ShelfLine, ...]
    refusal: Problem | None


def offer_shelf(
    session: Session, *, village: str, scan_ticket: str, back: Back | None = None, at: datetime
) -> ShelfOffer:
    """Return what the household of a scan ticket may have of each kind of goods now, before it has chosen.

    By the rules of the sale itself, and as little binding as a quote. With `back` as if those pieces were
    back.

    Raises:
        TicketExpired, TicketUsed: the scan makes no sale any more.
        GoodsUnknown: as `read_offers`, if all goods were taken away this moment.
        VillageUnknown: there is no such village.

    Example:
        shelf = offer_shelf(session, village="chayuan", scan_ticket=scan.scan_ticket, at=now)
        shelf.lines[0].standing.maximum  # 3
    """
    ticket = find_ticket(session, village=village, ticket=scan_ticket, at=at)
    goods = goods_list(session, village=village, at=at)
    offers: Mapping[str, Offer] = {}
    spent = Points(0)
    if goods:
        wanted = [BasketLine(one.code, 1, one.points) for one in goods]
        offers, spent = read_offers(session, ticket, wanted, village=village, at=at, lock=False)
    purse = purse_with_back(_purse(session, ticket, spent, village=village, lock=False), back, at)
    offers = with_back(offers, back, at)
    lines = [ShelfLine(one, standing(offers[one.code], purse)) for one in goods if one.code in offers]
    return ShelfOffer(ticket, purse, tuple(lines), _against(session, ticket, village=village, at=at))


def _against(session: Session, ticket: Ticket, *, village: str, at: datetime) -> Problem | None:
    """Return what stands against any sale on this scan, or None."""
    try:
        if ticket.keeps_hours:
            check_open(opening_hours(session, village=village), at)
        who = {"village": village, "participant": ticket.participant_id}
        roster.check_card(session, **who, card=ticket.card_id)
        roster.refuse_restricted(session, **who, kind=REDEMPTION, at=at)
    except Problem as problem:
        return problem
    return None
