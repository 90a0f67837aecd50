"""The till: a card is scanned, goods are redeemed, a sale is taken back."""

from typing import Any

from pointsbank import market
from pointsbank.market import BasketLine
from pointsbank.schemas.market import (
    ExchangeBody,
    QuoteAnswer,
    QuoteBody,
    RedemptionAnswer,
    RedemptionBody,
    ReturnAnswer,
    ReturnBody,
    ReversalAnswer,
    ReversalBody,
    ScanAnswer,
    ScanBody,
    ShelfAnswer,
    ShelfBody,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.routes import Routes

routes = Routes("till", "柜台：扫卡、兑换、撤销")


@routes.post("/card-scans", "扫卡或输入卡号，得到一次兑换用的扫卡凭证", Permission.TILL)
@routes.json(ScanAnswer, body=ScanBody, status=201)
def scan_card(body: dict[str, Any], village: str) -> market.Scan:
    """Scan a card, or type its number: whose it is, and a ticket for one sale."""
    return market.try_scan(access.database(), village=village, text=body["code"], **access.by_and_at())


@routes.post("/redemptions/shelf", "这一户现在能兑换哪些商品、各几件，不能的说明原因", Permission.TILL)
@routes.json(ShelfAnswer, body=ShelfBody)
def offer_shelf(body: dict[str, Any], village: str) -> dict[str, Any]:
    """Show the shelf as the household of a scan ticket may have it now."""
    with access.database().reading() as session:
        shelf = market.offer_shelf(session, village=village, at=access.now(), **body)
    if shelf.refusal is not None:
        raise shelf.refusal
    lines = [
        {
            "goods": line.goods.code,
            "name": line.goods.name,
            "points": line.goods.points,
            "stock": line.goods.stock,
            "maximum": line.standing.maximum,
            "reason": line.standing.problem.code if line.standing.problem else None,
            "detail": line.standing.problem.detail if line.standing.problem else None,
        }
        for line in shelf.lines
    ]
    purse = shelf.purse
    return {"balance": purse.balance, "spendable": purse.spendable, "alone": purse.alone, "lines": lines}


@routes.post("/redemptions/quote", "试算一笔兑换：合计、余额、要不要再有人确认", Permission.TILL)
@routes.json(QuoteAnswer, body=QuoteBody)
def quote(body: dict[str, Any], village: str) -> market.Quote:
    """Work out what a basket would cost and leave, and whether a second person is needed."""
    lines = [BasketLine(**line) for line in body["lines"]]
    with access.database().reading() as session:
        return market.quote(
            session, village=village, scan_ticket=body["scan_ticket"], lines=lines, at=access.now()
        )


@routes.post("/redemptions", "兑换商品", Permission.TILL)
@routes.json(RedemptionAnswer, body=RedemptionBody, status=201)
def redeem(body: dict[str, Any], village: str) -> object:
    """Redeem goods for points."""
    lines = [BasketLine(**line) for line in body.pop("lines")]
    return market.sell(access.database(), village=village, lines=lines, **body, **access.by_and_at())


@routes.post(
    "/redemptions/<key:redemption>/reversal", "撤销一笔兑换，积分和库存都退回", Permission.TILL_REVERSE
)
@routes.json(ReversalAnswer, body=ReversalBody, status=201)
def reverse_redemption(body: dict[str, Any], village: str, redemption: str) -> object:
    """Reverse a redemption: points and stock return."""
    return market.take_back(
        access.database(), village=village, redemption=redemption, **body, **access.by_and_at()
    )


@routes.post(
    "/redemptions/<key:redemption>/returns", "退回一笔兑换中的几件，退回这几件的积分", Permission.TILL_REVERSE
)
@routes.json(ReturnAnswer, body=ReturnBody, status=201)
def return_redeemed_pieces(body: dict[str, Any], village: str, redemption: str) -> object:
    """Take some pieces of a redemption back: exactly their points and these pieces return."""
    pieces = _pieces(body.pop("pieces"))
    return market.take_back_pieces(
        access.database(), village=village, redemption=redemption, pieces=pieces, **body, **access.by_and_at()
    )


@routes.post(
    "/redemptions/<key:redemption>/exchange",
    "把一笔兑换中的几件换成别的商品，两样一起办成或都不办",
    Permission.TILL_REVERSE,
)
@routes.json(RedemptionAnswer, body=ExchangeBody, status=201)
def exchange_redeemed_pieces(body: dict[str, Any], village: str, redemption: str) -> object:
    """Take pieces of one redemption back and redeem other goods, both or neither."""
    pieces = _pieces(body.pop("pieces"))
    lines = [BasketLine(**line) for line in body.pop("lines")]
    back: dict[str, Any] = {"redemption": redemption, "pieces": pieces}
    return market.exchange(
        access.database(), village=village, lines=lines, **back, **body, **access.by_and_at()
    )


def _pieces(listed: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many pieces come back, by the code of goods."""
    pieces: dict[str, int] = {}
    for one in listed:
        pieces[one["goods"]] = pieces.get(one["goods"], 0) + one["quantity"]
    return pieces
