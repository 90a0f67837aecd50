"""What is entered at the counter, and what came of it."""

from pointsbank.schemas.base import ReplayableAnswer, RequestBody
from pointsbank.schemas.fields import PointsField, Text, WholeNumber
from pointsbank.schemas.quantity import Quantity


class CounterEntryBody(RequestBody):
    """What a household brings today."""

    participant = Text(maximum=32, required=True, note="户号。")
    item = Text(maximum=32, required=True, note="条目编号，细则里写了“柜台登记”的。")
    quantity = Quantity(load_default=None, allow_none=True, note="按量条目：公斤数、次数、小时数。")


class CounterEntrySchema(ReplayableAnswer):
    """An entry at the counter, posted."""

    score = Text(maximum=64, required=True)
    day_book = Text(maximum=64, required=True, note="当天的柜台登记。")
    participant = Text(maximum=32, required=True, note="户号。")
    item = Text(maximum=32, required=True)
    counted_points = PointsField(required=True, note="封顶之后计入的分值。")
    balance = PointsField(required=True, note="登记以后的可用积分。")
    remark = Text(maximum=200, empty=True, required=True, note="为什么少计。")
    index = WholeNumber(required=True, note="在账本中的序号。")
