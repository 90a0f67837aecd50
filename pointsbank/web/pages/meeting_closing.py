"""The end of a meeting: what it comes to, the minutes once more, and the notice that begins."""

from flask import render_template
from sqlmodel import Session

from pointsbank import publicity, scoring, villages
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.pages.meetings import recusals

page = Page()


class Ending(forms.Form):
    """The minutes as they are to be sealed, and what was looked at."""

    minutes = forms.Lines(maximum=20_000, load_default=None)
    seen = forms.Untyped(maximum=80, load_default=None)


@page.form("/v/<village>/meetings/<meeting>/close", Permission.MEETING_HOLD)
def closing_meeting(form: BoundForm, village: str, meeting: str) -> str:
    """Show what a meeting comes to before its minutes are sealed and its notice begins.

    Raises:
        MeetingUnknown: there is no such meeting.
        MeetingClosed: it has ended.
    """
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        if found.status != "open" and form.refusal is None:
            raise scoring.problems.MeetingClosed()
        summary = scoring.meeting_summary(session, village=village, meeting=meeting)
        record = scoring.minutes_of(session, found, village=village)
        missing = publicity.missing_deeds(session, village=village)
        marking = scoring.open_cases(session, village=village, meeting=meeting)
        days = villages.settings(session, village=village).notice_days
    form.prefill(minutes=found.minutes)
    return render_template(
        "meetings/close.html",
        form=form,
        meeting=found,
        summary=summary,
        missing=missing,
        marking=marking,
        days=days,
        record=record,
        recusals=recusals(record),
    )


@page.action(
    "/v/<village>/meetings/<meeting>/close", Permission.MEETING_HOLD, form=Ending, on=closing_meeting
)
def close_meeting(session: Session, form: BoundForm, village: str, meeting: str) -> SeeOther:
    """Seal the minutes as typed and publish the notice, unless something moved since it was looked at."""
    who = {"village": village, "meeting": meeting}
    if form.data["seen"] is not None:
        scoring.check_summary(session, **who, seal=form.data["seen"])
    if "minutes" in form.values:
        # Emptied on purpose, perhaps: what stands in the box is sealed.
        minutes = form.data["minutes"] or ""
        scoring.write_minutes(session, **who, minutes=minutes, **access.by_and_at())
    notice = publicity.close_and_publish(session, **who, **access.by_and_at())
    sentence = "评议会已结束，记录已封存。请打印公示贴出去，再登记张贴：公示期从贴出的第二天算起。"
    return SeeOther("one_notice", sentence, village=village, notice=notice.id)
