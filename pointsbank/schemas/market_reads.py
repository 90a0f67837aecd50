"""Sales and stock moves as the API tells them."""

from marshmallow import fields

from pointsbank.labels.redemption_status import REDEMPTION_STATUS
from pointsbank.labels.second_check import SECOND_CHECK
from pointsbank.labels.stock_move_kind import STOCK_MOVE_KIND
from pointsbank.schemas.base import ResponseSchema, items_of
from pointsbank.schemas.fields import Choice, Day, PointsField, Text, UtcDateTime, WholeNumber
from pointsbank.schemas.market import MAXIMUM_PIECES


class SaleLineSchema(ResponseSchema):
    """Pieces of one kind of goods, at the price of then."""

    goods = Text(maximum=32, required=True, note="商品编号。")
    name = Text(maximum=60, required=True)
    spec = Text(maximum=60, empty=True, required=True)
    quantity = WholeNumber(required=True, note="件数。")
    points = PointsField(required=True, note="当时的单价（每件积分）。")
    returned = WholeNumber(required=True, note="其中已退回的件数。")


class SaleSchema(ResponseSchema):
    """A redemption as it was made, and what of it was taken back."""

    id = Text(maximum=64, required=True)
    participant = Text(maximum=32, required=True, note="户号。")
    total = PointsField(required=True)
    balance = PointsField(required=True, note="兑换之后的余额，当时的。")
    kept = PointsField(required=True, note="减去退回的，还算兑换的积分。")
    status = Choice(*REDEMPTION_STATUS.codes, required=True)
    index = WholeNumber(required=True, note="账本中的序号。")
    sold_on = Day(required=True)
    sold_at = UtcDateTime(required=True)
    sold_by = Text(maximum=80, required=True, note="店员的姓名。")
    second_check = Choice(*SECOND_CHECK.codes, required=True, note="扫卡之外还凭什么确认。")
    approver = Text(maximum=80, required=True, allow_none=True, note="第二位工作人员的姓名。")
    reversed_at = UtcDateTime(required=True, allow_none=True, note="全部退回的时刻；还有没退的是 null。")
    lines = fields.List(fields.Nested(SaleLineSchema), required=True)


SalePage = items_of(SaleSchema)


class StockMoveSchema(ResponseSchema):
    """One move of the stock of one kind of goods."""

    position = WholeNumber(required=True, note="这种商品的第几次变动。")
    kind = Choice(*STOCK_MOVE_KIND.codes, required=True)
    quantity = WholeNumber(
        minimum=-MAXIMUM_PIECES * 1000, required=True, note="进货、捐赠、退回为正；兑换、损耗为负。"
    )
    stock = WholeNumber(required=True, note="变动之后的库存。")
    redemption = Text(maximum=64, required=True, allow_none=True, note="属于哪一笔兑换。")
    undone_by = WholeNumber(required=True, allow_none=True, note="被第几次变动撤回；没有撤回是 null。")
    note = Text(maximum=200, empty=True, required=True)
    moved_at = UtcDateTime(required=True)


StockMovePage = items_of(StockMoveSchema)
