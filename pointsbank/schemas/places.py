"""Groups, months and cards of a village as the API tells them."""

from marshmallow import fields

from pointsbank.labels.card_status import CARD_STATUS
from pointsbank.schemas.base import PageQuery, ResponseSchema, items_of
from pointsbank.schemas.fields import Choice, Flag, Month, Pattern, Text, UtcDateTime, WholeNumber
from pointsbank.schemas.ledger import AnchorSchema


class GroupSchema(ResponseSchema):
    """A group of households."""

    name = Text(maximum=60, required=True, note="小组名称，别处的 group 就是它。")
    position = WholeNumber(required=True, note="排在第几。")
    participants = WholeNumber(required=True, note="多少户，不含已销户的。")


GroupPage = items_of(GroupSchema)


class MonthSchema(ResponseSchema):
    """A month of the village's books."""

    month = Month(required=True)
    closed = Flag(required=True, note="已月结。")
    anchor = fields.Nested(AnchorSchema, required=True, allow_none=True)


MonthPage = items_of(MonthSchema)


class CardQuery(PageQuery):
    """Which cards to list."""

    participant = Text(maximum=32, load_default=None, note="户号。")
    status = Choice(*CARD_STATUS.codes, load_default=None)


class CardSchema(ResponseSchema):
    """A card: what is printed on it and how it stands, never its secret."""

    number = Pattern("[0-9]{9}", required=True, note="卡面上的九位卡号。")
    participant = Text(maximum=32, required=True, note="户号。")
    status = Choice(
        *CARD_STATUS.codes,
        required=True,
        note="printed 待发放，active 使用中，replaced 已换新，revoked 已挂失。",
    )
    issued_at = UtcDateTime(required=True)
    changed_at = UtcDateTime(required=True, note="从何时起是这个状态。")


CardPage = items_of(CardSchema)
