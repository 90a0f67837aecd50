"""Notices and objections to them."""

from marshmallow import fields

from pointsbank.labels.objection_remedy import OBJECTION_REMEDY
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import (
    Choice,
    Day,
    Flag,
    Nested,
    PointsField,
    Text,
    UtcDateTime,
    WholeNumber,
)
from pointsbank.schemas.quantity import Quantity


class NoticeSchema(ResponseSchema):
    """A meeting's result, hung out for everybody to see and to object to."""

    id = Text(maximum=64, required=True)
    meeting = Text(maximum=64, required=True)
    title = Text(maximum=110, required=True)
    published_at = UtcDateTime(required=True)
    published_on = Day(required=True, note="评议会结束的那一天。")
    days = WholeNumber(required=True, note="张贴以后公示几天。")
    hung_on = Day(
        required=True, allow_none=True, note="第一处张贴的日期，公示期从第二天起算；还没有张贴的为空。"
    )
    ends_on = Day(
        required=True, allow_none=True, note="公示的最后一天，第二天起可以入账；还没有登记张贴的为空。"
    )
    status = Choice("open", "settled", required=True)
    settled_at = UtcDateTime(required=True, allow_none=True)


NoticePage = items_of(NoticeSchema)


class HangingBody(Schema):
    """Where the paper of a notice hangs, and since when."""

    place = Text(maximum=60, required=True, note="贴在哪里。")
    hung_on = Day(
        load_default=None, allow_none=True, note="哪一天贴的，不早于评议会结束、不晚于今天；不写就是今天。"
    )


class NoticeHangingBody(HangingBody):
    """The same of a notice, with the size of the paper."""

    size = Choice(*PAPER_SIZE.codes, load_default="a4", note="纸张大小；以后有更正，用一样大的纸贴在这里。")


class HangingSchema(ResponseSchema):
    """One place where the paper of a notice hangs."""

    notice = Text(maximum=64, required=True)
    number = WholeNumber(required=True, note="这份公示的第几处。")
    place = Text(maximum=60, required=True)
    hung_on = Day(required=True)
    recorded_at = UtcDateTime(required=True)


HangingPage = items_of(HangingSchema)


class SettledSchema(ResponseSchema):
    """What settling did."""

    notice = fields.Nested(NoticeSchema, required=True)
    posted = WholeNumber(required=True, note="这一次入账的条数。")
    contested = WholeNumber(required=True, note="因异议暂不入账的条数。")
    already = Flag(required=True, note="以前已经入过账，这次什么也没有动。")


class ObjectionBody(Schema):
    """What somebody says against one score; who would not give a name is said to be so."""

    raised_by = Text(maximum=60, required=True, note="谁提出的；不愿留名的写匿名，口头提出的写口头。")
    reason = Text(maximum=500, lines=True, required=True)


class ShouldBeBody(Schema):
    """What a score should have been, or a deed that is missing; what is left out is as on the score."""

    participant = Text(maximum=40, note="户号。", attribute="participant_code")
    item = Text(maximum=32, note="条目编号。")
    occurred_on = Day(note="事情发生的日期。")
    quantity = Quantity(allow_none=True)
    points = PointsField(minimum=0, allow_none=True, note="区间条目：评议的分值，不带正负号。")


class DecisionBody(Schema):
    """The written answer to an objection.

    Upheld, `should_be` is what is put in the score's place, and nothing where it is left out; with `missing`
    the score stands, and that deed becomes a line of the next meeting.
    """

    upheld = Flag(required=True, note="true：异议成立；false：维持。")
    reason = Text(maximum=500, lines=True, required=True)
    should_be = Nested(ShouldBeBody, load_default=None, allow_none=True)
    missing = Nested(ShouldBeBody, load_default=None, allow_none=True)


class ObjectionSchema(ResponseSchema):
    """An objection, with its answer once there is one."""

    id = Text(maximum=64, required=True)
    notice = Text(maximum=64, required=True)
    score = Text(maximum=64, required=True)
    raised_by = Text(maximum=60, empty=True, required=True)
    reason = Text(maximum=500, required=True)
    raised_on = Day(required=True)
    due_on = Day(required=True, note="应在这一天之前书面答复。")
    status = Choice("open", "upheld", "rejected", required=True)
    decided_at = UtcDateTime(required=True, allow_none=True)
    decision = Text(maximum=500, required=True, allow_none=True)
    remedy = Choice("", *OBJECTION_REMEDY.codes, required=True, note="成立的怎样办了；不成立的为空。")


ObjectionPage = items_of(ObjectionSchema)
