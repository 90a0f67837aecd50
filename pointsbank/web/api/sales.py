"""What was redeemed, and how the stock of goods moved."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from pointsbank import market, roster, staff
from pointsbank.market import JournalLine, SoldBasket
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.market_reads import SalePage, SaleSchema, StockMovePage, StockMoveSchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import cursor, position
from pointsbank.web.api.routes import Routes

routes = Routes("sales", "兑换记录与库存变动")


@routes.get("/redemptions", "列出兑换，最新的在前", Permission.SALES_VIEW)
@routes.json(SalePage, query=PageQuery)
def list_redemptions(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the village's redemptions, newest first."""
    with access.database().reading() as session:
        page = market.redemptions(
            session, village=village, before=position(query["cursor"]), limit=query["limit"]
        )
        return {"items": _described(session, village, page.items), "next": cursor(page.next)}


@routes.get("/redemptions/<key:redemption>", "查看一笔兑换", Permission.SALES_VIEW)
@routes.json(SaleSchema)
def show_redemption(village: str, redemption: str) -> dict[str, Any]:
    """Show one redemption."""
    with access.database().reading() as session:
        found = market.redemption_by_id(session, village=village, redemption=redemption)
        return _described(session, village, [found])[0]


@routes.get("/goods/<key:goods>/stock-moves", "列出一种商品的库存变动，最新的在前", Permission.GOODS_VIEW)
@routes.json(StockMovePage, query=PageQuery)
def list_stock_moves(query: dict[str, Any], village: str, goods: str) -> dict[str, Any]:
    """List how the stock of one kind of goods moved, newest first."""
    with access.database().reading() as session:
        market.goods_by_code(session, village=village, code=goods, at=access.now())
        before, limit = position(query["cursor"]), query["limit"]
        found = market.stock_journal(session, village=village, goods=goods, before=before, limit=limit + 1)
    rows = [_moved(one) for one in found[:limit]]
    return {"items": rows, "next": cursor(found[limit - 1].position) if len(found) > limit else None}


@routes.get("/goods/<key:goods>/stock-moves/<key:position>", "查看一笔库存变动", Permission.GOODS_VIEW)
@routes.json(StockMoveSchema)
def show_stock_move(village: str, goods: str, position: str) -> dict[str, Any]:
    """Show one move of the stock of one kind of goods."""
    with access.database().reading() as session:
        market.goods_by_code(session, village=village, code=goods, at=access.now())
        place = market.read_position(position)
        return _moved(market.stock_move(session, village=village, goods=goods, position=place))


def _moved(move: JournalLine) -> dict[str, Any]:
    """A move of the stock, with the redemption it belongs to."""
    return asdict(move) | {"redemption": move.redemption_id}


def _described(session: Session, village: str, found: list[SoldBasket]) -> list[dict[str, Any]]:
    """Redemptions with the codes of households and the names of staff."""
    ids = {who for one in found for who in (one.sold_by, one.approver) if who}
    names = staff.actors(session, ids=ids)
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in found})
    return [
        asdict(one)
        | {
            "participant": people[one.participant_id].code,
            "balance": one.balance_after,
            "kept": one.kept,
            "status": one.status,
            "sold_by": names.get(one.sold_by, one.sold_by),
            "approver": names.get(one.approver, one.approver) if one.approver else None,
        }
        for one in found
    ]
