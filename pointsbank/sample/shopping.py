"""Redemptions at the 文明超市: households scan their cards and take what their points buy."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pointsbank import market
from pointsbank.errors import Refused
from pointsbank.market import BasketLine, Goods
from pointsbank.points import Points
from pointsbank.roster import IssuedCard
from pointsbank.sample.stage import CODE, SEED, Stage, moment

# Below the village's limit for a second check: at the counter most baskets are.
_BASKET = Points(5000)


def shop(stage: Stage, cards: Sequence[IssuedCard], *, first: date, days: int, count: int) -> list[str]:
    """Let households redeem over some days until `count` baskets are sold; gives the redemptions' ids."""
    draw = Random(f"{SEED} {first.isoformat()} shop")
    with stage.database.reading() as session:
        shelf = market.goods_list(session, village=CODE, at=moment(first))
    sold: list[str] = []
    per_day = -(-count // days)
    for day in (first + timedelta(days=number) for number in range(days)):
        for place, card in enumerate(draw.sample(list(cards), 3 * per_day)):
            if len(sold) >= min(count, per_day * ((day - first).days + 1)):
                break
            redemption = _visit(stage, card, shelf, draw, on=day, place=place)
            if redemption:
                sold.append(redemption)
    return sold


def _visit(
    stage: Stage, card: IssuedCard, shelf: Sequence[Goods], draw: Random, *, on: date, place: int
) -> str | None:
    """One household at the counter; None where nothing it could afford was left."""
    at, by = moment(on, 9 + place // 30, 2 * (place % 30)), stage.staff["chen"]
    try:
        scan = market.try_scan(stage.database, village=CODE, text=card.token, by=by, at=at)
        lines = _basket(shelf, min(scan.balance, _BASKET), draw)
        if not lines:
            return None
        sale = market.sell(
            stage.database,
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
    """Up to six kinds of goods that the purse can pay: a household comes for what it saved up."""
    lines: list[BasketLine] = []
    for goods in draw.sample(list(shelf), 6):
        if goods.points <= purse:
            lines.append(BasketLine(goods=goods.code, quantity=1, points=goods.points))
            purse -= goods.points
    return lines


def restock(stage: Stage, *, on: date) -> None:
    """Bring what was sold since the shelves were filled, in tens, as a village does that watches its stock.

    A village worth copying has goods on its shelf for the points that it gives.
    """
    with stage.database.reading() as session:
        shelf = market.goods_list(session, village=CODE, at=moment(on))
    for place, goods in enumerate(shelf):
        missing = -(-(stage.filled[goods.code] - goods.stock) // 10) * 10
        if missing > 0:
            stage.act(
                market.move_stock,
                by="chen",
                at=moment(on, 8, place),
                request_id=f"sample-{goods.code}-{on.isoformat()}",
                goods=goods.code,
                kind="received",
                quantity=missing,
                note="村集体采购补货",
            )
