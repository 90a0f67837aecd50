"""The till: a card is scanned, goods are redeemed, a sale is taken back."""

from typing import Any

from pointsbank import market
from pointsbank.market import BasketLine
from pointsbank.schemas.market import (
    QuoteAnswer,
    QuoteBody,
    RedemptionAnswer,
    RedemptionBody,
    ReversalAnswer,
    ReversalBody,
    ScanAnswer,
    ScanBody,
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
