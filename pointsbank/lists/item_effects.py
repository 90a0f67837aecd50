"""What each item came to in a month, and would have come to under another version of the scheme."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.direction import DIRECTION
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.judged_again import FILTERS, effect_cells, month_again
from pointsbank.lists.kinds import COUNT, SIGNED, word_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the items that were scored, the largest difference first; raises MonthInvalid."""
    found = month_again(session, asked).found
    last = {one.entry.item_code: one.entry.item_id for one in found}
    items = scoring.items_by_id(session, village=asked.village)
    for code, effect in scoring.effects_by_item(found).items():
        item = items[last[code]]
        yield {
            "code": code,
            "title": item.title,
            "paper_title": item.title if scoring.is_publishable(item) else f"条目{code}",
            "direction": item.direction,
            **effect_cells(effect),
        }


LIST = List(
    name="item_effects",
    title="新细则试算（按条目）",
    about="一个月的评分照新的一版细则重算，每个条目会多多少、少多少；只算不改，不选月份就是上个月。",
    permission=Permission.MEETING_VIEW,
    columns=(
        Column(key="code", title="编号", sort="code", place="sub"),
        Column(key="title", title="条目", sort="title", place="main", paper="paper_title"),
        Column(key="direction", title="方向", kind=word_of(DIRECTION), sort="direction"),
        Column(key="entries", title="条数", kind=COUNT, sort="entries", total=True, place="sub"),
        Column(key="counted", title="当时计分", kind=SIGNED, sort="counted", total=True, place="sub"),
        Column(key="would", title="会计分", kind=SIGNED, sort="would", total=True, place="sub"),
        Column(key="difference", title="相差", kind=SIGNED, sort="difference", total=True, place="number"),
        Column(key="unjudged", title="不能算", kind=COUNT, sort="unjudged", total=True),
        Column(key="reason", title="为什么不能算", place="sub"),
    ),
    order=("size", "code"),
    rows=_rows,
    filters=(
        *FILTERS,
        Search("q", "条目", "title"),
        OneOf("kind", "方向", "direction", labels=DIRECTION, codes=("plus", "minus")),
    ),
    empty="这个月没有评分：请换一个月份再试算。",
)
