"""Keepers: checks of their places, and their rounds."""

from pointsbank.labels.keeper_fault import KEEPER_FAULT
from pointsbank.points import whole
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Flag, ListOf, Nested, PointsField, Text, WholeNumber


class KeeperItemBody(Schema):
    """One thing that is looked at."""

    title = Text(maximum=40, required=True, note="看什么。")
    full_mark = PointsField(minimum=0, maximum=100, required=True, note="满分；各项加起来正好100。")
    per_fault = PointsField(minimum=0, maximum=100, required=True, note="每处问题扣几分。")


class KeeperListBody(Schema):
    """What is looked at, as a resolution sets it."""

    items = ListOf(Nested(KeeperItemBody), minimum=1, maximum=20, required=True)
    pass_mark = PointsField(minimum=0, maximum=100, load_default=whole(60), note="多少分以上合格；默认60。")
    resolution = Text(maximum=200, required=True, note="哪次会议通过的。")
    from_date = Day(required=True, note="施行日期。")


class KeeperItemSchema(ResponseSchema):
    """One thing that is looked at."""

    title = Text(maximum=40, required=True)
    full_mark = PointsField(required=True)
    per_fault = PointsField(required=True)


class KeeperListSchema(ResponseSchema):
    """An adoption of a list of what is looked at."""

    number = WholeNumber(minimum=1, required=True)
    items = ListOf(Nested(KeeperItemSchema), maximum=20, required=True)
    pass_mark = PointsField(required=True)
    resolution = Text(maximum=200, required=True)
    from_date = Day(required=True)


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
    status = Choice(*KEEPER_FAULT.codes, required=True)


class KeeperCheckSchema(ResponseSchema):
    """A check as it stands; the score is out of a hundred."""

    id = Text(maximum=64, required=True)
    keeper = Text(maximum=32, required=True)
    place = Text(maximum=40, required=True)
    checked_on = Day(required=True)
    checker = Text(maximum=60, required=True)
    score = PointsField(required=True)
    failed = Flag(required=True, note="不合格。")
    faults = ListOf(Nested(KeeperFaultSchema), maximum=20, required=True)
    due_on = Day(required=True, allow_none=True)
    looked_on = Day(required=True, allow_none=True)
    failed_running = WholeNumber(required=True, note="这位管护员现在连续几次不合格；不到三次是0。")
    is_struck = Flag(required=True, note="已作废，不计分。")


class KeeperRecheckBody(Schema):
    """What the second look at a keeper's place found."""

    put_right = ListOf(WholeNumber(minimum=1, maximum=20), maximum=20, required=True)


class KeeperStrikeBody(Schema):
    """Why a check was written down wrongly."""

    reason = Text(maximum=200, required=True, note="为什么作废。")


class KeeperDecisionBody(Schema):
    """What people decided after three failed checks running."""

    keeper = Text(maximum=32, required=True, note="管护员的户号。")
    words = Text(maximum=200, required=True, note="怎么办，只在村里看得到。")
    resolution = Text(maximum=200, required=True, note="哪次会议定的。")
    decided_on = Day(required=True, note="哪天定的。")


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
KeeperListPage = items_of(KeeperListSchema)
