"""Claims: deeds that somebody reports, and how they stand."""

from pointsbank.labels.claim_status import CLAIM_STATUS
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Flag, Text, UtcDateTime
from pointsbank.schemas.quantity import Quantity


class ClaimBody(Schema):
    """A deed that somebody reports for a participant."""

    participant = Text(maximum=32, required=True, note="户号。")
    item = Text(maximum=32, required=True, note="条目编号，发生那天的细则里有、加分、适用于这一户的。")
    occurred_on = Day(required=True, note="事情发生的日期，不晚于今天，不早于一年前。")
    quantity = Quantity(load_default=None, allow_none=True, note="按量条目：次数、人数、小时数、金额。")
    words = Text(maximum=200, required=True, note="做了什么。不写病情、贫困、信仰、上访和看法。")
    confirmed = Flag(
        load_default=False,
        note="同一户同一条目同一天已经申报过，确实又有一次：填 true；否则会先问（claim_in_doubt）。",
    )


class ClaimSchema(ResponseSchema):
    """A claim as it stands."""

    id = Text(maximum=64, required=True)
    participant = Text(maximum=32, required=True, attribute="code")
    item = Text(maximum=32, required=True, attribute="item_code")
    title = Text(maximum=200, required=True, attribute="item_title")
    occurred_on = Day(required=True)
    quantity = Quantity(required=True, allow_none=True)
    words = Text(maximum=200, required=True)
    status = Choice(*CLAIM_STATUS.codes, required=True)
    supported = Flag(required=True, allow_none=True, note="小组看过：属实为 true；还没看的为空。")
    opinion = Text(maximum=200, empty=True, required=True, note="小组的意见。")
    filed_at = UtcDateTime(required=True)


ClaimPage = items_of(ClaimSchema)
