"""Inspections: rounds through a group, how its households were found, what is due for a second look."""

from datetime import date
from typing import Any

from pointsbank import inspections, villages
from pointsbank.inspections import Inspection, NewFault, Round
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.inspections import (
    InspectionBody,
    InspectionPage,
    InspectionSchema,
    RoundBody,
    RoundSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("inspections", "巡查")


@routes.get("/inspections", "列出等复查的户，整改期限早的在前", Permission.INSPECTION_VIEW)
@routes.json(InspectionPage, query=PageQuery)
def list_inspections(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the households whose faults wait for a second look; the list `inspections` has all."""
    with access.database().reading() as session:
        found = inspections.due_again(session, village=village)
    return page_of(found, query, _due)


@routes.post("/inspection-rounds", "开始一轮巡查，正在巡查的接着用", Permission.INSPECTION_MAKE)
@routes.json(RoundSchema, body=RoundBody, status=201)
def begin_round(body: dict[str, Any], village: str) -> Round:
    """Begin a walk through a group, or go on with the one that is under way."""
    with access.database().writing() as session:
        group = villages.group_by_name(session, village=village, name=body["group"])
        return inspections.begin_round(session, village=village, group=group.id, **access.by_and_at())


@routes.post("/inspection-rounds/<key:round>/inspections", "记下一户的巡查", Permission.INSPECTION_MAKE)
@routes.json(InspectionSchema, body=InspectionBody, status=201)
def hand_over(body: dict[str, Any], village: str, round: str) -> Inspection:
    """Write down how a household was found; photos are added on its page."""
    faults = [NewFault(one["item"], one["number"]) for one in body.pop("faults")]
    with access.database().writing() as session:
        return inspections.hand_over(
            session, village=village, round_id=round, faults=faults, **body, **access.by_and_at()
        )


@routes.get("/inspections/<key:inspection>", "查看一户的巡查", Permission.INSPECTION_VIEW)
@routes.json(InspectionSchema)
def show_inspection(village: str, inspection: str) -> Inspection:
    """Show one inspection with its faults."""
    with access.database().reading() as session:
        return inspections.inspection(session, village=village, inspection_id=inspection)


def _due(one: Inspection) -> list[str]:
    return [(one.due_on or date.max).isoformat(), one.id]
