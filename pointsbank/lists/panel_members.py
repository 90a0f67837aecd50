"""Who sits or has sat on the panels: since when, as what, and whose households each leaves to the others."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import panels
from pointsbank.labels.relation import RELATION
from pointsbank.labels.seat_kind import SEAT_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, DAY, word_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the members, panel by panel."""
    for place, one in enumerate(panels.panels(session, village=asked.village, also_ended=True), start=1):
        for each in one.members:
            related = [f"{other.code} {RELATION.name(other.relation)}" for other in each.relatives]
            yield {
                "id": one.id,
                "place": place,
                "number": each.number,
                "panel": one.name,
                "name": each.name,
                "seat": each.seat,
                "code": each.code,
                "relatives": "、".join(related),
                "since": each.since,
                "until": each.until,
            }


LIST = List(
    name="panel_members",
    title="评议小组成员",
    about="每个评议小组有谁，从哪天到哪天，本户和亲属户的户号。",
    permission=Permission.PANEL_VIEW,
    columns=(
        Column(key="name", title="姓名", sort="name", place="main"),
        Column(key="panel", title="评议小组", sort="panel", place="sub"),
        Column(key="seat", title="身份", kind=word_of(SEAT_KIND), sort="seat", place="sub"),
        Column(key="code", title="本户", sort="code"),
        # Who is whose relative hangs nowhere.
        Column(key="relatives", title="亲属户", paper=None),
        Column(key="since", title="从", kind=DAY, sort="since"),
        Column(key="until", title="到", kind=DAY),
        Column(key="number", title="序号", kind=COUNT, paper=None),
    ),
    order=("place", "number", "id"),
    rows=_rows,
    filters=(Search("q", "姓名", "name"), OneOf("seat", "身份", "seat", labels=SEAT_KIND)),
    opens=("one_panel", {"panel": "id"}),
    empty="还没有成员：请在“评议小组”页打开一个，再添加。",
)
