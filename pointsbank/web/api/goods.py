"""Goods with price and stock, and the moves of their stock."""

from dataclasses import asdict
from typing import Any

from pointsbank import market
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.market import (
    GoodsPage,
    GoodsSchema,
    StockMoveAnswer,
    StockMoveBody,
    UndoingAnswer,
    UndoingBody,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("goods", "商品与库存")


@routes.get("/goods", "列出商品、积分价和库存", Permission.GOODS_VIEW)
@routes.json(GoodsPage, query=PageQuery)
def list_goods(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the goods on offer with their price and stock at this moment."""
    with access.database().reading() as session:
        goods = market.goods_list(session, village=village, at=access.now())
    return page_of(goods, query, lambda one: [one.code])


@routes.get("/goods/<key:goods>", "查看一种商品", Permission.GOODS_VIEW)
@routes.json(GoodsSchema)
def show_goods(village: str, goods: str) -> market.Goods:
    """Show one kind of goods, on offer or not."""
    with access.database().reading() as session:
        return market.goods_by_code(session, village=village, code=goods, at=access.now())


@routes.post("/goods/<key:goods>/stock-moves", "登记进货、捐赠或损耗", Permission.STOCK_MOVE)
@routes.json(StockMoveAnswer, body=StockMoveBody, status=201)
def move_stock(body: dict[str, Any], village: str, goods: str) -> dict[str, Any]:
    """Receive goods, take in a donation or write off what spoiled."""
    with access.database().writing() as session:
        move = market.move_stock(session, village=village, goods=goods, **body, **access.by_and_at())
    # The journal writes what went with a minus; here the kind says the direction, as in the request.
    return {**asdict(move), "quantity": abs(move.quantity)}


@routes.post(
    "/goods/<key:goods>/stock-moves/<key:position>/undoing",
    "撤回登记错的进货、捐赠或损耗",
    Permission.STOCK_MOVE,
)
@routes.json(UndoingAnswer, body=UndoingBody, status=201)
def undo_stock_move(body: dict[str, Any], village: str, goods: str, position: str) -> market.UndoneMove:
    """Undo a delivery, donation or loss that was entered wrongly; once."""
    with access.database().writing() as session:
        place = market.read_position(position)
        return market.undo_move(
            session, village=village, goods=goods, position=place, **body, **access.by_and_at()
        )
