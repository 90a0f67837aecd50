"""How often each item was used, what it came to, and which met a cap or was never used."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.dates import day_of
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.item_use import ITEM_USE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, SIGNED, YES, word_of
from pointsbank.lists.periods import MONTHS, period_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the items in their order; raises MonthInvalid and PeriodInvalid."""
    period, today = period_of(asked), day_of(asked.at)
    found = scoring.item_use(session, village=asked.village, period=period, today=today)
    for number, one in enumerate(found):
        yield {"number": number, "state": one.state, **one._asdict()}


LIST = List(
    name="item_use",
    title="条目使用情况",
    about="每个条目用过几次、计了多少分、哪些从没用过、哪些碰到了上限；不选月份就是最近十二个月。",
    permission=Permission.PANEL_VIEW,
    columns=(
        Column(key="code", title="编号", sort="code", place="sub"),
        Column(key="title", title="条目", sort="title", place="main"),
        Column(key="category", title="类别", sort="category", place="sub"),
        Column(key="direction", title="方向", kind=word_of(DIRECTION), sort="direction"),
        Column(key="entries", title="条数", kind=COUNT, sort="entries", total=True, place="number"),
        Column(key="households", title="户数", kind=COUNT, sort="households"),
        Column(key="counted", title="计分", kind=SIGNED, sort="counted", total=True),
        Column(key="capped", title="按上限少计", kind=COUNT, sort="capped", total=True),
        Column(key="nothing", title="不计分", kind=COUNT, sort="nothing", total=True),
        Column(key="state", title="使用", kind=word_of(ITEM_USE), sort="state", place="sub"),
        Column(key="in_force", title="现行", kind=YES),
    ),
    kept=True,
    order=("number",),
    rows=_rows,
    filters=(
        *MONTHS,
        Search("q", "条目", "title"),
        OneOf("state", "使用", "state", labels=ITEM_USE),
        OneOf("kind", "方向", "direction", labels=DIRECTION, codes=("plus", "minus")),
    ),
    empty="还没有施行的细则：请在“细则”页起草，或导入一份。",
)
