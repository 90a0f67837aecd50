"""Notices, what is said against them, and posting what stands."""

from typing import Any

from pointsbank import publicity
from pointsbank.publicity import Notice, Objection, Settled
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.publicity import (
    DecisionBody,
    NoticePage,
    ObjectionBody,
    ObjectionShape,
    SettledShape,
)
from pointsbank.web import access
from pointsbank.web.access import Permission, permission
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("notices", "公示、异议与入账")


@routes.looks("/villages/<key:village>/notices", "列出公示，最新的在前")
@permission(Permission.NOTICE_VIEW)
@routes.takes(PageQuery, "query")
@routes.gives(NoticePage)
def list_notices(asked: dict[str, Any], village: str) -> dict[str, Any]:
    """List the village's notices, newest first."""
    with access.database().reading() as session:
        found = publicity.notices(session, village=village)
    return page_of(found, asked, _age, newest=True)


@routes.does("/villages/<key:village>/notices/<key:notice>/settle", "公示期满，把没有异议的评分入账")
@permission(Permission.NOTICE_SETTLE)
@routes.takes(Nothing)
@routes.gives(SettledShape)
def settle(body: dict[str, Any], village: str, notice: str) -> Settled:
    """Post what nobody contested, once the notice's days are over; a second call posts nothing."""
    with access.database().writing() as session:
        return publicity.settle(session, village=village, notice=notice, by=access.by(), at=access.now())


@routes.does("/villages/<key:village>/scores/<key:score>/objections", "对一条评分提出异议")
@permission(Permission.OBJECTION_RAISE)
@routes.takes(ObjectionBody)
@routes.gives(ObjectionShape, 201)
def raise_objection(body: dict[str, Any], village: str, score: str) -> Objection:
    """Record an objection to one score; it alone is frozen until somebody else has answered."""
    with access.database().writing() as session:
        return publicity.raise_objection(
            session, village=village, score=score, **body, by=access.by(), at=access.now()
        )


@routes.does("/villages/<key:village>/objections/<key:objection>/decision", "书面答复异议")
@permission(Permission.OBJECTION_DECIDE)
@routes.takes(DecisionBody)
@routes.gives(ObjectionShape)
def decide_objection(body: dict[str, Any], village: str, objection: str) -> Objection:
    """Answer an objection in writing; who entered the score may not."""
    with access.database().writing() as session:
        return publicity.decide_objection(
            session, village=village, objection=objection, **body, by=access.by(), at=access.now()
        )


def _age(notice: Notice) -> list[Any]:
    """Where a notice stands among the others."""
    return [notice.published_at.isoformat(), notice.id]
