"""The shelf as one household may have it, without a scan at the counter: for its own page, binding nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.market.basket import BasketLine, Offer
from pointsbank.market.goods import Goods, goods_list
from pointsbank.market.limits import Purse
from pointsbank.market.offering import Standing, standing
from pointsbank.market.offers import read_offers
from pointsbank.market.tickets import Ticket
from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class OwnGoods:
    """Goods and what a household may have of them now; `taken` pieces this month, of limited ones alone."""

    goods: Goods
    standing: Standing
    taken: int


def own_shelf(session: Session, *, village: str, participant: str, at: datetime) -> list[OwnGoods]:
    """Return what is on offer and how many of each a household (id) may have now, by the rules of a sale.

    Raises:
        GoodsUnknown: as `read_offers`, if all goods were taken away this moment.
        VillageUnknown: there is no such village.

    Example:
        market.own_shelf(session, village="chayuan", participant=wang.id, at=now)[0].standing.words
        # "还差3积分"
    """
    goods = goods_list(session, village=village, at=at)
    if not goods:
        return []
    # Nobody scanned anything: a ticket that was never written stands for the household.
    nobody = Ticket("", participant, None, False, at, False)
    wanted = [BasketLine(one.code, 1, one.points) for one in goods]
    offers: Mapping[str, Offer]
    offers, spent = read_offers(session, nobody, wanted, village=village, at=at, lock=False)
    rules = villages.settings(session, village=village)
    balance = ledger.balance(session, village=village, participant=participant).points
    purse = Purse(balance, Points(spent), rules.daily_limit, 0, 0, False)
    return [
        OwnGoods(one, standing(offers[one.code], purse), offers[one.code].taken)
        for one in goods
        if one.code in offers
    ]
