"""Requests and answers of stocktakes: counts, signatures, differences."""

from marshmallow import fields

from pointsbank.schemas.base import ReplayableAnswer, RequestBody, ResponseSchema, items_of
from pointsbank.schemas.fields import Choice, Text, UtcDateTime, WholeNumber

MAXIMUM_STOCK = 1_000_000
STATES = ("open", "signed", "posted", "discarded")
WALK = "open 清点中，signed 第一人已签字，posted 两人签字并已入账，discarded 已作废。"


class StocktakeBody(RequestBody):
    """A stocktake that begins."""

    note = Text(maximum=200, empty=True, load_default="")


class CountBody(RequestBody):
    """Pieces counted of one kind of goods."""

    goods = Text(maximum=32, required=True, note="商品编号。")
    pieces = WholeNumber(minimum=0, maximum=MAXIMUM_STOCK, required=True, note="点到的件数；没有就是0。")


class SignatureBody(RequestBody):
    """A signature; the server knows whether it is the first or the second."""

    seen = Text(
        maximum=60, load_default=None, note="签字人看到的 mark；填了而内容已变，就拒绝，请重新核对后再签。"
    )


class StepAnswer(ReplayableAnswer):
    """What a step made of a stocktake, now or by the same request before."""

    id = Text(maximum=64, required=True)
    state = Choice(*STATES, required=True, note=WALK)
    index = WholeNumber(required=True, allow_none=True, note="入账之后在账本中的序号。")


class CountSchema(ResponseSchema):
    """Pieces counted of one kind of goods, beside what the books said at that moment."""

    goods = Text(maximum=32, required=True)
    book = WholeNumber(required=True, note="清点时的账面库存。")
    counted = WholeNumber(required=True)
    difference = WholeNumber(minimum=-MAXIMUM_STOCK, required=True, note="实点减账面；负数是盘亏。")


class CountAnswer(CountSchema, ReplayableAnswer):
    """The count as recorded."""

    id = Text(maximum=64, required=True)


class CountedLineSchema(CountSchema):
    """One kind of goods as it was last counted."""

    name = Text(maximum=60, required=True)
    counted_by = Text(maximum=80, required=True, note="清点人的姓名。")
    counted_at = UtcDateTime(required=True)


class SignerSchema(ResponseSchema):
    """Who signed, and when."""

    name = Text(maximum=80, required=True)
    at = UtcDateTime(required=True)


class StocktakeSummary(ResponseSchema):
    """A stocktake in the list."""

    id = Text(maximum=64, required=True)
    status = Choice(*STATES, required=True, note=WALK)
    note = Text(maximum=200, empty=True, required=True)
    begun_at = UtcDateTime(required=True)
    goods = WholeNumber(required=True, note="清点了几种商品。")
    surplus = WholeNumber(required=True, note="盘盈合计件数。")
    missing = WholeNumber(required=True, note="盘亏合计件数。")
    first_signature = fields.Nested(SignerSchema, required=True, allow_none=True)
    second_signature = fields.Nested(SignerSchema, required=True, allow_none=True)
    index = WholeNumber(required=True, allow_none=True, note="入账之后在账本中的序号。")


StocktakePage = items_of(StocktakeSummary)


class StocktakeSchema(StocktakeSummary):
    """A stocktake with everything counted in it."""

    lines = fields.List(fields.Nested(CountedLineSchema), required=True)
    returns = WholeNumber(required=True, note="第一个签字被退回过几次。")
    mark = Text(maximum=60, required=True, note="每走一步就变；签字时放进 seen。")
