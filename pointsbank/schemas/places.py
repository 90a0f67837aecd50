"""Groups, months and cards of a village as the API tells them."""

from marshmallow import fields

from pointsbank.labels.batch_scope import BATCH_SCOPE
from pointsbank.labels.card_status import CARD_STATUS
from pointsbank.schemas.base import PageQuery, ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Flag, ListOf, Month, Pattern, Text, UtcDateTime, WholeNumber
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
        note="printed 待发放，active 使用中，replaced 已换新，revoked 已挂失或作废。",
    )
    slot = WholeNumber(minimum=1, required=True, note="这一户的第几张卡；一户可以有几张同时使用。")
    label = Text(maximum=8, empty=True, required=True, note="放在哪里，例如城里；没有写的是空的。")
    batch = WholeNumber(required=True, allow_none=True, note="第几批；没有批号的旧卡是 null。")
    place = WholeNumber(required=True, allow_none=True, note="这一批的第几张。")
    issued_at = UtcDateTime(required=True)
    changed_at = UtcDateTime(required=True, note="从何时起是这个状态。")


CardPage = items_of(CardSchema)


class LossBody(Schema):
    """Which card of a household is lost."""

    number = Text(maximum=20, load_default=None, note="卡号；只有一张使用中的卡时可以不写。")


class BatchSchema(ResponseSchema):
    """A batch of cards, and how they stand now."""

    number = WholeNumber(required=True, note="第几批；0是没有批号的旧卡。")
    scope = Choice("", *BATCH_SCOPE.codes, required=True, note="给谁打印的；批号0的是空的。")
    public_url = Text(maximum=200, empty=True, required=True, note="卡上的公开网址；不知道的是空的。")
    printed_at = UtcDateTime(required=True)
    cards = WholeNumber(required=True, note="打印多少张。")
    active = WholeNumber(required=True, note="使用中。")
    left = WholeNumber(required=True, note="待发放。")
    voided_at = UtcDateTime(required=True, allow_none=True, note="没有发放的何时作废。")


BatchPage = items_of(BatchSchema)


class BatchHandOutBody(Schema):
    """Which cards of a batch were given to their households: their numbers, or all that are left."""

    numbers = ListOf(Text(maximum=20), minimum=1, maximum=3000, load_default=None)


class VoidedSchema(ResponseSchema):
    """How many cards of a batch were made useless."""

    batch = WholeNumber(required=True)
    voided = WholeNumber(required=True, note="没有发放、现在作废的张数。")
