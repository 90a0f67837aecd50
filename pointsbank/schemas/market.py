"""What the till and the shelf send and get."""

from marshmallow import fields

from pointsbank.schemas.base import ReplayableAnswer, RequestBody, ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import (
    Choice,
    Flag,
    ListOf,
    Nested,
    Pattern,
    PointsField,
    Text,
    UtcDateTime,
    WholeNumber,
)

MAXIMUM_PIECES = 9_999
MAXIMUM_LINES = 50


class ScanBody(Schema):
    """Whatever a scanner read from a card, or the number typed from it."""

    code = Text(maximum=1000, required=True, note="扫码得到的全部文字，或手工输入的卡号。")


class ScannedParticipant(ResponseSchema):
    """Whose card it is: as much as a clerk must see to compare, and no more."""

    code = Text(maximum=32, required=True)
    name = Text(maximum=60, required=True)
    group = Text(maximum=60, empty=True, required=True)


class ScanAnswer(ResponseSchema):
    """The household in front of the till, and the ticket that one sale may use."""

    participant = fields.Nested(ScannedParticipant, required=True)
    balance = PointsField(required=True)
    honour = PointsField(required=True)
    scan_ticket = Text(maximum=200, required=True)
    expires_at = UtcDateTime(required=True)


class LineBody(Schema):
    """Some pieces of one kind of goods at the price that was shown."""

    goods = Text(maximum=32, required=True, note="商品编号。")
    quantity = WholeNumber(minimum=1, maximum=MAXIMUM_PIECES, required=True, note="件数。")
    points = PointsField(minimum=0, required=True, note="屏幕上显示的单价（每件积分）。")


class QuoteBody(Schema):
    """A basket whose sale is only worked out."""

    scan_ticket = Text(maximum=200, required=True)
    lines = ListOf(Nested(LineBody), minimum=1, maximum=MAXIMUM_LINES, required=True)


class RedemptionBody(QuoteBody, RequestBody):
    """One sale."""

    confirmed = Flag(load_default=False, note="店员已当面核对。")
    pin = Pattern("[0-9]{6}", sentence="密码是6位数字。")
    approver = Text(maximum=60, note="在场的另一位工作人员的账号。")
    approver_password = Pattern(".{1,200}", sentence="请填写密码。")


class RedemptionAnswer(ReplayableAnswer):
    """A sale that was made."""

    id = Text(maximum=64, required=True)
    total = PointsField(required=True)
    balance = PointsField(required=True)
    index = WholeNumber(required=True, note="账本中的序号。")


class NeedSchema(ResponseSchema):
    """Why somebody besides the clerk has to confirm a sale."""

    reason = Choice(
        "typed", "large_sale", "large_day", required=True, note="没有扫卡；一次超额；当天累计超额。"
    )
    detail = Text(maximum=100, required=True, attribute="words", note="给人看的一句话。")


class QuoteAnswer(ResponseSchema):
    """What a sale would cost and leave, and whether it needs a PIN or a second member of staff."""

    total = PointsField(required=True)
    balance = PointsField(required=True)
    balance_after = PointsField(required=True)
    needs = fields.Nested(NeedSchema, required=True, allow_none=True)
    pin = Choice(
        "counts",
        "too_new",
        "none",
        required=True,
        allow_none=True,
        note="这一户的密码能不能确认这一笔：counts 能；too_new 设好不满一天，没有扫卡时不能；none 没有密码；"
        "不用再确认的，是 null。",
    )


class ReversalBody(RequestBody):
    """Why a sale is taken back."""

    reason = Text(maximum=200, required=True)


class ReversalAnswer(RedemptionAnswer):
    """A sale taken back: points and goods are where they were."""

    id = Text(maximum=64, required=True, attribute="redemption")


class PiecesBody(Schema):
    """Some pieces of one kind of goods that come back."""

    goods = Text(maximum=32, required=True, note="商品编号。")
    quantity = WholeNumber(minimum=1, maximum=MAXIMUM_PIECES, required=True, note="退回的件数。")


class ReturnBody(ReversalBody):
    """Which pieces of a sale come back, and why."""

    pieces = ListOf(Nested(PiecesBody), minimum=1, maximum=MAXIMUM_LINES, required=True)


class ReturnAnswer(ReplayableAnswer):
    """Pieces taken back: their points, the balance after, and the place in the log."""

    redemption = Text(maximum=64, required=True)
    number = WholeNumber(required=True, note="这笔兑换的第几次退回。")
    total = PointsField(required=True, note="退回的积分。")
    balance = PointsField(required=True)
    index = WholeNumber(required=True, note="账本中的序号。")


class ExchangeBody(RedemptionBody):
    """One sale, in exchange for pieces of another that come back."""

    pieces = ListOf(Nested(PiecesBody), minimum=1, maximum=MAXIMUM_LINES, required=True)
    reason = Text(maximum=200, required=True)


class ShelfBody(Schema):
    """The scan whose household stands at the counter."""

    scan_ticket = Text(maximum=200, required=True)


class ShelfLineSchema(ResponseSchema):
    """One kind of goods, and how many pieces this household may have now."""

    goods = Text(maximum=32, required=True, note="商品编号。")
    name = Text(maximum=60, required=True)
    points = PointsField(required=True, note="每件积分。")
    stock = WholeNumber(required=True)
    maximum = WholeNumber(required=True, note="现在最多能兑换几件；不能兑换的是0。")
    reason = Text(maximum=64, required=True, allow_none=True, note="不能兑换的原因（code）；能兑换是 null。")
    detail = Text(maximum=200, required=True, allow_none=True, note="给人看的一句话。")


class ShelfAnswer(ResponseSchema):
    """The shelf as one household may have it now."""

    balance = PointsField(required=True)
    spendable = PointsField(required=True, note="一次最多能兑换的积分。")
    alone = PointsField(required=True, note="店员一个人能办到多少积分；超过要再有人确认。")
    lines = fields.List(fields.Nested(ShelfLineSchema), required=True)


class UndoingBody(RequestBody):
    """Why a stock move that was entered wrongly is undone."""

    reason = Text(maximum=180, required=True)


class UndoingAnswer(ReplayableAnswer):
    """The move that was undone, the one that undoes it, and what is on the shelf after it."""

    goods = Text(maximum=32, required=True)
    undone = WholeNumber(required=True, note="撤回的是第几次变动。")
    position = WholeNumber(required=True, note="撤回本身是第几次变动。")
    quantity = WholeNumber(minimum=-MAXIMUM_PIECES * 1000, required=True, note="库存因此增减的件数。")
    stock = WholeNumber(required=True, note="撤回之后的库存。")


class GoodsSchema(ResponseSchema):
    """One kind of goods on the shelf."""

    code = Text(maximum=32, required=True)
    name = Text(maximum=60, required=True)
    spec = Text(maximum=60, empty=True, required=True)
    category = Text(maximum=60, empty=True, required=True)
    points = PointsField(required=True, note="每件积分。")
    stock = WholeNumber(required=True)
    limit_per_month = WholeNumber(required=True, allow_none=True, note="每户每月限量；不限是 null。")
    active = Flag(required=True, note="在货架上。")


GoodsPage = items_of(GoodsSchema)


class StockMoveBody(RequestBody):
    """Pieces that came in or were lost; the kind says the direction."""

    kind = Choice("received", "donated", "spoiled", required=True)
    quantity = WholeNumber(minimum=1, maximum=MAXIMUM_PIECES, required=True)
    note = Text(maximum=200, empty=True, load_default="")


class StockMoveAnswer(ReplayableAnswer):
    """The move as recorded, and what is on the shelf after it."""

    goods = Text(maximum=32, required=True)
    kind = Choice("received", "donated", "spoiled", required=True)
    quantity = WholeNumber(required=True)
    stock = WholeNumber(required=True, note="变动之后的库存。")
    position = WholeNumber(required=True, note="这种商品的第几次变动。")
    note = Text(maximum=200, empty=True, required=True)
    moved_at = UtcDateTime(required=True)
