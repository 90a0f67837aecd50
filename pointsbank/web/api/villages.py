"""The villages that a token may see."""

from typing import Any

from pointsbank import staff, villages
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.villages import VillagePage, VillageSchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("villages", "村", prefix="/api/v1")


@routes.get("/villages", "列出这个令牌能看的村", Permission.HOME)
@routes.json(VillagePage, query=PageQuery)
def list_villages(query: dict[str, Any]) -> dict[str, Any]:
    """List the villages this token may see."""
    with access.database().reading() as session:
        mine = [each for each in villages.everyone(session) if staff.belongs(access.signed_in(), each.id)]
    return page_of(mine, query, lambda village: [village.id])


@routes.get("/villages/<key:village>", "查看一个村", Permission.HOME)
@routes.json(VillageSchema)
def show_village(village: str) -> villages.Village:
    """Show one village that this token may see."""
    with access.database().reading() as session:
        return villages.get(session, village)
