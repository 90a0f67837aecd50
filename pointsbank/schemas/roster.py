"""Participants and their statements as the API tells them."""

from marshmallow import fields

from pointsbank.roster import KINDS, PARTICIPANT_STATUSES
from pointsbank.schemas.base import PageQuery, ResponseSchema, items_of
from pointsbank.schemas.fields import Choice, PointsField, Text, WholeNumber
from pointsbank.schemas.ledger import MovementSchema

_QUERY = (
    "户号、姓名、拼音、首字母、小组或卡号。最符合的在前：户号或卡号一字不差的，整个姓名，姓名的开头，中间，"
    "最后是小组；一样符合的按户号排。"
)


class ParticipantQuery(PageQuery):
    """Which participants to list."""

    # As long as what a scanner reads from a card.
    query = Text(maximum=300, empty=True, load_default="", note=_QUERY)
    group = Text(maximum=60, load_default=None, note="小组名称。")
    kind = Choice(*KINDS, load_default=None)


class ParticipantSchema(ResponseSchema):
    """A participant with what it has."""

    code = Text(maximum=32, required=True, note="户号：唯一可靠的标识，姓名会重复。")
    name = Text(maximum=60, required=True)
    kind = Choice(*KINDS, required=True)
    group = Text(maximum=60, empty=True, required=True, note="小组名称；不属于任何小组的为空。")
    people = WholeNumber(required=True)
    status = Choice(*PARTICIPANT_STATUSES, required=True)
    balance = PointsField(required=True, note="可用积分。")
    honour = PointsField(required=True, note="荣誉积分：只用来评比，不能花。")


ParticipantPage = items_of(ParticipantSchema)


class StatementQuery(PageQuery):
    """Which lines of a statement to give, newest first."""

    unit = Choice("points", "honour", load_default="points")


class StatementLine(MovementSchema):
    """One movement, and what there was after it."""

    amount = PointsField(required=True, note="收入为正，支出为负。")
    balance = PointsField(required=True)
    reversed_by = WholeNumber(required=True, allow_none=True, note="被哪一笔撤销。")
    score = Text(maximum=64, required=True, allow_none=True, note="来自哪条评分；不是评分的为空。")


class StatementPage(ResponseSchema):
    """A page of a statement."""

    participant = fields.String(required=True)
    unit = Choice("points", "honour", required=True)
    items = fields.List(fields.Nested(StatementLine), required=True)
    next = fields.String(required=True, allow_none=True)
