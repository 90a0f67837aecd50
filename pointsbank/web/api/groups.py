"""The groups that a village is made of."""

from typing import Any

from sqlmodel import Session

from pointsbank import roster, villages
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.places import GroupPage, GroupSchema
from pointsbank.staff import Permission
from pointsbank.villages import Group
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("groups", "小组")


@routes.get("/groups", "列出小组", Permission.ROSTER_VIEW, in_group=True)
@routes.json(GroupPage, query=PageQuery)
def list_groups(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the village's groups in their own order."""
    with access.database().reading() as session:
        mine = [one for one in villages.groups(session, village=village) if _is_mine(one)]
        rows = _described(session, village, *mine)
    return page_of(rows, query, lambda row: [row["position"], row["name"]])


@routes.get("/groups/<key:group>", "查看一个小组", Permission.ROSTER_VIEW, in_group=True)
@routes.json(GroupSchema)
def show_group(village: str, group: str) -> dict[str, Any]:
    """Show one group by its name; raises GroupUnknown."""
    with access.database().reading() as session:
        found = villages.group_by_name(session, village=village, name=group)
        if not _is_mine(found):
            raise villages.problems.GroupUnknown()
        return _described(session, village, found)[0]


def _is_mine(group: Group) -> bool:
    """Return whether this visit is for the households of a group."""
    mine = access.groups()
    return mine is None or group.id in mine


def _described(session: Session, village: str, *found: Group) -> list[dict[str, Any]]:
    sizes = roster.group_sizes(session, village=village)
    return [
        {"name": one.name, "position": one.position, "participants": sizes.get(one.id, 0)} for one in found
    ]
