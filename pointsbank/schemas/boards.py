"""A month's boards, under the names that may be shown."""

from marshmallow import fields

from pointsbank.schemas.base import ResponseSchema
from pointsbank.schemas.fields import Day, Flag, Month, PointsField, Text, WholeNumber


class RedPlaceSchema(ResponseSchema):
    """One line of the red board."""

    place = WholeNumber(required=True, allow_none=True)
    name = Text(maximum=60, required=True, note="未经本人同意的，姓名已隐去部分。")
    group = Text(maximum=60, empty=True, required=True)
    honour = PointsField(required=True, allow_none=True)
    reason = Text(maximum=200, empty=True, required=True)
    kind = Text(maximum=20, empty=True, required=True, note="光荣榜的类别；按名次上榜的为空。")


class BlackPlaceSchema(ResponseSchema):
    """One line of the black board."""

    name = Text(maximum=60, required=True)
    group = Text(maximum=60, empty=True, required=True)
    rule = Text(maximum=200, required=True)
    fact = Text(maximum=200, required=True)
    expires_on = Day(required=True)
    first_month = Month(required=True, allow_none=True)


class GroupPlaceSchema(ResponseSchema):
    """One group's month."""

    place = WholeNumber(required=True)
    name = Text(maximum=60, required=True)
    households = WholeNumber(required=True)
    honour = PointsField(required=True)
    average = PointsField(required=True)


class BoardSchema(ResponseSchema):
    """The boards of one month; `black` is null where the village has resolved none."""

    month = Month(required=True)
    closed = Flag(required=True, note="已月结；月结以前名次还会变。")
    red = fields.List(fields.Nested(RedPlaceSchema), required=True)
    black = fields.List(fields.Nested(BlackPlaceSchema), required=True, allow_none=True)
    groups = fields.List(fields.Nested(GroupPlaceSchema), required=True)
