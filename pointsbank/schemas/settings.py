"""A setting of a village as the API tells it."""

from marshmallow import fields

from pointsbank.labels.setting_place import SETTING_PLACE
from pointsbank.labels.setting_subject import SETTING_SUBJECT
from pointsbank.schemas.base import ResponseSchema, items_of
from pointsbank.schemas.fields import Choice, Flag, ListOf, Nested, Text, WholeNumber


class SettingChangeSchema(ResponseSchema):
    """Who changed a setting last, when, and what it was before."""

    by = Text(maximum=80, required=True, note="姓名；资料删除以后为空。", empty=True)
    at = fields.AwareDateTime(required=True)
    before = Text(maximum=300, required=True, empty=True, note="改前的值，写法与 value 相同。")
    index = WholeNumber(minimum=0, required=True, note="日志里的编号。")


class SettingSchema(ResponseSchema):
    """One setting: what it changes, its bounds, its present value."""

    name = Text(maximum=40, required=True, note="用在网址里。")
    label = Text(maximum=40, required=True)
    subject = Choice(*SETTING_SUBJECT.codes, required=True)
    value = Text(maximum=300, required=True, empty=True, note="现在的值，写法与“设置”页相同；空是不限。")
    words = Text(maximum=320, required=True, note="带单位，给人看。")
    default = Text(maximum=300, required=True, empty=True, note="没有改过时的值。")
    bounds = Text(maximum=200, required=True, note="可填什么。")
    note = Text(maximum=200, required=True, note="改什么，从何时起。")
    source = Text(maximum=200, required=True, note="依据或做法。")
    # Where it can be seen.
    shows = ListOf(Choice(*SETTING_PLACE.codes), minimum=1, maximum=9, required=True)
    needs_two = Flag(required=True, note="放宽要第二个人确认。")
    changed = Nested(SettingChangeSchema, required=True, allow_none=True)


SettingPage = items_of(SettingSchema)
