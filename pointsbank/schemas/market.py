"""What the till and the shelf send and get."""

from marshmallow import fields

from pointsbank.schemas.base import Answer, Shape, items_of
from pointsbank.schemas.fields import (
    Choice,
    Flag,
    Moment,
    Part,
    PointsField,
    RequestId,
    Several,
    Shaped,
    Text,
    WholeNumber,
)

MOST_PIECES = 9_999
MOST_LINES = 50


class ScanBody(Shape):
    """Whatever a scanner read from a card, or the number typed from it."""

    code = Text(most=1000, required=True, note="扫码得到的全部文字，或手工输入的卡号。")


class ScannedParticipant(Answer):
    """Whose card it is: as much as a clerk must see to compare, and no more."""

    code = Text(most=32, required=True)
    name = Text(most=60, required=True)
    group = Text(most=60, empty=True, required=True)


class ScanAnswer(Answer):
    """The household in front of the till, and the ticket that one sale may use."""

    participant = fields.Nested(ScannedParticipant, required=True)
    balance = PointsField(required=True)
    honour = PointsField(required=True)
    scan_ticket = Text(most=200, required=True)
    expires_at = Moment(required=True)


class LineBody(Shape):
    """Some pieces of one kind of goods at the price that was shown."""

    goods = Text(most=32, required=True, note="商品编号。")
    quantity = WholeNumber(least=1, most=MOST_PIECES, required=True, note="件数。")
    points = PointsField(least=0, required=True, note="屏幕上显示的单价（每件积分）。")


class RedemptionBody(Shape):
    """One sale."""

    request_id = RequestId()
    scan_ticket = Text(most=200, required=True)
    confirmed = Flag(load_default=False, note="店员已当面核对。")
    lines = Several(Part(LineBody), least=1, most=MOST_LINES, required=True)
    pin = Shaped("[0-9]{6}", sentence="密码是6位数字。")
    approver = Text(most=60, note="在场的另一位工作人员的登录名。")
    approver_password = Shaped(".{1,200}", sentence="请填写密码。")


class RedemptionAnswer(Answer):
    """A sale that was made, now or by the same request before."""

    id = Text(most=64, required=True)
    status = Choice("completed", "replayed", required=True)
    total = PointsField(required=True)
    balance = PointsField(required=True)
    index = WholeNumber(required=True, note="账本中的序号。")


class ReversalBody(Shape):
    """Why a sale is taken back."""

    request_id = RequestId()
    reason = Text(most=200, required=True)


class ReversalAnswer(Answer):
    """A sale taken back: points and goods are where they were."""

    id = Text(most=64, required=True, attribute="redemption")
    status = Choice("completed", "replayed", required=True)
    total = PointsField(required=True)
    balance = PointsField(required=True)
    index = WholeNumber(required=True)


class GoodsShape(Answer):
    """One kind of goods on the shelf."""

    code = Text(most=32, required=True)
    name = Text(most=60, required=True)
    spec = Text(most=60, empty=True, required=True)
    points = PointsField(required=True)
    stock = WholeNumber(required=True)


GoodsPage = items_of(GoodsShape)


class StockMoveBody(Shape):
    """Pieces that came in or were lost; the kind says the direction."""

    request_id = RequestId()
    kind = Choice("received", "donated", "spoiled", required=True)
    quantity = WholeNumber(least=1, most=MOST_PIECES, required=True)
    note = Text(most=200, empty=True, load_default="")


class StockMoveAnswer(Answer):
    """The move as recorded, and what is on the shelf after it."""

    status = Choice("completed", "replayed", required=True)
    goods = Text(most=32, required=True)
    kind = Choice("received", "donated", "spoiled", required=True)
    quantity = WholeNumber(required=True)
    stock = WholeNumber(required=True, note="变动之后的库存。")
    position = WholeNumber(required=True, note="这种商品的第几次变动。")
    note = Text(most=200, empty=True, required=True)
    moved_at = Moment(required=True)
