"""How far judges' marks lie apart, item by item."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Search
from pointsbank.lists.kinds import COUNT, POINTS
from pointsbank.lists.periods import MONTHS, period_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the judged items, the widest apart first; raises as `period_of`."""
    found = scoring.mark_spreads(session, village=asked.village, period=period_of(asked))
    for number, one in enumerate(found):
        yield {"number": number, "entries": one.cases, **one._asdict()}


LIST = List(
    name="mark_spread",
    title="评议员打分相差",
    about="每个评定条目，评议员打的最高分和最低分相差多少；不写谁打的，不选月份就是最近十二个月。",
    permission=Permission.PANEL_VIEW,
    columns=(
        Column(key="code", title="编号", sort="code", place="sub"),
        Column(key="title", title="条目", sort="title", place="main"),
        Column(key="cases", title="户数", kind=COUNT, sort="cases", total=True, place="sub"),
        Column(key="agreed", title="打分全部相同", kind=COUNT, sort="agreed", total=True),
        Column(key="half", title="一半的户相差不超过", kind=POINTS, sort="half"),
        Column(key="widest", title="相差最多", kind=POINTS, sort="widest", place="number"),
    ),
    kept=True,
    order=("number",),
    rows=_rows,
    filters=(*MONTHS, Search("q", "条目", "title")),
    empty="这些月份里还没有几位评议员各自打分的条目。",
)
