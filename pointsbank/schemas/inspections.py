"""Inspections: rounds, how households were found, and the faults that are to be put right."""

from marshmallow import fields

from pointsbank.labels.fault_status import FAULT_STATUS
from pointsbank.labels.inspection_state import INSPECTION_STATE
from pointsbank.labels.inspection_verdict import INSPECTION_VERDICT
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, ListOf, Nested, Text, UtcDateTime, WholeNumber
from pointsbank.schemas.quantity import Quantity

MAXIMUM_FAULTS = 20


class RoundBody(Schema):
    """Through which group one walks."""

    group = Text(maximum=60, required=True, note="小组的名字。正在巡查的，接着用那一轮。")


class RoundSchema(ResponseSchema):
    """A walk through a group, and how far it is."""

    id = Text(maximum=64, required=True)
    group = Text(maximum=60, required=True)
    begun_on = Day(required=True)
    done = WholeNumber(required=True, minimum=0, note="看过的户数。")
    size = WholeNumber(required=True, minimum=0, note="这个小组的户数。")


class FaultBody(Schema):
    """A fault that is seen."""

    item = Text(maximum=32, required=True, note="条目编号：扣分的，或者满分扣减的。")
    number = Quantity(load_default=None, allow_none=True, note="按处、按件的条目和满分扣减：有几处。")


class InspectionBody(Schema):
    """How a household was found."""

    participant = Text(maximum=32, required=True, note="户号。")
    verdict = Choice(*INSPECTION_VERDICT.codes, required=True, note="clean 不能有问题，dirty 至少有一处。")
    faults = ListOf(Nested(FaultBody), minimum=0, maximum=MAXIMUM_FAULTS, load_default=list)
    due_on = Day(load_default=None, allow_none=True, note="哪天前整改：明天到60天以内；没有问题的不填。")
    words = Text(maximum=200, empty=True, load_default="", note="在哪里、是什么。")


class FaultSchema(ResponseSchema):
    """A fault as it stands."""

    number = WholeNumber(required=True, minimum=1)
    item = Text(maximum=32, required=True, attribute="item_code")
    title = Text(maximum=200, required=True, attribute="item_title")
    quantity = Quantity(required=True, allow_none=True)
    status = Choice(*FAULT_STATUS.codes, required=True)


class InspectionSchema(ResponseSchema):
    """A household as it was found."""

    id = Text(maximum=64, required=True)
    participant = Text(maximum=32, required=True, attribute="code")
    verdict = Choice(*INSPECTION_VERDICT.codes, required=True)
    state = Choice(*INSPECTION_STATE.codes, required=True)
    words = Text(maximum=200, empty=True, required=True)
    due_on = Day(required=True, allow_none=True)
    inspected_at = UtcDateTime(required=True)
    looked_at = UtcDateTime(required=True, allow_none=True)
    faults = fields.List(fields.Nested(FaultSchema), required=True)


InspectionPage = items_of(InspectionSchema)
