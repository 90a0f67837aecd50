"""What the shop has and what it costs, and of each whether the household's points are enough."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import market
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit


@dataclass(frozen=True, slots=True)
class Priced:
    """Goods, their price in hundredths, and what the household may have of them, in words."""

    name: str
    spec: str
    price: int
    enough: bool
    words: str
    limit: str


def gather(session: Session, *, visit: CardVisit, at: datetime) -> tuple[Priced, ...] | None:
    """Return the shelf as the visit's household may have it, what it can have first; None without a shop."""
    shelf = market.own_shelf(session, village=visit.village, participant=visit.participant, at=at)
    if not shelf:
        return None
    return tuple(sorted(map(_priced, shelf), key=lambda one: (not one.enough, one.price, one.name)))


def _priced(one: market.OwnGoods) -> Priced:
    """Return goods with 够, or why not."""
    goods, standing = one.goods, one.standing
    limit = ""
    if goods.limit_per_month is not None:
        left = max(0, goods.limit_per_month - one.taken)
        limit = f"每户每月{goods.limit_per_month}件，本月还能换{left}件"
    enough = standing.maximum > 0
    words = "够" if enough else standing.words.replace("已兑完", "售完").replace("积分", "分")
    return Priced(goods.name, goods.spec, goods.points, enough, words, limit)


SECTION = Section(name="prices", title="能换什么", position=50, gather=gather)
