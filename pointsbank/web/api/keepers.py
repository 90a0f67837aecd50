"""Keepers: checks of their places, and their rounds; the lists `keeper_checks`, `keeper_patrols` have all."""

from typing import Any

from pointsbank import keepers
from pointsbank.keepers import Check, Patrol
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.keepers import (
    KeeperCheckBody,
    KeeperCheckPage,
    KeeperCheckSchema,
    KeeperPatrolBody,
    KeeperPatrolSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("keepers", "管护员")


@routes.get("/keeper-checks", "列出管护员检查，按登记的先后", Permission.INSPECTION_VIEW)
@routes.json(KeeperCheckPage, query=PageQuery)
def list_keeper_checks(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List every check."""
    with access.database().reading() as session:
        found = [one for one in keepers.checks(session, village=village) if one.struck_at is None]
    found.sort(key=lambda one: (one.recorded_at, one.id))
    return page_of(found, query, lambda one: [one.recorded_at.isoformat(), one.id])


@routes.post("/keeper-checks", "登记一次检查", Permission.INSPECTION_MAKE)
@routes.json(KeeperCheckSchema, body=KeeperCheckBody, status=201)
def record_keeper_check(body: dict[str, Any], village: str) -> Check:
    """Write down a check of a keeper's place."""
    faults = {one["position"]: one["faults"] for one in body.pop("faults")}
    with access.database().writing() as session:
        check = keepers.record_check(session, village=village, faults=faults, **body, **access.by_and_at())
        return keepers.one_check(session, village=village, check=check)


@routes.post("/keeper-patrols", "登记管护员的一次巡查", Permission.INSPECTION_MAKE)
@routes.json(KeeperPatrolSchema, body=KeeperPatrolBody, status=201)
def record_keeper_patrol(body: dict[str, Any], village: str) -> Patrol:
    """Write down a keeper's own round."""
    with access.database().writing() as session:
        return keepers.record_patrol(session, village=village, **body, **access.by_and_at())
