"""What points buy: the shop's hours, whether it is open, and what is on the shelf at what price."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import governing, market
from pointsbank.dates import SHANGHAI, day_in_short, day_of, start_of_day
from pointsbank.disclosure.facts import may_hang
from pointsbank.law import Cleared
from pointsbank.points import Points, show

_FEW = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of goods: price of one piece in hundredths, how many a household may have in a month.

    `stock`: how many pieces are left; `coming`: prices that are set for later, in words.
    """

    code: str
    name: Cleared
    spec: Cleared
    category: Cleared
    points: Points
    limit_per_month: int | None
    stock: int
    coming: tuple[str, ...] = ()

    @property
    def left(self) -> str:
        """Return in words whether it can be had: so many where they are few."""
        if self.stock <= 0:
            return "已兑完"
        return f"还有{self.stock}件" if self.stock <= _FEW else "有货"


@dataclass(frozen=True, slots=True)
class PriceList:
    """The shop's hours in words, none where it set none; whether it is open, in words too; what it offers."""

    hours: str
    is_open: bool
    now: str
    offers: tuple[Offer, ...]

    @property
    def categories(self) -> dict[Cleared, list[Offer]]:
        """The offers by category, in the order of their codes."""
        found: dict[Cleared, list[Offer]] = {}
        for one in self.offers:
            found.setdefault(one.category, []).append(one)
        return found


def _coming(now: Points, later: Iterable[market.LaterPrice], today: date) -> tuple[str, ...]:
    """Return the prices that will hold instead: 9月1日起45分.

    >>> later = [market.LaterPrice(Points(4500), start_of_day(date(2026, 9, 1)))]
    >>> _coming(Points(4000), later, date(2026, 8, 9))
    ('9月1日起45分',)
    """
    found = []
    for one in market.price_changes(now, later):
        day = day_of(one.valid_from)
        begins = one.valid_from == start_of_day(day)
        hour = "" if begins else f"{one.valid_from.astimezone(SHANGHAI):%H:%M}"
        found.append(f"{day_in_short(day, today)}{hour}起{show(one.points)}分")
    return tuple(found)


def price_list(session: Session, *, village: str, at: datetime) -> PriceList:
    """Return what points buy at this moment.

    Example:
        price_list(session, village="chayuan", at=now).offers[0].left  # "还有5件"
    """
    hours = market.opening_hours(session, village=village)
    people = governing.named_people(session, village=village)
    goods = market.goods_list(session, village=village, at=at)
    later = market.later_prices(session, village=village, at=at)
    return PriceList(
        hours=market.hours_in_words(hours),
        is_open=market.is_open(hours, at),
        now=market.opening_in_words(hours, at),
        offers=tuple(
            Offer(
                code=one.code,
                name=may_hang(one.name, f"商品{one.code}", people),
                spec=may_hang(one.spec, "", people),
                category=may_hang(one.category, "", people),
                points=one.points,
                limit_per_month=one.limit_per_month,
                stock=one.stock,
                coming=_coming(one.points, later.get(one.code, ()), day_of(at)),
            )
            for one in goods
        ),
    )
