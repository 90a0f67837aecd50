"""Meetings and the scores entered in them."""

from marshmallow import ValidationError, fields, validates_schema

from pointsbank.labels.agenda_kind import AGENDA_KIND
from pointsbank.labels.attendance import ATTENDANCE
from pointsbank.labels.correction_status import CORRECTION_STATUS
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.meeting_status import MEETING_STATUS
from pointsbank.labels.panel_kind import PANEL_KIND
from pointsbank.labels.panel_rule import PANEL_RULE
from pointsbank.labels.relation import RELATION
from pointsbank.labels.seat_kind import SEAT_KIND
from pointsbank.schemas.base import ReplayableAnswer, RequestBody, ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import (
    Choice,
    Day,
    Flag,
    ListOf,
    Month,
    Nested,
    PointsField,
    Text,
    UtcDateTime,
    WholeNumber,
)
from pointsbank.schemas.quantity import Quantity
from pointsbank.scoring import CONTESTED, ENTERED, POSTED, PUBLISHED, WITHDRAWN

MAXIMUM_PEOPLE = 50


class AgendaLineBody(Schema):
    """One line of an agenda."""

    kind = Choice(*AGENDA_KIND.codes, required=True)
    subject = Text(maximum=200, empty=True, load_default="", note="具体议什么；可以不填。")


class MeetingBody(Schema):
    """A meeting that begins, or is called for a later day: its day, panel, who else judges, who is away."""

    held_on = Day(required=True, note="今天或以前：马上开始；以后的日子：先召集，到那天再开始。")
    title = Text(maximum=100, required=True)
    place = Text(maximum=100, empty=True, load_default="")
    panel = Text(maximum=40, load_default=None, allow_none=True, note="评议小组的 id；成员都先算到场。")
    agenda = ListOf(Nested(AgendaLineBody), maximum=30, load_default=list)
    judges = ListOf(
        Text(maximum=60),
        maximum=MAXIMUM_PEOPLE,
        load_default=list,
        metadata={"description": "评议小组以外到场的评议员；没有评议小组的至少一位。"},
    )
    absentees = ListOf(Text(maximum=60), maximum=MAXIMUM_PEOPLE, load_default=list)
    minutes = Text(maximum=2000, empty=True, load_default="")


class MeetingSchema(ResponseSchema):
    """A meeting."""

    id = Text(maximum=64, required=True)
    title = Text(maximum=100, required=True)
    held_on = Day(required=True)
    status = Choice(*MEETING_STATUS.codes, required=True)
    judges = fields.List(fields.String(), required=True)
    absentees = fields.List(fields.String(), required=True)
    scores = WholeNumber(required=True, note="已录入的评分条数。")


MeetingPage = items_of(MeetingSchema)


class CancellingBody(Schema):
    """Why a meeting that was called is not held."""

    reason = Text(maximum=200, required=True)


class PresenceBody(Schema):
    """Somebody of the minutes, and whether they are there."""

    position = WholeNumber(minimum=1, maximum=999, required=True, note="在名单里排第几。")
    present = Flag(required=True)


class AgendaLineSchema(ResponseSchema):
    """One line of an agenda, and what came of it."""

    kind = Choice(*AGENDA_KIND.codes, required=True)
    subject = Text(maximum=200, empty=True, required=True)
    outcome = Text(maximum=500, empty=True, required=True)


class AttendeeSchema(ResponseSchema):
    """Somebody in the minutes."""

    position = WholeNumber(required=True)
    name = Text(maximum=60, required=True)
    role = Choice(*ATTENDANCE.codes, required=True, note="judge 到场，absentee 缺席。")
    recused_from = fields.List(fields.String(), required=True, metadata={"description": "要回避的户号。"})


class MinutesSchema(ResponseSchema):
    """What stands in a meeting's minutes beside its scores."""

    meeting = Text(maximum=64, required=True)
    year = WholeNumber(required=True, allow_none=True)
    number = WholeNumber(required=True, allow_none=True, note="当年第几号记录；没有结束的为空。")
    place = Text(maximum=100, empty=True, required=True)
    panel = Text(maximum=60, empty=True, required=True)
    area = fields.List(fields.String(), required=True)
    agenda = fields.List(fields.Nested(AgendaLineSchema), required=True)
    people = fields.List(fields.Nested(AttendeeSchema), required=True)
    opened_at = UtcDateTime(required=True)
    closed_at = UtcDateTime(required=True, allow_none=True)


class RelativeSchema(ResponseSchema):
    """A near relative's household."""

    participant = Text(maximum=32, required=True, attribute="code")
    relation = Choice(*RELATION.codes, required=True)


class PanelMemberSchema(ResponseSchema):
    """Somebody who sits or sat on a panel."""

    number = WholeNumber(required=True)
    name = Text(maximum=60, required=True)
    seat = Choice(*SEAT_KIND.codes, required=True)
    participant = Text(maximum=32, empty=True, required=True, attribute="code", note="本户的户号。")
    since = Day(required=True)
    until = Day(required=True, allow_none=True)
    relatives = fields.List(fields.Nested(RelativeSchema), required=True)


class PanelSchema(ResponseSchema):
    """A panel with everybody who ever sat on it."""

    id = Text(maximum=64, required=True)
    name = Text(maximum=60, required=True)
    kind = Choice(*PANEL_KIND.codes, required=True)
    rule = Choice(*PANEL_RULE.codes, required=True, note="mean 取平均分，trimmed 去掉最高和最低再平均。")
    area = fields.List(fields.String(), required=True)
    members = fields.List(fields.Nested(PanelMemberSchema), required=True)
    ended_at = UtcDateTime(required=True, allow_none=True)


PanelPage = items_of(PanelSchema)


class ItemSchema(ResponseSchema):
    """A rule of the scheme in force."""

    code = Text(maximum=32, required=True)
    category = Text(maximum=60, empty=True, required=True)
    title = Text(maximum=200, required=True)
    direction = Choice(*DIRECTION.codes, required=True)
    shape = Text(maximum=32, required=True, note="计分形状的代码，例如 fixed、range、ladder。")
    label = Text(maximum=1000, required=True, note="分值和上限，和公布的细则一字不差。")
    unit = Text(maximum=20, empty=True, required=True)
    evidence = Text(maximum=200, empty=True, required=True)
    applies_to = Text(maximum=100, empty=True, required=True)
    in_force = Flag(required=True, note="现行细则里有；没有的，按最近有它的一版。")


ItemPage = items_of(ItemSchema)


class ScoreBody(RequestBody):
    """One item applied to one participant for one deed on one day."""

    participant = Text(maximum=32, required=True, note="户号。")
    item = Text(maximum=32, required=True, note="条目编号。")
    occurred_on = Day(required=True, note="事情发生的日期。")
    quantity = Quantity(
        load_default=None, allow_none=True, note="按量条目：次数、人数、小时数、金额；满分条目：几处有问题。"
    )
    points = PointsField(
        minimum=0, load_default=None, allow_none=True, note="区间条目：评议的分值，不带正负号。"
    )
    note = Text(maximum=200, empty=True, load_default="")
    same_deed = Text(
        maximum=40,
        empty=True,
        load_default="",
        note="和哪一条是同一件事：这次评议会的第几条（第12条），或者那条评分的 id；只计最高的一项。",
    )
    confirmed = Flag(
        load_default=False,
        note="同一户同一条目同一天已经评过，确实又有一次：填 true；否则会先问（rows_in_doubt）。",
    )

    @validates_schema
    def one_measure(self, data: dict[str, object], **kwargs: object) -> None:
        """Refuse a quantity and points together; raises ValidationError."""
        if data.get("quantity") is not None and data.get("points") is not None:
            raise ValidationError("数量和分值只填一项。", "points")


class _ScoreFields(ResponseSchema):
    """What every answer tells of a score."""

    id = Text(maximum=64, required=True)
    meeting = Text(maximum=64, required=True, attribute="meeting_id")
    participant = Text(maximum=32, required=True, attribute="code")
    item = Text(maximum=32, required=True, attribute="item_code")
    occurred_on = Day(required=True)
    quantity = Quantity(required=True, allow_none=True)
    points = PointsField(required=True, note="应得的分值；扣分为负。")
    counted_points = PointsField(required=True, note="封顶之后计入的分值。")
    counted_in = Month(required=True, note="计入哪个月的榜；补录的计入下一个还没有月结的月份。")
    remark = Text(maximum=400, empty=True, required=True, note="封顶、同一件事、回避等说明。")
    same_deed = Text(
        maximum=64, required=True, allow_none=True, note="同一件事里第一条评分的 id；没有说是同一件事的为空。"
    )
    state = Choice(ENTERED, PUBLISHED, CONTESTED, WITHDRAWN, POSTED, required=True, note="评分走到了哪一步。")


class ScoreSchema(_ScoreFields, ReplayableAnswer):
    """A score as entered, now or by the same request before."""


class ScoreReadSchema(_ScoreFields):
    """A score as it stands."""

    number = WholeNumber(required=True, note="这次评议会的第几条。")
    note = Text(maximum=200, empty=True, required=True)
    entered_at = UtcDateTime(required=True)
    posted_at = UtcDateTime(required=True, allow_none=True)
    index = WholeNumber(
        required=True, allow_none=True, attribute="log_index", note="入账之后在账本中的序号。"
    )


ScoreReadPage = items_of(ScoreReadSchema)


class CorrectionBody(Schema):
    """What a posted score should have been; what is left out stays as it is."""

    participant = Text(maximum=40, note="户号；记错了户的填应该记的那一户。", attribute="participant_code")
    item = Text(maximum=32, note="条目编号。")
    occurred_on = Day(note="事情发生的日期。")
    quantity = Quantity(allow_none=True)
    points = PointsField(minimum=0, allow_none=True, note="区间条目：评议的分值，不带正负号。")
    struck = Flag(load_default=False, note="true：不该有这一条，整条撤销。")
    reason = Text(maximum=200, required=True, note="错在哪里、怎么核实的。")


class CorrectionSchema(ResponseSchema):
    """One version of a score that puts the one before it right."""

    score = Text(maximum=64, required=True, attribute="score_id", note="更正后的那一条。")
    corrects = Text(maximum=64, required=True, note="被更正的那一条。")
    version = WholeNumber(required=True, note="第几版；最初的评分是第1版。")
    struck = Flag(required=True, note="整条撤销。")
    status = Choice(*CORRECTION_STATUS.codes, required=True)
    reason = Text(maximum=200, required=True)
    corrected_at = UtcDateTime(required=True)
    days = WholeNumber(
        required=True, allow_none=True, note="张贴以后公示几天才入账；没有哪一户变少的为空，不公示。"
    )
    hung_on = Day(required=True, allow_none=True, note="登记张贴的日期；还没有张贴的为空。")
    ends_on = Day(required=True, allow_none=True, note="公示的最后一天；还没有张贴的为空。")
    posted_at = UtcDateTime(required=True, allow_none=True)
    taken_back_in = Month(required=True, allow_none=True, note="原来的一条从哪个月冲回。")
    index = WholeNumber(
        required=True, allow_none=True, attribute="reversal_index", note="冲回原来那一条的账目的序号。"
    )


CorrectionPage = items_of(CorrectionSchema)
