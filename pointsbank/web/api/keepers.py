"""Keepers: what is looked at, checks, second looks, rounds, decisions; two lists have all of them."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from pointsbank import keepers, roster
from pointsbank.keepers import Check, CheckItem, CheckList, Patrol
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.keepers import (
    KeeperCheckBody,
    KeeperCheckPage,
    KeeperCheckSchema,
    KeeperDecisionBody,
    KeeperListBody,
    KeeperListPage,
    KeeperListSchema,
    KeeperPatrolBody,
    KeeperPatrolSchema,
    KeeperRecheckBody,
    KeeperStrikeBody,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("keepers", "管护员")


@routes.get("/keeper-lists", "列出管护员检查表的决议，新的在前", Permission.INSPECTION_VIEW)
@routes.json(KeeperListPage, query=PageQuery)
def list_keeper_lists(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List every adoption of what is looked at."""
    with access.database().reading() as session:
        found = keepers.check_lists(session, village=village)
    return page_of(found, query, lambda one: [f"{one.number:09}"], newest=True)


@routes.post("/keeper-lists", "登记一张检查表的决议", Permission.SCHEME_ADOPT)
@routes.json(KeeperListSchema, body=KeeperListBody, status=201)
def adopt_keeper_list(body: dict[str, Any], village: str) -> CheckList:
    """Write down what is looked at, as a resolution sets it."""
    items = [CheckItem(**one) for one in body.pop("items")]
    with access.database().writing() as session:
        return keepers.adopt_list(session, village=village, items=items, **body, **access.by_and_at())


@routes.get("/keeper-checks", "列出管护员检查，按登记的先后", Permission.INSPECTION_VIEW)
@routes.json(KeeperCheckPage, query=PageQuery)
def list_keeper_checks(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List every check that stands."""
    with access.database().reading() as session:
        found = [one for one in keepers.checks(session, village=village) if not one.is_struck]
        found.sort(key=lambda one: (one.recorded_at, one.id))
        described = _described(session, village, found)
    return page_of(described, query, lambda one: [one["recorded_at"].isoformat(), one["id"]])


@routes.post("/keeper-checks", "登记一次检查", Permission.INSPECTION_MAKE)
@routes.json(KeeperCheckSchema, body=KeeperCheckBody, status=201)
def record_keeper_check(body: dict[str, Any], village: str) -> dict[str, Any]:
    """Write down a check of a keeper's place."""
    faults = keepers.faults_of((one["position"], one["faults"]) for one in body.pop("faults"))
    with access.database().writing() as session:
        check = keepers.record_check(session, village=village, faults=faults, **body, **access.by_and_at())
        return _one(session, village, check)


@routes.get("/keeper-checks/<key:check>", "查看一次检查", Permission.INSPECTION_VIEW)
@routes.json(KeeperCheckSchema)
def show_keeper_check(village: str, check: str) -> dict[str, Any]:
    """Show one check with its faults, a struck one too."""
    with access.database().reading() as session:
        return _one(session, village, check)


@routes.post("/keeper-checks/<key:check>/second-look", "登记复查，检查的分数不变", Permission.INSPECTION_MAKE)
@routes.json(KeeperCheckSchema, body=KeeperRecheckBody, status=201)
def recheck_keeper(body: dict[str, Any], village: str, check: str) -> dict[str, Any]:
    """Write down what the second look found."""
    with access.database().writing() as session:
        keepers.recheck(session, village=village, check=check, **body, **access.by_and_at())
        return _one(session, village, check)


@routes.post(
    "/keeper-checks/<key:check>/striking", "作废一次登记错的检查，由另一位来办", Permission.INSPECTION_MAKE
)
@routes.json(KeeperCheckSchema, body=KeeperStrikeBody, status=201)
def strike_keeper_check(body: dict[str, Any], village: str, check: str) -> dict[str, Any]:
    """Strike a check that was written down wrongly."""
    with access.database().writing() as session:
        keepers.strike_check(session, village=village, check=check, **body, **access.by_and_at())
        return _one(session, village, check)


@routes.post("/keeper-decisions", "登记连续三次不合格以后怎么办", Permission.BOARD_DECIDE)
@routes.json(KeeperCheckSchema, body=KeeperDecisionBody, status=201)
def decide_failing_keeper(body: dict[str, Any], village: str) -> dict[str, Any]:
    """Write down what people decided after three failed checks running; answer with the last of them."""
    with access.database().writing() as session:
        check = keepers.decide_failing(session, village=village, **body, **access.by_and_at())
        return _one(session, village, check)


@routes.post("/keeper-patrols", "登记管护员的一次巡查", Permission.INSPECTION_MAKE)
@routes.json(KeeperPatrolSchema, body=KeeperPatrolBody, status=201)
def record_keeper_patrol(body: dict[str, Any], village: str) -> Patrol:
    """Write down a keeper's own round."""
    with access.database().writing() as session:
        return keepers.record_patrol(session, village=village, **body, **access.by_and_at())


def _one(session: Session, village: str, check: str) -> dict[str, Any]:
    """Return a check as the API says it."""
    return _described(session, village, [keepers.one_check(session, village=village, check=check)])[0]


def _described(session: Session, village: str, found: Sequence[Check]) -> list[dict[str, Any]]:
    """Return checks as the API says them, each with its keeper's code."""
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in found})
    failing = keepers.failing(session, village=village)
    plain = ("id", "place", "checked_on", "checker", "score", "failed", "faults", "due_on", "looked_on")
    return [
        {name: getattr(one, name) for name in (*plain, "is_struck", "recorded_at")}
        | {
            "keeper": people[one.participant_id].code,
            "failed_running": len(failing.get(one.participant_id, ())),
        }
        for one in found
    ]
