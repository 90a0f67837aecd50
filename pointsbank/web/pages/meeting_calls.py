"""A meeting that was called and has not begun: changed, cancelled, or begun on its day."""

from typing import cast

from flask import Response, redirect, render_template, url_for
from sqlmodel import Session

from pointsbank import dates, panels, scoring
from pointsbank.schemas.fields import Day, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.pages.meetings import NewMeeting, meetings

page = Page()


class CallFacts(forms.Form):
    """What a meeting is called for."""

    title = Text(maximum=100, required=True)
    day = Day(required=True)
    place = Text(maximum=100, load_default="")
    panel = forms.Untyped(maximum=40, load_default=None)
    agenda = forms.Lines(maximum=20_000, load_default="")


class Cancelling(forms.Form):
    """Why a meeting is not held."""

    why = Text(maximum=200, required=True)


@page.action("/v/<village>/meetings/call", Permission.MEETING_HOLD, form=NewMeeting, on=meetings)
def call_meeting(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Call a meeting for today or a later day."""
    facts = {name: form.data[name] for name in ("title", "place", "panel")}
    lines = scoring.read_agenda(form.data["agenda"])
    called = scoring.call_meeting(
        session, village=village, day=form.data["held_on"], agenda=lines, **facts, **access.by_and_at()
    )
    sentence = f"已召集{called.title}，定在{dates.day_in_words(called.day)}。到那天点“开始评议”，再录入评分。"
    return SeeOther("one_call", sentence, village=village, call=called.id)


@page.form("/v/<village>/meetings/<call>/call", Permission.MEETING_VIEW, in_group=True)
def one_call(form: BoundForm, village: str, call: str) -> str | Response:
    """Show what a meeting was called for, until it begins."""
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        found = scoring.call(session, village=village, call_id=call)
        known = panels.panels(session, village=village)
        mine = found.panel_id
        panel = panels.panel(session, village=village, panel_id=mine) if mine else None
    if found.status == "begun" and form.is_valid:
        return cast(Response, redirect(url_for("pages.one_meeting", village=village, meeting=call), 303))
    form.prefill(
        title=found.title,
        day=found.day.isoformat(),
        place=found.place,
        panel=found.panel_id or "",
        agenda="\n".join(one.words for one in found.agenda),
    )
    return render_template(
        "meetings/call.html",
        form=form,
        called=found,
        panels=known,
        members=panel.sitting_on(max(found.day, today)) if panel else (),
        has_come=found.day <= today,
    )


@page.action("/v/<village>/meetings/<call>/call", Permission.MEETING_HOLD, form=CallFacts, on=one_call)
def change_call(session: Session, form: BoundForm, village: str, call: str) -> str:
    """Change what a meeting was called for."""
    given = form.data | {"agenda": scoring.read_agenda(form.data["agenda"])}
    changed = scoring.change_call(session, village=village, call_id=call, **given, **access.by_and_at())
    return f"已修改，定在{dates.day_in_words(changed.day)}。"


@page.action("/v/<village>/meetings/<call>/cancel", Permission.MEETING_HOLD, form=Cancelling, on=one_call)
def cancel_call(session: Session, form: BoundForm, village: str, call: str) -> SeeOther:
    """Cancel a meeting that was called."""
    cancelled = scoring.cancel_call(
        session, village=village, call_id=call, reason=form.data["why"], **access.by_and_at()
    )
    return SeeOther("meetings", f"已取消{cancelled.title}。", village=village)


@page.action("/v/<village>/meetings/<call>/begin", Permission.MEETING_HOLD, on=one_call)
def begin_called(session: Session, form: BoundForm, village: str, call: str) -> SeeOther:
    """Begin a meeting on its day, with its panel present."""
    begun = scoring.begin_called(session, village=village, call_id=call, **access.by_and_at())
    return SeeOther("one_meeting", village=village, meeting=begun.id)
