"""A township as the API tells it, and what makes one."""

from marshmallow import fields

from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Text
from pointsbank.schemas.villages import VillageSchema


class TownshipBody(Schema):
    """A township's name."""

    name = Text(maximum=30, required=True, note="乡镇名，1至30个字，不能和别的乡镇相同。")


class WatcherSchema(ResponseSchema):
    """A person who sees the totals of a township's villages."""

    login = Text(maximum=32, required=True)
    name = Text(maximum=40, required=True)


class TownshipSchema(ResponseSchema):
    """A township, and the villages that lie in it now."""

    id = Text(maximum=64, required=True, note="编号，用在网址里。")
    name = Text(maximum=30, required=True)
    villages = fields.List(fields.Nested(VillageSchema), required=True)


class TownshipFileSchema(TownshipSchema):
    """A township with those who see the totals of its villages."""

    watchers = fields.List(fields.Nested(WatcherSchema), required=True)


TownshipPage = items_of(TownshipSchema)
