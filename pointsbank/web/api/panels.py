"""Panels, and what stands in the minutes of their meetings beside the scores."""

from dataclasses import asdict
from typing import Any

from pointsbank import panels, scoring
from pointsbank.panels import Panel
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.scoring import (
    CancellingBody,
    MeetingSchema,
    MinutesSchema,
    PanelPage,
    PanelSchema,
    PresenceBody,
)
from pointsbank.scoring import Attendee, Meeting
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("panels", "评议小组与会议记录")


@routes.get("/panels", "列出评议小组", Permission.PANEL_VIEW)
@routes.json(PanelPage, query=PageQuery)
def list_panels(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the panels, ended ones too, with everybody who ever sat on them."""
    with access.database().reading() as session:
        found = panels.panels(session, village=village, also_ended=True)
    return page_of(found, query, lambda panel: [panel.id])


@routes.get("/panels/<key:panel>", "查看一个评议小组", Permission.PANEL_VIEW)
@routes.json(PanelSchema)
def show_panel(village: str, panel: str) -> Panel:
    """Show one panel; raises PanelUnknown."""
    with access.database().reading() as session:
        return panels.panel(session, village=village, panel_id=panel)


@routes.post("/meetings/<key:meeting>/begin", "开始召集过的评议会", Permission.MEETING_HOLD)
@routes.json(MeetingSchema, body=Nothing)
def begin_meeting(body: dict[str, Any], village: str, meeting: str) -> Meeting:
    """Begin a meeting on the day for which it was called, with its panel present."""
    with access.database().writing() as session:
        return scoring.begin_called(session, village=village, call_id=meeting, **access.by_and_at())


@routes.post("/meetings/<key:meeting>/cancel", "取消召集过的评议会", Permission.MEETING_HOLD)
@routes.json(MeetingSchema, body=CancellingBody)
def cancel_meeting(body: dict[str, Any], village: str, meeting: str) -> dict[str, Any]:
    """Cancel a meeting that was called and has not begun."""
    with access.database().writing() as session:
        called = scoring.cancel_call(session, village=village, call_id=meeting, **body, **access.by_and_at())
    facts = asdict(called)
    return {**facts, "held_on": called.day, "judges": [], "absentees": [], "scores": 0}


@routes.get("/meetings/<key:meeting>/minutes", "查看评议会记录", Permission.PANEL_VIEW)
@routes.json(MinutesSchema)
def show_minutes(village: str, meeting: str) -> dict[str, Any]:
    """Show number, agenda, attendance and recusals of a meeting; raises MeetingUnknown."""
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        minutes = scoring.minutes_of(session, found, village=village)
    return _fields(minutes)


@routes.post("/meetings/<key:meeting>/attendance", "登记到场、缺席", Permission.MEETING_HOLD)
@routes.json(MinutesSchema, body=PresenceBody)
def set_presence(body: dict[str, Any], village: str, meeting: str) -> dict[str, Any]:
    """Mark somebody of an open meeting as present or absent."""
    with access.database().writing() as session:
        scoring.set_presence(session, village=village, meeting=meeting, **body, **access.by_and_at())
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        minutes = scoring.minutes_of(session, found, village=village)
    return _fields(minutes)


def _fields(minutes: scoring.Minutes) -> dict[str, Any]:
    """Return minutes as a program sees them."""
    names = ("meeting", "year", "number", "place", "panel", "area", "agenda", "opened_at", "closed_at")
    shown = {name: getattr(minutes, name) for name in names}
    return {**shown, "people": [_attendee(one) for one in minutes.people]}


def _attendee(one: Attendee) -> dict[str, Any]:
    """Return somebody in the minutes as a program sees them."""
    households = [one.household] if one.household else []
    codes = sorted({each.code for each in (*households, *(theirs for theirs, _ in one.relatives))})
    return {"position": one.position, "name": one.name, "role": one.role, "recused_from": codes}
