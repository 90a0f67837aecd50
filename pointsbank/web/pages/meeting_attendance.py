"""Who is present in an open meeting, and what came of each line of its agenda."""

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.attendance import ATTENDANCE
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page
from pointsbank.web.pages.meetings import one_meeting

page = Page()

OUTCOME = "outcome-"
"""Begins the name of the box beside a line of the agenda; the rest is its place."""


class Presence(forms.Form):
    """Somebody of the minutes, and whether they are there."""

    position = forms.Count(minimum=1, maximum=999, required=True)
    role = Select(ATTENDANCE, required=True)


class NewAttendee(forms.Form):
    """Somebody who was not expected."""

    attendee = Text(maximum=80, required=True)


class Outcomes(forms.Form):
    """How many lines the agenda has; what came of each stands beside it."""

    lines = forms.Count(minimum=1, maximum=30, required=True)


@page.action(
    "/v/<village>/meetings/<meeting>/presence", Permission.MEETING_HOLD, form=Presence, on=one_meeting
)
def set_presence(session: Session, form: BoundForm, village: str, meeting: str) -> str:
    """Mark somebody as present or absent."""
    position, present = form.data["position"], form.data["role"] == "judge"
    people = scoring.set_presence(
        session, village=village, meeting=meeting, position=position, present=present, **access.by_and_at()
    )
    [name] = [one.name for one in people if one.position == position]
    return f"{name}：{ATTENDANCE.name(form.data['role'])}。"


@page.action(
    "/v/<village>/meetings/<meeting>/attendees", Permission.MEETING_HOLD, form=NewAttendee, on=one_meeting
)
def add_attendee(session: Session, form: BoundForm, village: str, meeting: str) -> str:
    """Let somebody sit in the meeting who was not expected."""
    name = form.data["attendee"]
    people = scoring.add_attendee(session, village=village, meeting=meeting, name=name, **access.by_and_at())
    return f"{people[-1].name}：到场。"


@page.action(
    "/v/<village>/meetings/<meeting>/outcomes", Permission.MEETING_HOLD, form=Outcomes, on=one_meeting
)
def set_outcomes(session: Session, form: BoundForm, village: str, meeting: str) -> str:
    """Write what came of each line of the agenda."""
    written = [form.values.get(f"{OUTCOME}{place}", "") for place in range(1, form.data["lines"] + 1)]
    scoring.set_outcomes(session, village=village, meeting=meeting, outcomes=written, **access.by_and_at())
    return "议程的结果已保存。"
