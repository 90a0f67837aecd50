"""The panels: for what, by which rule, for which groups, and how many sit on each."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import panels
from pointsbank.labels.panel_kind import PANEL_KIND
from pointsbank.labels.panel_rule import PANEL_RULE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, YES, word_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the panels, ended ones last."""
    for place, one in enumerate(panels.panels(session, village=asked.village, also_ended=True), start=1):
        yield {
            "id": one.id,
            "place": place,
            "name": one.name,
            "kind": one.kind,
            "area": "、".join(one.area) or "全村",
            "rule": one.rule,
            "members": sum(each.until is None for each in one.members),
            "ended": one.ended_at is not None,
        }


LIST = List(
    name="panels",
    title="评议小组",
    about="每个评议小组管哪里、按什么规则打分、多少人。",
    permission=Permission.PANEL_VIEW,
    columns=(
        Column(key="name", title="名称", sort="name", place="main"),
        Column(key="kind", title="类别", kind=word_of(PANEL_KIND), sort="kind", place="sub"),
        Column(key="area", title="责任区", sort="area", place="sub"),
        Column(key="rule", title="打分规则", kind=word_of(PANEL_RULE), sort="rule"),
        Column(key="members", title="人数", kind=COUNT, sort="members", place="number", total=True),
        Column(key="ended", title="已撤销", kind=YES),
    ),
    order=("place", "id"),
    rows=_rows,
    filters=(Search("q", "名称", "name"), OneOf("kind", "类别", "kind", labels=PANEL_KIND)),
    opens=("one_panel", {"panel": "id"}),
    empty="还没有评议小组：设立一个，开会时成员自动带出，本户和亲属户自动回避。",
)
