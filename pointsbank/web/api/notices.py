"""Notices, objections to them, and posting the scores that nobody contests."""

from typing import Any

from pointsbank import approvals, publicity, scoring
from pointsbank.publicity import Hanging, Notice, Objection, Settled
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.publicity import (
    DecisionBody,
    HangingPage,
    HangingSchema,
    NoticeHangingBody,
    NoticePage,
    NoticeSchema,
    ObjectionBody,
    ObjectionPage,
    ObjectionSchema,
    SettledSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.corrections import typed_measures
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


@routes.get("/notices/<key:notice>", "查看一份公示", Permission.NOTICE_VIEW)
@routes.json(NoticeSchema)
def show_notice(village: str, notice: str) -> Notice:
    """Show one notice."""
    with access.database().reading() as session:
        return publicity.notice(session, village=village, notice_id=notice).notice


@routes.post("/notices/<key:notice>/hangings", "登记公示张贴在哪里、哪一天", Permission.NOTICE_HANG)
@routes.json(HangingSchema, body=NoticeHangingBody, status=201)
def hang(body: dict[str, Any], village: str, notice: str) -> Hanging:
    """Record that the notice's paper hangs in a place; the first record begins its days."""
    with access.database().writing() as session:
        return publicity.hang(session, village=village, notice=notice, **body, **access.by_and_at())


@routes.get("/notices/<key:notice>/hangings", "列出一份公示张贴在哪里", Permission.NOTICE_VIEW)
@routes.json(HangingPage, query=PageQuery)
def list_hangings(query: dict[str, Any], village: str, notice: str) -> dict[str, Any]:
    """List where the notice's paper hangs, in the order in which it was recorded."""
    with access.database().reading() as session:
        publicity.notice(session, village=village, notice_id=notice)
        found = publicity.hangings(session, village=village, notice=notice)
    return page_of(found, query, lambda one: [one.number])


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


@routes.get("/objections", "列出对评分的异议，最早的在前", Permission.NOTICE_VIEW)
@routes.json(ObjectionPage, query=PageQuery)
def list_objections(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the objections to scores, oldest first."""
    with access.database().reading() as session:
        found = publicity.objections(session, village=village)
    return page_of(found, query, lambda one: [one.raised_on.isoformat(), one.id])


@routes.get("/objections/<key:objection>", "查看一份异议", Permission.NOTICE_VIEW)
@routes.json(ObjectionSchema)
def show_objection(village: str, objection: str) -> Objection:
    """Show one objection with its answer."""
    with access.database().reading() as session:
        return publicity.objection_by_id(session, village=village, objection=objection)


@routes.post("/objections/<key:objection>/decision", "书面答复异议", Permission.OBJECTION_DECIDE)
@routes.json(ObjectionSchema, body=DecisionBody)
def decide_objection(body: dict[str, Any], village: str, objection: str) -> Objection:
    """Answer an objection in writing; who entered the score may not."""
    with access.database().writing() as session:
        score = publicity.objection_by_id(session, village=village, objection=objection).score
        for outcome in ("should_be", "missing"):
            if body[outcome] is not None:
                given = typed_measures(body[outcome])
                body[outcome] = scoring.instead_of(session, village=village, score=score, given=given)
        return approvals.decide_objection(
            session, village=village, objection=objection, **body, **access.by_and_at()
        ).objection


def _age(notice: Notice) -> list[Any]:
    """The key by which notices are ordered."""
    return [notice.published_at.isoformat(), notice.id]
