"""The groups of the village: how many households, who leads, whether it is closed."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import roster, staff, villages
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Search
from pointsbank.lists.kinds import COUNT, YES
from pointsbank.staff import Permission, Role


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the groups in the village's order, closed ones too."""
    sizes = roster.group_sizes(session, village=asked.village)
    here = staff.everyone(session, village=asked.village)
    for place, one in enumerate(villages.groups(session, village=asked.village, also_closed=True), start=1):
        leaders = [each.staff.name for each in here if one.id in each.groups_in(asked.village, Role.LEADER)]
        yield {
            "id": one.id,
            "place": place,
            "name": one.name,
            "size": sizes.get(one.id, 0),
            "leaders": "、".join(leaders),
            "closed": one.closed_at is not None,
        }


LIST = List(
    name="groups",
    title="小组",
    about="每个小组多少户，谁是小组长。",
    permission=Permission.ROSTER_CHANGE,
    columns=(
        Column(key="name", title="小组", sort="name", place="main"),
        Column(key="size", title="户数", kind=COUNT, sort="size", place="number", total=True),
        Column(key="leaders", title="小组长", place="sub"),
        Column(key="closed", title="已撤销", kind=YES),
    ),
    order=("place", "id"),
    rows=_rows,
    filters=(Search("q", "小组", "name"),),
    opens=("one_group", {"group": "id"}),
    empty="还没有小组：导入花名册时会自动设立，也可以在“小组”页设立。",
)
