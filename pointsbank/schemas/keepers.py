"""Keepers: checks of their places, and their rounds."""

from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Day, Flag, ListOf, Nested, PointsField, Text, WholeNumber


class KeeperFaultBody(Schema):
    """How many faults one item of the list has."""

    position = WholeNumber(minimum=1, maximum=20, required=True, note="检查表里的第几项。")
    faults = WholeNumber(minimum=1, maximum=99, required=True, note="几处问题。")


class KeeperCheckBody(Schema):
    """A check of a keeper's place."""

    keeper = Text(maximum=32, required=True, note="管护员的户号。")
    place = Text(maximum=40, required=True, note="哪个地方。")
    checked_on = Day(required=True, note="哪天检查的。")
    checker = Text(maximum=60, required=True, note="谁检查的。")
    faults = ListOf(Nested(KeeperFaultBody), maximum=20, load_default=list)
    due_on = Day(load_default=None, allow_none=True, note="哪天复查；不复查不填。")
    words = Text(maximum=200, empty=True, load_default="", note="说明，只在村里看得到。")


class KeeperFaultSchema(ResponseSchema):
    """Faults of one item."""

    position = WholeNumber(minimum=1, required=True)
    faults = WholeNumber(required=True)
    lost = PointsField(required=True)


class KeeperCheckSchema(ResponseSchema):
    """A check as it stands; the score is out of a hundred."""

    id = Text(maximum=64, required=True)
    place = Text(maximum=40, required=True)
    checked_on = Day(required=True)
    checker = Text(maximum=60, required=True)
    score = PointsField(required=True)
    failed = Flag(required=True, note="不合格。")
    faults = ListOf(Nested(KeeperFaultSchema), maximum=20, required=True)
    due_on = Day(required=True, allow_none=True)
    looked_on = Day(required=True, allow_none=True)


class KeeperPatrolBody(Schema):
    """A keeper's own round."""

    keeper = Text(maximum=32, required=True, note="管护员的户号。")
    place = Text(maximum=40, required=True, note="哪个地方。")
    patrolled_on = Day(required=True, note="哪天。")
    words = Text(maximum=200, empty=True, load_default="", note="看到什么、做了什么。")


class KeeperPatrolSchema(ResponseSchema):
    """A round as it stands."""

    id = Text(maximum=64, required=True)
    place = Text(maximum=40, required=True)
    patrolled_on = Day(required=True)
    words = Text(maximum=200, empty=True, required=True)


KeeperCheckPage = items_of(KeeperCheckSchema)
