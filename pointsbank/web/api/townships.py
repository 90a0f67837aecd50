"""The townships of the installation: list and read them, make one, give one another name."""

from typing import Any

from sqlmodel import Session

from pointsbank import governing, staff, villages
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.townships import TownshipBody, TownshipFileSchema, TownshipPage, TownshipSchema
from pointsbank.staff import Permission
from pointsbank.villages import Township
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("townships", "乡镇：只有管全部村的管理员能看、能改", prefix="/api/v1")

ONE = "/townships/<key:township>"


@routes.get("/townships", "列出乡镇和各自的村", Permission.TOWNSHIP_MANAGE)
@routes.json(TownshipPage, query=PageQuery)
def list_townships(query: dict[str, Any]) -> dict[str, Any]:
    """List the townships with their villages."""
    with access.database().reading() as session:
        found = _described(session, villages.townships(session))
    return page_of(found, query, lambda one: [one["id"]])


@routes.get(ONE, "查看一个乡镇：有哪些村，谁能看这些村的合计", Permission.TOWNSHIP_MANAGE)
@routes.json(TownshipFileSchema)
def show_township(township: str) -> dict[str, Any]:
    """Show one township."""
    with access.database().reading() as session:
        [found] = _described(session, [villages.township(session, township_id=township)])
        place = staff.township_place(township)
        watchers = [
            one.staff for one in staff.everyone(session) if place in {where for where, _ in one.roles}
        ]
    return found | {"watchers": watchers}


@routes.post("/townships", "设立一个乡镇，还没有村", Permission.TOWNSHIP_MANAGE)
@routes.json(TownshipSchema, body=TownshipBody, status=201)
def make_township(body: dict[str, Any]) -> dict[str, Any]:
    """Make a township."""
    with access.database().writing() as session:
        return _described(session, [governing.make_township(session, **body)])[0]


@routes.post(f"{ONE}/name", "给一个乡镇改名，写进各村的账本", Permission.TOWNSHIP_MANAGE)
@routes.json(TownshipSchema, body=TownshipBody)
def rename_township(body: dict[str, Any], township: str) -> dict[str, Any]:
    """Give a township another name; the logs of its villages tell it."""
    with access.database().writing() as session:
        renamed = governing.rename_township(session, township=township, **body, **access.by_and_at())
        return _described(session, [renamed])[0]


def _described(session: Session, found: list[Township]) -> list[dict[str, Any]]:
    """Townships with the villages that lie in them."""
    lying, known = villages.villages_by_township(session), villages.everyone(session)
    return [
        {
            "id": one.id,
            "name": one.name,
            "villages": [each for each in known if each.id in lying.get(one.id, ())],
        }
        for one in found
    ]
