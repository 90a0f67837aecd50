"""The books as the API tells them: transactions, postings and the anchors of closed months."""

from typing import Any

from marshmallow import fields

from pointsbank.labels.log_kind import LOG_KIND
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.ledger import ACCOUNT_KINDS
from pointsbank.schemas.base import PageQuery, ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import (
    Choice,
    Day,
    Digest,
    Flag,
    Month,
    PointsField,
    QueryNumber,
    RequestId,
    Text,
    UtcDateTime,
    WholeNumber,
)


class AccountSchema(ResponseSchema):
    """Whose account it is."""

    kind = Choice(*ACCOUNT_KINDS, required=True, note="participant 是一户的，其余是村里的。")
    participant = Text(maximum=32, required=True, allow_none=True, note="户号；村里的账户是 null。")


class PostingSchema(ResponseSchema):
    """One amount from one account to another."""

    source = fields.Nested(AccountSchema, required=True)
    destination = fields.Nested(AccountSchema, required=True)
    unit = Choice("points", "honour", required=True)
    amount = PointsField(required=True)


class SoldLineSchema(ResponseSchema):
    """Pieces of goods that were handed over or came back."""

    goods = Text(maximum=32, required=True, allow_none=True, note="商品编号。")
    quantity = WholeNumber(required=True, note="件数。")
    points = PointsField(required=True, allow_none=True, note="当时的单价（每件积分）。")


class WordsSchema(ResponseSchema):
    """Why points moved; what does not apply is null."""

    sentence = Text(maximum=1000, empty=True, required=True, note="给人看的一句话。")
    participant = Text(maximum=32, required=True, allow_none=True, note="户号。")
    heir = Text(maximum=32, required=True, allow_none=True, note="并户时，并入的户号。")
    item = Text(maximum=32, required=True, allow_none=True, note="评分：条目编号。")
    title = Text(maximum=200, required=True, allow_none=True, note="评分：条目当时的名称。")
    meeting = Text(maximum=64, required=True, allow_none=True, note="评分：评议会的编号。")
    counted_in = Month(required=True, allow_none=True, note="评分：计入哪个月。")
    note = Text(maximum=200, required=True, allow_none=True, note="录入时写的说明。")
    remark = Text(maximum=200, required=True, allow_none=True, note="封顶、回避等说明。")
    reason = Text(maximum=200, required=True, allow_none=True, note="撤销的原因。")
    second = Text(maximum=80, required=True, allow_none=True, note="第二位工作人员的姓名。")
    lines = fields.List(
        fields.Nested(SoldLineSchema),
        required=True,
        metadata={"description": "兑换和撤销：哪些商品各多少件；其他为空。"},
    )


class MovementSchema(ResponseSchema):
    """One movement, as the books and every statement tell of it."""

    index = WholeNumber(required=True, note="账本中的序号，连续不断。")
    kind = Choice(*TRANSACTION_KIND.codes, required=True)
    occurred_on = Day(required=True)
    recorded_at = UtcDateTime(required=True)
    reverses = WholeNumber(required=True, allow_none=True, note="撤销的是哪一笔。")
    words = fields.Nested(
        WordsSchema,
        required=True,
        allow_none=True,
        metadata={"description": "缘由，如条目、会议、商品；依法删除个人信息之后为空。"},
    )


class TransactionSchema(MovementSchema):
    """One movement as the books hold it."""

    actor = Text(maximum=80, required=True, note="办理人的姓名。")
    leaf = Digest(required=True, note="这一笔在存证树中的叶子（SHA-256）。")
    postings = fields.List(fields.Nested(PostingSchema), required=True)


TransactionPage = items_of(TransactionSchema)


class FollowedNumber(QueryNumber):
    """The number of the last entry that somebody has; -1 of who has none."""

    def read(self, value: Any) -> int:
        """Return the number."""
        return -1 if value == "-1" else super().read(value)


class TransactionQuery(PageQuery):
    """Which transactions to list."""

    after = FollowedNumber(
        minimum=-1,
        load_default=None,
        note="只要序号比它大的，从旧到新；照抄账本的程序填手里最后一笔的 index，从头抄填 -1。",
    )


class EntrySchema(ResponseSchema):
    """One entry of the log, in words."""

    index = WholeNumber(required=True, note="账本中的序号。")
    kind = Choice(*LOG_KIND.codes, required=True)
    recorded_at = UtcDateTime(required=True)
    about = WholeNumber(required=True, allow_none=True, note="关于哪一条（序号）。")
    actor = Text(maximum=80, required=True, allow_none=True, note="办理人的姓名；资料删除以后为 null。")
    sentence = Text(maximum=2000, empty=True, required=True, note="给人看的一句话。")


class AnchorSchema(ResponseSchema):
    """The digest printed on a closed month's poster."""

    month = Month(required=True)
    index = WholeNumber(required=True, note="月结那一笔在账本中的序号。")
    size = WholeNumber(required=True, note="封存了多少笔。")
    root = Digest(required=True, note="存证树的根。")
    prev = Digest(required=True, allow_none=True, note="上一个月的存证码。")
    anchor = Digest(required=True, note="存证码全文。")
    digits = Text(maximum=30, required=True, note="海报上的30位存证码。")
    made_at = UtcDateTime(required=True)


AnchorPage = items_of(AnchorSchema)


class SealedSchema(ResponseSchema):
    """A checkpoint, or a proof that leads to one, in the text form of C2SP."""

    month = Month(required=True, note="到哪个已月结的月份。")
    signed = Flag(required=True, note="检查点有没有本系统的签名；没有别的单位联署。")
    key = Text(maximum=300, required=True, allow_none=True, note="签名公钥（vkey）；没有签名时为 null。")
    text = Text(maximum=8000, required=True, note="原文，照样存成文件就能核对。")


class SealedQuery(Schema):
    """Of which closed month."""

    month = Month(load_default=None, note="已月结的月份；不写就是最近一个。")


class SealedInclusionQuery(SealedQuery):
    """Which entry, and up to which closed month."""

    index = QueryNumber(minimum=0, required=True, note="账本中的序号。")


class SealedConsistencyQuery(Schema):
    """Of which two closed months."""

    first = Month(required=True, note="较早的月份。")
    second = Month(required=True, note="较晚的月份。")


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
