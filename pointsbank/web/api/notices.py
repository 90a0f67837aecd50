"""Notices, objections to them, and posting the scores that nobody contests."""

from typing import Any

from pointsbank import publicity
from pointsbank.publicity import Notice, Objection, Settled
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.publicity import (
    DecisionBody,
    NoticePage,
    ObjectionBody,
    ObjectionSchema,
    SettledSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("notices", "公示、异议与入账")


@routes.get("/notices", "列出公示，最新的在前", Permission.NOTICE_VIEW)
@routes.json(NoticePage, query=PageQuery)
def list_notices(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the village's notices, newest first."""
    with access.database().reading() as session:
        found = publicity.notices(session, village=village)
    return page_of(found, query, _age, newest=True)


@routes.post("/notices/<key:notice>/settle", "公示期满，把没有异议的评分入账", Permission.NOTICE_SETTLE)
@routes.json(SettledSchema, body=Nothing)
def settle(body: dict[str, Any], village: str, notice: str) -> Settled:
    """Post what nobody contested, once the notice's days are over; a second call posts nothing."""
    with access.database().writing() as session:
        return publicity.settle(session, village=village, notice=notice, **access.by_and_at())


@routes.post("/scores/<key:score>/objections", "对一条评分提出异议", Permission.OBJECTION_RAISE)
@routes.json(ObjectionSchema, body=ObjectionBody, status=201)
def raise_objection(body: dict[str, Any], village: str, score: str) -> Objection:
    """Record an objection to one score; it alone is frozen until somebody else has answered."""
    with access.database().writing() as session:
        return publicity.raise_objection(session, village=village, score=score, **body, **access.by_and_at())


@routes.post("/objections/<key:objection>/decision", "书面答复异议", Permission.OBJECTION_DECIDE)
@routes.json(ObjectionSchema, body=DecisionBody)
def decide_objection(body: dict[str, Any], village: str, objection: str) -> Objection:
    """Answer an objection in writing; who entered the score may not."""
    with access.database().writing() as session:
        return publicity.decide_objection(
            session, village=village, objection=objection, **body, **access.by_and_at()
        )


def _age(notice: Notice) -> list[Any]:
    """The key by which notices are ordered."""
    return [notice.published_at.isoformat(), notice.id]
