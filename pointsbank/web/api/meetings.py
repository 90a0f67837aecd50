"""Meetings, and the scores entered in them."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, publicity, roster, scoring
from pointsbank.dates import day_of
from pointsbank.labels.score_column import SCORE_COLUMN
from pointsbank.points import Points, to_decimal
from pointsbank.publicity import Notice
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.publicity import NoticeSchema
from pointsbank.schemas.scoring import (
    ItemPage,
    ItemSchema,
    MeetingBody,
    MeetingPage,
    MeetingSchema,
    ScoreBody,
    ScoreReadPage,
    ScoreReadSchema,
    ScoreSchema,
)
from pointsbank.scoring import Item, Meeting, Score, ScoreRow
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.field_names import naming
from pointsbank.web.api.routes import Routes

routes = Routes("meetings", "评议会与评分")

_MAXIMUM_MEETINGS = 10_000


@routes.get("/items", "列出现行的积分条目", Permission.SCHEME_VIEW, in_group=True)
@routes.json(ItemPage, query=PageQuery)
def list_items(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the rules in force today, each with the words that say how much it is."""
    with access.database().reading() as session:
        found = scoring.items(session, village=village, day=day_of(access.now()))
    rows = [_rule(item, in_force=True) for item in found]
    return page_of(rows, query, lambda row: [row["code"]])


@routes.get("/items/<key:item>", "查看一个积分条目", Permission.SCHEME_VIEW, in_group=True)
@routes.json(ItemSchema)
def show_item(village: str, item: str) -> dict[str, Any]:
    """Show one rule: as in force today, else as it last was."""
    with access.database().reading() as session:
        found = scoring.item(session, village=village, code=item, day=day_of(access.now()))
    return _rule(found.item, in_force=found.in_force)


@routes.get("/meetings", "列出评议会", Permission.MEETING_VIEW, in_group=True)
@routes.json(MeetingPage, query=PageQuery)
def list_meetings(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the village's meetings, the latest first."""
    with access.database().reading() as session:
        known: dict[str, Any] = {"village": village, "limit": _MAXIMUM_MEETINGS}
        rows = [asdict(one) for one in scoring.meetings(session, **known)]
        rows += [_called(one) for one in scoring.calls(session, **known) if one.status != "begun"]
    rows.sort(key=lambda row: row["id"])
    rows.sort(key=lambda row: row["held_on"], reverse=True)
    return page_of(rows, query, lambda row: [row["held_on"].isoformat(), row["id"]], newest=True)


@routes.post("/meetings", "开始一次评议会", Permission.MEETING_HOLD)
@routes.json(MeetingSchema, body=MeetingBody, status=201)
def open_meeting(body: dict[str, Any], village: str) -> Meeting | dict[str, Any]:
    """Open a meeting: its day, panel, who else judges, who is away; or call it for a day that lies ahead."""
    body["agenda"] = [scoring.AgendaLine(**line) for line in body["agenda"]]
    common: dict[str, Any] = {"village": village, **access.by_and_at()}
    with access.database().writing() as session:
        if body["held_on"] > day_of(access.now()):
            facts = {name: body[name] for name in ("title", "place", "panel", "agenda")}
            return _called(scoring.call_meeting(session, day=body["held_on"], **facts, **common))
        return scoring.convene(session, **body, **common)


@routes.get("/meetings/<key:meeting>", "查看一次评议会", Permission.MEETING_VIEW, in_group=True)
@routes.json(MeetingSchema)
def show_meeting(village: str, meeting: str) -> Meeting | dict[str, Any]:
    """Show one meeting, or the call of one that has not begun."""
    with access.database().reading() as session:
        try:
            called = scoring.call(session, village=village, call_id=meeting)
        except scoring.problems.CallUnknown:
            called = None
        if called is not None and called.status != "begun":
            return _called(called)
        return scoring.meeting(session, village=village, meeting_id=meeting)


@routes.get("/meetings/<key:meeting>/scores", "列出一次评议会的评分", Permission.MEETING_VIEW, in_group=True)
@routes.json(ScoreReadPage, query=PageQuery)
def list_scores(query: dict[str, Any], village: str, meeting: str) -> dict[str, Any]:
    """List the scores of a meeting, in the order in which they were entered."""
    with access.database().reading() as session:
        scoring.meeting(session, village=village, meeting_id=meeting, or_day_book=True)
        found = _mine(session, village, scoring.scores(session, village=village, meeting=meeting))
    return page_of([_score(one) for one in found], query, lambda row: [row["number"]])


@routes.get("/scores/<key:score>", "查看一条评分", Permission.MEETING_VIEW, in_group=True)
@routes.json(ScoreReadSchema)
def show_score(village: str, score: str) -> dict[str, Any]:
    """Show one score; raises ScoreUnknown."""
    with access.database().reading() as session:
        found = _mine(session, village, [scoring.score(session, village=village, score_id=score)])
    if not found:
        raise scoring.problems.ScoreUnknown()
    return _score(found[0])


@routes.post("/meetings/<key:meeting>/scores", "录入一条评分", Permission.SCORE_ENTER, in_group=True)
@routes.json(ScoreSchema, body=ScoreBody, status=201)
def enter_score(body: dict[str, Any], village: str, meeting: str) -> dict[str, Any]:
    """Enter a score while the meeting is open; nothing is posted before the notice is over."""
    request_id, confirmed = body.pop("request_id"), body.pop("confirmed")
    row = ScoreRow(participant_code=body.pop("participant"), **body)
    with access.database().writing() as session, naming(SCORE_COLUMN, participant_code="participant"):
        again = ledger.was_answered(session, village=village, request_id=request_id)
        (score,) = scoring.enter_scores(
            session,
            village=village,
            meeting=meeting,
            rows=[row],
            **access.by_and_at(),
            groups=access.groups(),
            request_id=request_id,
            confirmed=confirmed,
        )
    return _score(score) | {"status": "replayed" if again else "completed"}


@routes.post("/meetings/<key:meeting>/close", "封存评议会记录并公示", Permission.MEETING_HOLD)
@routes.json(NoticeSchema, body=Nothing)
def close_meeting(body: dict[str, Any], village: str, meeting: str) -> Notice:
    """Close a meeting for good and publish its notice."""
    with access.database().writing() as session:
        return publicity.close_and_publish(session, village=village, meeting=meeting, **access.by_and_at())


def _called(call: scoring.Call) -> dict[str, Any]:
    """Return a meeting that was called as the API tells of meetings."""
    nobody: dict[str, Any] = {"judges": [], "absentees": [], "scores": 0}
    return {"id": call.id, "title": call.title, "held_on": call.day, "status": call.status, **nobody}


def _rule(item: Item, *, in_force: bool) -> dict[str, Any]:
    """A rule with the words that say how much it is."""
    return asdict(item) | {"label": scoring.label(item), "in_force": in_force}


def _score(score: Score) -> dict[str, Any]:
    """A score as a program sees it."""
    quantity = None if score.quantity is None else to_decimal(Points(score.quantity))
    return {**asdict(score), "quantity": quantity, "state": score.status}


def _mine(session: Session, village: str, found: list[Score]) -> list[Score]:
    """Those scores that are of whom this visit may see."""
    if access.groups() is None:
        return found
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in found})
    return [one for one in found if roster.is_within(people[one.participant_id], access.groups())]
