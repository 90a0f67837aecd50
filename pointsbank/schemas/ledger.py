"""The books as the API tells them: transactions, postings and the anchors of closed months."""

from marshmallow import fields

from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import (
    Choice,
    Day,
    Digest,
    Month,
    PointsField,
    QueryNumber,
    RequestId,
    Text,
    UtcDateTime,
    WholeNumber,
)


class PostingSchema(ResponseSchema):
    """One amount from one account to another."""

    source = Text(maximum=80, required=True)
    destination = Text(maximum=80, required=True)
    unit = Choice("points", "honour", required=True)
    amount = PointsField(required=True)


class MovementSchema(ResponseSchema):
    """One movement, as the books and every statement tell of it."""

    index = WholeNumber(required=True, note="账本中的序号，连续不断。")
    kind = Text(maximum=20, required=True)
    occurred_on = Day(required=True)
    recorded_at = UtcDateTime(required=True)
    reverses = WholeNumber(required=True, allow_none=True, note="撤销的是哪一笔。")
    words = fields.Dict(
        keys=fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "缘由，如条目、会议、商品；依法删除个人信息之后为空。"},
    )


class TransactionSchema(MovementSchema):
    """One movement as the books hold it."""

    actor = Text(maximum=80, required=True)
    leaf = Digest(required=True, note="这一笔在存证树中的叶子（SHA-256）。")
    postings = fields.List(fields.Nested(PostingSchema), required=True)


TransactionPage = items_of(TransactionSchema)


class AnchorSchema(ResponseSchema):
    """The digest printed on a closed month's poster."""

    month = Month(required=True)
    index = WholeNumber(required=True, note="结账那一笔在账本中的序号。")
    size = WholeNumber(required=True, note="封存了多少笔。")
    root = Digest(required=True, note="存证树的根。")
    prev = Digest(required=True, allow_none=True, note="上一个月的存证码。")
    anchor = Digest(required=True, note="存证码全文。")
    digits = Text(maximum=30, required=True, note="海报上的30位存证码。")
    made_at = UtcDateTime(required=True)


AnchorPage = items_of(AnchorSchema)


class RequestAnswer(ResponseSchema):
    """Whether the act with a request id was kept."""

    request_id = RequestId()
    kept = fields.Boolean(required=True, metadata={"description": "有没有记下；没有记下的也不在途中。"})
    recorded_at = UtcDateTime(required=True, allow_none=True, note="记下的时刻。")


class InclusionQuery(Schema):
    """Which entry, in the log of how many."""

    index = QueryNumber(minimum=0, required=True, note="账本中的序号。")
    size = QueryNumber(minimum=1, load_default=None, note="前多少条的树；不填是全部。")


class InclusionSchema(ResponseSchema):
    """An audit path of RFC 9162: the entry's leaf stands in the tree."""

    index = WholeNumber(required=True)
    size = WholeNumber(required=True, note="树里有多少条。")
    leaf = Digest(required=True)
    root = Digest(required=True, note="树根。")
    path = fields.List(Digest(), required=True)


class ConsistencyQuery(Schema):
    """The two sizes of the log."""

    first = QueryNumber(minimum=1, required=True, note="较早的条数，例如海报上的 size。")
    second = QueryNumber(minimum=1, load_default=None, note="较晚的条数；不填是全部。")


class ConsistencySchema(ResponseSchema):
    """A consistency proof of RFC 9162: the earlier log is the beginning of the later one."""

    first = WholeNumber(required=True)
    second = WholeNumber(required=True)
    first_root = Digest(required=True)
    second_root = Digest(required=True)
    path = fields.List(Digest(), required=True)
