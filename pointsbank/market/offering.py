"""What a household at the counter may have of the shelf, and why not more: the rules of a sale, asked early.

The page greys out, the API answers and the sale refuses by the same two functions, `basket.why_not` and
`limits.why_too_dear`; here they are only asked about one piece, and solved for the most pieces.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from pointsbank.dates import day_of, month_of
from pointsbank.errors import Problem
from pointsbank.market.basket import MAXIMUM_PIECES, Offer, why_not
from pointsbank.market.limits import Purse, why_too_dear
from pointsbank.market.returning import choose_back, find_sale, sold_pieces
from pointsbank.points import Points, show


@dataclass(frozen=True, slots=True)
class Back:
    """Pieces (by code of goods) about to come back in exchange, their points, and when they were sold."""

    redemption: str
    pieces: Mapping[str, int]
    points: Points
    sold_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How many pieces of goods a household may have now; why none, as a refusal and in a few words."""

    maximum: int
    problem: Problem | None
    words: str


def standing(offer: Offer, purse: Purse) -> Standing:
    """Return how many pieces of an offer may be sold to this purse: up to so many, and not one more.

    Example:
        standing(rice, purse)  # Standing(maximum=0, problem=InsufficientPoints(…), words="还差10积分")
    """
    problem = why_not(offer, 1) or why_too_dear(offer.price or Points(0), purse)
    if problem is not None:
        return Standing(0, problem, _briefly(problem, offer, purse))
    bounds = [MAXIMUM_PIECES, offer.stock]
    if offer.limit_per_month is not None:
        bounds.append(offer.limit_per_month - offer.taken)
    if offer.price:
        bounds.append(purse.spendable // offer.price)
    return Standing(min(bounds), None, "")


_BRIEFLY = {
    "sold_out": "已兑完",
    "goods_inactive": "已下架",
    "limit_reached": "本月已满{limit}件",
    "insufficient_points": "还差{missing}积分",
    "daily_limit_reached": "今天只能再兑{left}积分",
}


def _briefly(problem: Problem, offer: Offer, purse: Purse) -> str:
    """Return a refusal in a few words, for a shelf on a phone."""
    missing = show(max(0, (offer.price or 0) - purse.balance))
    left = show(max(0, (purse.daily_limit or 0) - purse.spent_today))
    return _BRIEFLY[problem.code].format(limit=offer.limit_per_month, missing=missing, left=left)


def with_back(offers: Mapping[str, Offer], back: Back | None, at: datetime) -> dict[str, Offer]:
    """Return offers as they are once some pieces have come back.

    They count as taken no more if they were sold in the same month.
    """
    if back is None:
        return dict(offers)
    same_month = month_of(back.sold_on) == month_of(day_of(at))
    return {
        code: replace(
            offer,
            stock=offer.stock + back.pieces.get(code, 0),
            taken=offer.taken - (back.pieces.get(code, 0) if same_month and offer.limit_per_month else 0),
        )
        for code, offer in offers.items()
    }


def purse_with_back(purse: Purse, back: Back | None, at: datetime) -> Purse:
    """Return what a household may spend once the points of some pieces are back."""
    if back is None:
        return purse
    spent = purse.spent_today - (back.points if back.sold_on == day_of(at) else 0)
    return replace(purse, balance=Points(purse.balance + back.points), spent_today=Points(spent))


def read_back(session: Session, *, village: str, redemption: str, pieces: Mapping[str, int]) -> Back:
    """Return what an exchange would bring back; raises RedemptionUnknown and those of `choose_back`.

    Example:
        read_back(session, village="chayuan", redemption=sale.id, pieces={"S03": 1}).points  # 200
    """
    sale = find_sale(session, village=village, redemption=redemption)
    chosen = choose_back(sold_pieces(session, village=village, redemption=redemption), pieces)
    total = sum(count * line.price for line, count in chosen)
    return Back(redemption, dict(pieces), Points(total), sale.sold_on)
