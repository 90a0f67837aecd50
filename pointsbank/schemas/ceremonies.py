"""Ceremonies: weddings and funerals that households announce, and how they stand."""

from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.labels.ceremony_status import CEREMONY_STATUS
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Flag, ListOf, Text, UtcDateTime, WholeNumber

MAXIMUM = 999


class CeremonyBody(Schema):
    """What a household announces."""

    participant = Text(maximum=32, required=True, note="户号。")
    kind = Choice(*CEREMONY_KIND.codes, required=True, note="事由。")
    held_on = Day(required=True, note="第一天。")
    last_on = Day(load_default=None, allow_none=True, note="最后一天；不填就是一天。")
    place = Text(maximum=60, required=True, note="在哪里办。")
    tables = WholeNumber(maximum=MAXIMUM, required=True, note="计划酒席桌数。")
    cars = WholeNumber(maximum=MAXIMUM, required=True, note="计划用车辆数。")
    gift = WholeNumber(maximum=99_999, load_default=None, allow_none=True, note="礼金，元；不填就是没有说。")
    words = Text(maximum=200, empty=True, load_default="", note="说明。不写病情、贫困、信仰、上访和看法。")
    confirmed = Flag(
        load_default=False,
        note="超过村里限额、仍这样办：填 true；否则会先问（ceremony_over_limits）。",
    )


class CeremonySchema(ResponseSchema):
    """An announcement as it stands."""

    id = Text(maximum=64, required=True)
    number = WholeNumber(minimum=1, required=True)
    participant = Text(maximum=32, required=True, attribute="code")
    kind = Choice(*CEREMONY_KIND.codes, required=True)
    held_on = Day(required=True)
    last_on = Day(required=True)
    place = Text(maximum=60, required=True)
    tables = WholeNumber(required=True)
    cars = WholeNumber(required=True)
    gift = WholeNumber(required=True, allow_none=True)
    words = Text(maximum=200, empty=True, required=True)
    over = ListOf(Text(maximum=40), maximum=4, required=True)
    late = Flag(required=True, note="比村里要求的报得晚。")
    signed_on = Day(required=True, allow_none=True, note="哪天签的承诺书。")
    status = Choice(*CEREMONY_STATUS.codes, required=True)
    announced_at = UtcDateTime(required=True)


CeremonyPage = items_of(CeremonySchema)
