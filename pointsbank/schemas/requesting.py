"""What a program sends to request an act of two people, and how it hears whether it waits or is done."""

from marshmallow import fields

from pointsbank.labels.erasure_reason import ERASURE_REASON
from pointsbank.points import Points
from pointsbank.schemas.approvals import ApprovalSchema
from pointsbank.schemas.base import ResponseSchema, Schema
from pointsbank.schemas.fields import (
    Choice,
    Day,
    Flag,
    ListOf,
    Nested,
    Pattern,
    PointsField,
    Text,
    WholeNumber,
)

MAXIMUM_CARDS = 200


class HandedCardBody(Schema):
    """One new card, as it was scanned, and the six digits that its household typed, if it wants a PIN."""

    code = Text(maximum=1000, required=True, note="扫新卡得到的全部文字；卡号不行。")
    pin = Pattern("[0-9]{6}", sentence="密码是6位数字。", load_default=None, allow_none=True)


class HandOutBody(Schema):
    """The cards that were given to their households."""

    cards = ListOf(Nested(HandedCardBody), minimum=1, maximum=MAXIMUM_CARDS, required=True)


class ClosingBody(Schema):
    """By what decision a household ends, and of which other one it becomes part, if any."""

    decision = Text(maximum=200, required=True, note="依据的决定：会议、日期、原因。")
    heir = Text(maximum=40, load_default=None, allow_none=True, note="并入的户号；不填就是销户。")


class MonthCloseBody(Schema):
    """That what stays as it is was read, e.g. that nobody is on the red board."""

    heeded = Flag(load_default=False, note="拒绝时列出的事已经看过，照样月结。")


class FileBody(Schema):
    """What is to change in a participant's file, and why; what is not given stays."""

    name = Text(maximum=60, load_default=None, note="户主、姓名或名称。")
    people = WholeNumber(minimum=0, maximum=100, load_default=None, note="人口。")
    address = Text(maximum=100, empty=True, load_default=None, note="地址；空的是没有。")
    group = Text(maximum=60, empty=True, load_default=None, note="小组名称；不是户的可以为空。")
    status = Choice(
        "active",
        "away",
        "suspended",
        load_default=None,
        note="away是常年在外：不排名、不算进平均数，照样可以评分、兑换。",
    )
    reason = Text(maximum=200, required=True, note="为什么改，写进账本日志。")


class SplitBody(Schema):
    """Who leaves a household, with what, by what decision."""

    code = Text(maximum=32, required=True, note="新户的户号。")
    name = Text(maximum=60, required=True, note="新户的户主。")
    people = WholeNumber(minimum=1, maximum=99, required=True, note="分出去几个人。")
    group = Text(maximum=60, load_default=None, allow_none=True, note="新户的小组；不填就是原户的小组。")
    address = Text(maximum=100, empty=True, load_default="", note="新户的地址。")
    points = PointsField(minimum=0, load_default=Points(0), note="分出多少可用积分；不填就全部留在原户。")
    honour = PointsField(minimum=0, load_default=Points(0), note="分出多少荣誉积分；不填就全部留在原户。")
    decision = Text(maximum=200, required=True, note="依据的决定：会议、日期、内容。")


class MoveBody(Schema):
    """Into which group a household moves, by what decision."""

    group = Text(maximum=60, required=True, note="小组名称。")
    decision = Text(maximum=200, required=True, note="依据的决定：会议、日期、内容。")


class GiftBody(Schema):
    """Points for no deed out of the charity account, and why."""

    points = PointsField(minimum=0, required=True, note="大于0，一次最多10000分。")
    reason = Text(maximum=200, required=True, note="为什么赠送。")


class ErasureBody(Schema):
    """Why the words about a closed household go."""

    reason = Choice(*ERASURE_REASON.codes, required=True)


class PriceBody(Schema):
    """A new price from now on, or from the beginning of a later day."""

    points = PointsField(minimum=0, required=True, note="每件积分，大于0。")
    from_day = Day(load_default=None, allow_none=True, note="从哪天起；不填就是现在。")


class GoodsWordsBody(Schema):
    """What goods are to be called; what is not given stays."""

    name = Text(maximum=60, required=True, note="名称。")
    spec = Text(maximum=60, empty=True, load_default="", note="规格；留空是没有规格。")
    category = Text(maximum=60, empty=True, load_default=None, allow_none=True, note="类别；不填就不变。")


class MonthlyLimitBody(Schema):
    """How many pieces a household may have a month; null for as many as there are."""

    limit = WholeNumber(minimum=1, maximum=9999, required=True, allow_none=True, note="件数；null是不限。")


class SettingBody(Schema):
    """A setting's new value, written as on its page."""

    value = Text(maximum=300, empty=True, required=True, note="写法与“设置”页相同；不限请留空。")


class ChangedAnswer(ResponseSchema):
    """Whether the change counts already, or waits for a second person."""

    done = Flag(required=True, note="已经生效；否则要等别人确认。")
    approval = fields.Nested(ApprovalSchema, required=True, allow_none=True)
