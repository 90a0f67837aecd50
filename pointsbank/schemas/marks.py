"""Judged items: what is before a meeting's panel, judges' marks, what they come to."""

from marshmallow import fields

from pointsbank.labels.case_status import CASE_STATUS
from pointsbank.labels.mark_way import MARK_WAY
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Flag, ListOf, Nested, PointsField, Text, WholeNumber


class CasesBody(Schema):
    """Households and one judged item to be put before the panel."""

    participants = ListOf(Text(maximum=64), maximum=200, required=True, metadata={"description": "户号。"})
    item = Text(maximum=32, required=True)
    occurred_on = Day(required=True)


class MarkBody(Schema):
    """One mark of a judge."""

    case = Text(maximum=64, required=True, note="一件打分的 id。")
    mark = PointsField(minimum=0, required=True, note="不带正负号。")


class MarksBody(Schema):
    """One judge's marks."""

    judge = WholeNumber(minimum=1, maximum=999, required=True, note="在名单里排第几。")
    way = Choice("screen", "paper", required=True, note="screen 会场电脑，paper 纸上抄录。")
    marks = ListOf(Nested(MarkBody), maximum=200, required=True)


class MarksWritten(ResponseSchema):
    """How many marks were written; those that stood already are not."""

    written = WholeNumber(required=True)


class DrawingBody(Schema):
    """Whether a deed that was judged already is meant once more."""

    confirmed = Flag(load_default=False)


class MarkSchema(ResponseSchema):
    """One judge's mark, once nobody's is missing."""

    judge = WholeNumber(required=True, attribute="position")
    name = Text(maximum=60, required=True)
    mark = PointsField(required=True)
    way = Choice(*MARK_WAY.codes, required=True)


class CaseSchema(ResponseSchema):
    """One household and one judged item before the panel."""

    id = Text(maximum=64, required=True)
    number = WholeNumber(required=True)
    participant = Text(maximum=64, required=True)
    item = Text(maximum=32, required=True)
    occurred_on = Day(required=True)
    status = Choice(*CASE_STATUS.codes, required=True)
    missing = fields.List(fields.Integer(), required=True, metadata={"description": "还没有打分的人排第几。"})
    recused = fields.List(fields.Integer(), required=True, metadata={"description": "回避的人排第几。"})
    marks = fields.List(
        fields.Nested(MarkSchema), required=True, metadata={"description": "大家都打完才有。"}
    )
    mark = PointsField(required=True, allow_none=True, note="按评议小组的规则算出的分。")
    lowest = PointsField(required=True, allow_none=True)
    highest = PointsField(required=True, allow_none=True)
    score = Text(maximum=64, required=True, allow_none=True, note="计入的评分的 id。")


CasePage = items_of(CaseSchema)
