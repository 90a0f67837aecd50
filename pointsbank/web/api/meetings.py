"""Meetings, and the scores entered in them."""

from dataclasses import asdict
from typing import Any

from pointsbank import ledger, publicity, scoring
from pointsbank.dates import day_of
from pointsbank.points import to_decimal
from pointsbank.publicity import Notice
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.publicity import NoticeSchema
from pointsbank.schemas.scoring import (
    ItemPage,
    MeetingBody,
    MeetingPage,
    MeetingSchema,
    ScoreBody,
    ScoreSchema,
)
from pointsbank.scoring import Meeting, ScoreRow
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("meetings", "评议会与评分")

_MAXIMUM_MEETINGS = 10_000


@routes.get("/items", "列出现行的积分条目", Permission.SCHEME_VIEW, in_group=True)
@routes.json(ItemPage, query=PageQuery)
def list_items(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the rules in force today, each with the words that say how much it is."""
    with access.database().reading() as session:
        found = scoring.items(session, village=village, day=day_of(access.now()))
    rows = [asdict(item) | {"label": scoring.label(item)} for item in found]
    return page_of(rows, query, lambda row: [row["code"]])


@routes.get("/meetings", "列出评议会", Permission.MEETING_VIEW, in_group=True)
@routes.json(MeetingPage, query=PageQuery)
def list_meetings(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the village's meetings, the latest first."""
    with access.database().reading() as session:
        found = scoring.meetings(session, village=village, limit=_MAXIMUM_MEETINGS)
    return page_of(found, query, lambda meeting: [meeting.held_on.isoformat(), meeting.id], newest=True)


@routes.post("/meetings", "开始一次评议会", Permission.MEETING_HOLD)
@routes.json(MeetingSchema, body=MeetingBody, status=201)
def open_meeting(body: dict[str, Any], village: str) -> Meeting:
    """Open a meeting: its day, who judges, who is away."""
    with access.database().writing() as session:
        return scoring.open_meeting(session, village=village, **body, **access.by_and_at())


@routes.get("/meetings/<key:meeting>", "查看一次评议会", Permission.MEETING_VIEW, in_group=True)
@routes.json(MeetingSchema)
def show_meeting(village: str, meeting: str) -> Meeting:
    """Show one meeting."""
    with access.database().reading() as session:
        return scoring.meeting(session, village=village, meeting_id=meeting)


@routes.post("/meetings/<key:meeting>/scores", "录入一条评分", Permission.SCORE_ENTER, in_group=True)
@routes.json(ScoreSchema, body=ScoreBody, status=201)
def enter_score(body: dict[str, Any], village: str, meeting: str) -> dict[str, Any]:
    """Enter a score while the meeting is open; nothing is posted before the notice is over."""
    request_id = body.pop("request_id")
    row = ScoreRow(participant_code=body.pop("participant"), **body)
    with access.database().writing() as session:
        again = ledger.was_answered(session, village=village, request_id=request_id)
        (score,) = scoring.enter_scores(
            session,
            village=village,
            meeting=meeting,
            rows=[row],
            **access.by_and_at(),
            groups=access.groups(),
            request_id=request_id,
        )
    quantity = score.quantity and to_decimal(score.quantity)
    status = "replayed" if again else "completed"
    return {**asdict(score), "quantity": quantity, "state": score.status, "status": status}


@routes.post("/meetings/<key:meeting>/close", "封存评议会记录并公示", Permission.MEETING_HOLD)
@routes.json(NoticeSchema, body=Nothing)
def close_meeting(body: dict[str, Any], village: str, meeting: str) -> Notice:
    """Close a meeting for good and publish its notice."""
    with access.database().writing() as session:
        return publicity.close_and_publish(session, village=village, meeting=meeting, **access.by_and_at())
