"""Who may sign in here: roles, state of the account, the last sign-in."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import governing, staff, villages
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Search
from pointsbank.lists.kinds import MOMENT, YES
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the people of the village, by login."""
    groups = villages.groups(session, village=asked.village, also_closed=True)
    around = villages.township_of(session, village=asked.village)
    names = {one.id: one.name for one in groups} | ({around.id: around.name} if around else {})
    order = {staff.group_place(asked.village, one.id): place for place, one in enumerate(groups)}
    wider = {None, staff.township_place(around.id) if around else None}
    last = staff.last_sign_ins(session, village=asked.village)
    for one in staff.everyone(session, village=asked.village):
        here = [pair for pair in one.roles if pair[0] in wider or staff.village_of(pair[0]) == asked.village]
        here.sort(key=lambda pair: order.get(pair[0] or "", -1))
        yield {
            "id": one.staff.id,
            "login": one.staff.login,
            "name": one.staff.name,
            "roles": "、".join(governing.role_in_words(place, role, names) for place, role in here),
            "disabled": one.staff.disabled,
            "must_change": one.must_change,
            "has_factor": one.has_factor,
            "last": last.get(one.staff.id),
        }


LIST = List(
    name="staff",
    title="人员",
    about="谁能登录，什么角色，最近一次登录。",
    permission=Permission.STAFF_MANAGE,
    columns=(
        Column(key="name", title="姓名", sort="name", place="main"),
        Column(key="login", title="账号", sort="login", place="sub"),
        Column(key="roles", title="角色", place="sub"),
        Column(key="last", title="最近登录", kind=MOMENT, place="sub"),
        Column(key="disabled", title="已停用", kind=YES),
        Column(key="must_change", title="还没改初始密码", kind=YES),
        Column(key="has_factor", title="有动态码", kind=YES),
    ),
    order=("login",),
    rows=_rows,
    filters=(Search("q", "姓名", "name"),),
    opens=("one_person", {"login": "login"}),
    empty="还没有人员：请先在“人员”页添加。",
)
