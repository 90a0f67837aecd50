"""The year's end: what a village resolves, and what a year's end does in sum."""

from pointsbank.labels.year_end_honour import YEAR_END_HONOUR
from pointsbank.labels.year_end_points import YEAR_END_POINTS
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Flag, PointsField, Text, WholeNumber


class YearEndRuleBody(Schema):
    """What a resolution says of the year's end."""

    points = Choice(*YEAR_END_POINTS.codes, required=True, note="没用完的可用积分怎么办。")
    ceiling = PointsField(
        minimum=0, load_default=None, allow_none=True, note="最多留多少分，只给 ceiling 用。"
    )
    rate = PointsField(
        minimum=0, maximum=100, load_default=None, allow_none=True, note="1分折多少荣誉，只给 to_honour 用。"
    )
    keeps_gifts = Flag(load_default=False, note="赠送的积分另算，照常留用。")
    keeps_base = Flag(load_default=False, note="能兑换的基础分另算，照常留用。")
    honour = Choice(*YEAR_END_HONOUR.codes, load_default="kept", note="荣誉积分留不留。")
    month = WholeNumber(minimum=1, maximum=3, load_default=1, note="次年几月。")
    day = WholeNumber(minimum=1, maximum=31, load_default=10, note="几日起办。")
    resolution = Text(maximum=200, required=True, note="哪次会议通过的。")
    from_date = Day(required=True, note="施行日期。")


class YearEndRuleSchema(ResponseSchema):
    """A rule as it was adopted."""

    number = WholeNumber(minimum=1, required=True)
    points = Choice(*YEAR_END_POINTS.codes, required=True)
    ceiling = PointsField(required=True, allow_none=True)
    rate = PointsField(required=True, allow_none=True)
    keeps_gifts = Flag(required=True)
    keeps_base = Flag(required=True)
    honour = Choice(*YEAR_END_HONOUR.codes, required=True)
    month = WholeNumber(required=True)
    day = WholeNumber(required=True)
    resolution = Text(maximum=200, required=True)
    from_date = Day(required=True)


class YearEndUndoBody(Schema):
    """Why a year's end is undone."""

    reason = Text(maximum=200, required=True, note="原因，说事不说人。")


class YearEndSchema(ResponseSchema):
    """A year's end in sum: as it would be posted now, or as it was; the list `year_end_accounts` has each."""

    year = WholeNumber(required=True)
    status = Choice("planned", "posted", required=True)
    due_on = Day(required=True, allow_none=True, note="从哪天起可以办；没有登记办法的是空。")
    accounts = WholeNumber(required=True, note="有变动的积分主体。")
    gone = PointsField(required=True, note="可用积分一共减少多少。")
    honour_given = PointsField(required=True)
    honour_gone = PointsField(required=True)


YearEndRulePage = items_of(YearEndRuleSchema)
