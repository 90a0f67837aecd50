"""Redemptions at the 文明超市: households scan their cards and take what their points buy."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pointsbank import market
from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.market import BasketLine, Goods
from pointsbank.points import Points
from pointsbank.roster import IssuedCard
from pointsbank.sample.village import CODE, SEED, moment

# Below the village's limit for a second check: at the counter most baskets are.
_BASKET = Points(5000)


def shop(
    database: Database, cards: Sequence[IssuedCard], *, first: date, days: int, count: int, by: str
) -> list[str]:
    """Let households redeem over some days until `count` baskets are sold; gives the redemptions' ids."""
    draw = Random(f"{SEED} {first.isoformat()} shop")
    with database.reading() as session:
        shelf = market.goods_list(session, village=CODE, at=moment(first))
    sold: list[str] = []
    per_day = -(-count // days)
    for day in (first + timedelta(days=number) for number in range(days)):
        for place, card in enumerate(draw.sample(list(cards), 3 * per_day)):
            if len(sold) >= min(count, per_day * ((day - first).days + 1)):
                break
            redemption = _visit(database, card, shelf, draw, on=day, place=place, by=by)
            if redemption:
                sold.append(redemption)
    return sold


def _visit(
    database: Database,
    card: IssuedCard,
    shelf: Sequence[Goods],
    draw: Random,
    *,
    on: date,
    place: int,
    by: str,
) -> str | None:
    """One household at the counter; None where nothing it could afford was left."""
    at = moment(on, 9 + place // 30, 2 * (place % 30))
    try:
        scan = market.try_scan(database, village=CODE, text=card.token, by=by, at=at)
        lines = _basket(shelf, min(scan.balance, _BASKET), draw)
        if not lines:
            return None
        sale = market.sell(
            database,
            village=CODE,
            request_id=f"sample-{on.isoformat()}-{place:04d}",
            scan_ticket=scan.scan_ticket,
            confirmed=True,
            lines=lines,
            by=by,
            at=at + timedelta(seconds=40),
        )
    except Refused:
        # Sold out or over a limit: it happens, and stands in the till's record of refusals.
        return None
    return sale.id


def _basket(shelf: Sequence[Goods], purse: int, draw: Random) -> list[BasketLine]:
    """One or two kinds of goods that the purse can pay."""
    lines: list[BasketLine] = []
    for goods in draw.sample(list(shelf), 2):
        if goods.points <= purse:
            lines.append(BasketLine(goods=goods.code, quantity=1, points=goods.points))
            purse -= goods.points
    return lines
