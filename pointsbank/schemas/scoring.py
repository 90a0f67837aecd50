"""Meetings and the scores entered in them."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from pointsbank.schemas.base import Shape, items_of
from pointsbank.schemas.fields import Day, PointsField, RequestId, Text, WholeNumber

MOST_PEOPLE = 50


def _names(**options: bool) -> fields.List[str]:
    """A list of people, as the minutes name them."""
    bounds = validate.Length(max=MOST_PEOPLE, error="人数太多，最多50人。")
    return fields.List(Text(most=60), validate=bounds, **options)


class MeetingBody(Shape):
    """A meeting that begins: its day, who judges and who is away."""

    held_on = Day(required=True)
    title = Text(most=100, required=True)
    judges = _names(required=True)
    absentees = _names(load_default=list)
    minutes = Text(most=2000, empty=True, load_default="")


class MeetingShape(Shape):
    """A meeting."""

    id = Text(most=64, required=True)
    title = Text(most=100, required=True)
    held_on = Day(required=True)
    status = Text(most=20, required=True)


MeetingPage = items_of(MeetingShape)


class ScoreBody(Shape):
    """One item applied to one participant for one deed on one day."""

    request_id = RequestId()
    participant = Text(most=32, required=True, note="户号。")
    item = Text(most=32, required=True, note="条目编号。")
    occurred_on = Day(required=True, note="事情发生的日期。")
    quantity = WholeNumber(least=1, most=1_000_000, load_default=None, note="按量条目：次数、人数、小时数。")
    points = PointsField(load_default=None, note="区间条目：评议的分值。")
    note = Text(most=200, empty=True, load_default="")

    @validates_schema
    def one_measure(self, data: dict[str, object], **kwargs: object) -> None:
        """An item is measured or judged, never both."""
        if data.get("quantity") is not None and data.get("points") is not None:
            raise ValidationError("数量和分值只填一项。", "points")


class ScoreShape(Shape):
    """A score as entered."""

    id = Text(most=64, required=True)
    meeting = Text(most=64, required=True)
    participant = Text(most=32, required=True)
    item = Text(most=32, required=True)
    occurred_on = Day(required=True)
    points = PointsField(required=True, note="计入的分值；封顶后可能少于应得。")
    status = Text(most=20, required=True)


class ClosedMeeting(Schema):
    """A closed meeting, and the notice under which its scores now hang."""

    meeting = fields.String(required=True)
    notice = fields.String(required=True)
    published_at = fields.String(required=True)
    ends_on = fields.String(required=True)
