"""What points buy, in a line, and when the shop is open; the whole price list has a page of its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import market
from pointsbank.disclosure.base import Section
from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class Shelf:
    """How many kinds of goods are offered, from which price to which; whether the shop is open now.

    `minimum` and `maximum` are hundredths of a point, None where nothing is offered; `hours` is empty where
    the shop set none.
    """

    kinds: int
    minimum: Points | None
    maximum: Points | None
    hours: str
    is_open: bool
    now: str


def gather(session: Session, *, village: str, at: datetime) -> Shelf:
    """Return what the shop offers at this moment, in figures."""
    hours = market.opening_hours(session, village=village)
    prices = [one.points for one in market.goods_list(session, village=village, at=at)]
    return Shelf(
        kinds=len(prices),
        minimum=min(prices, default=None),
        maximum=max(prices, default=None),
        hours=market.hours_in_words(hours),
        is_open=market.is_open(hours, at),
        now=market.opening_in_words(hours, at),
    )


SECTION = Section(name="prices", title="积分换什么", position=40, gather=gather)
