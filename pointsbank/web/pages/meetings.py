"""The meeting: who sat, what was decided, one item for one or many; closing publishes the notice."""

from collections.abc import Sequence
from typing import cast

from flask import Response, redirect, render_template, request, url_for
from sqlmodel import Session

from pointsbank import ceremonies, claims, dates, inspections, panels, publicity, roster, scoring, staff
from pointsbank.labels.agenda_kind import AGENDA_KIND
from pointsbank.panels import Panel
from pointsbank.roster import Participant
from pointsbank.schemas.fields import Day, RequestId, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

NAMED = 5
"""Of so many households that were entered together the page says the names."""


class NewMeeting(forms.Form):
    """Title, day, panel and people of a meeting that begins, or is called for a later day."""

    title = Text(maximum=100, required=True)
    held_on = Day(required=True)
    place = Text(maximum=100, load_default="")
    panel = forms.Untyped(maximum=40, load_default=None)
    agenda = forms.Lines(maximum=20_000, load_default="")
    judges = forms.Names(load_default=list)
    absentees = forms.Names(load_default=list)
    minutes = forms.Lines(maximum=20_000, load_default="")


class NewScores(forms.Form):
    """One item for one or several participants."""

    request_id = RequestId()
    codes = forms.Households(required=True)
    item = forms.ItemField(required=True)
    occurred_on = Day(required=True)
    quantity = forms.Amount(load_default=None)
    points = forms.TypedPoints(load_default=None)
    note = Text(maximum=200, empty=True, load_default="")
    same_deed = Text(maximum=40, empty=True, load_default="")
    confirmed = forms.Ticked(load_default=False)


class Minutes(forms.Form):
    """The text of the minutes."""

    minutes = forms.Lines(maximum=20_000, load_default="")


@page.form(
    "/v/<village>/meetings",
    Permission.MEETING_VIEW,
    tab=Tab("评议会", "录入评分，结束后公示", after="roster_list", icon="speech", group="judging"),
    in_group=True,
)
def meetings(form: BoundForm, village: str) -> str | Response:
    """Show the meetings, the latest first; or send them as a file."""
    shown = show_list("meetings", village, endpoint="meetings")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        known = panels.panels(session, village=village)
        waiting = scoring.calls(session, village=village, waiting=True)
        form.prefill(**_proposed(session, village, known))
    return render_template("meetings/list.html", form=form, shown=shown, panels=known, waiting=waiting)


def _proposed(session: Session, village: str, known: Sequence[Panel]) -> dict[str, str]:
    """What the next meeting most likely is: this month's, today, of last time's panel, or of who sat then."""
    today = dates.day_of(access.now())
    panel = scoring.proposed_panel(known, scoring.last_panel(session, village=village))
    earlier = [] if panel else scoring.meetings(session, village=village, limit=1)
    sat = scoring.seated(session, village=village, meeting=earlier[0].id) if earlier else []
    last = scoring.calls(session, village=village, limit=1)
    title = f"{dates.month_in_words(dates.month_of(today))}评议会"
    taken = scoring.count_titled(session, village=village, title=title)
    return {
        "held_on": today.isoformat(),
        "title": f"{title}（第{taken + 1}次）" if taken else title,
        "panel": panel.id if panel else "",
        "place": last[0].place if last else "",
        "agenda": AGENDA_KIND.name("scores"),
        "judges": "、".join(" ".join(filter(None, (one.name, one.participant_code))) for one in sat),
    }


@page.action("/v/<village>/meetings", Permission.MEETING_HOLD, form=NewMeeting, on=meetings)
def open_meeting(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Begin a meeting."""
    given = form.data | {"agenda": scoring.read_agenda(form.data["agenda"])}
    opened = scoring.convene(session, village=village, **given, **access.by_and_at())
    return SeeOther("one_meeting", village=village, meeting=opened.id)


@page.form("/v/<village>/meetings/<meeting>", Permission.MEETING_VIEW, in_group=True)
def one_meeting(form: BoundForm, village: str, meeting: str) -> str | Response:
    """Show one meeting with its scores; the last item and day stay chosen for the next entry.

    What links to it need not know whether a score was entered at a meeting or at the counter.
    """
    if form.refusal is None and _is_day_book(village, meeting):
        return cast(Response, redirect(url_for("pages.one_day_book", village=village, meeting=meeting), 303))
    if (called := _waits(form, village, meeting)) is not None:
        return called
    shown = show_list("meeting_scores", village, endpoint="one_meeting", meeting=meeting)
    if isinstance(shown, Response):
        return shown
    day = request.args.get("occurred_on", dates.day_of(access.now()).isoformat())
    form.prefill(item=request.args.get("item", ""), occurred_on=day)
    form.keep_request_id()
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        minutes = scoring.minutes_of(session, found, village=village)
        acted = {note.added_by for note in found.notes} | {found.opened_by, found.closed_by or ""}
        names = staff.actors(session, ids=acted - {""})
        notice = next(
            (one for one in publicity.notices(session, village=village) if one.meeting == meeting), None
        )
        # Who leads a group enters for it alone: what is missing elsewhere is not shown.
        is_open = found.status == "open" and access.groups() is None
        missing = publicity.missing_deeds(session, village=village) if is_open else []
        occasions = ceremonies.waiting(session, village=village) if is_open else []
        claimed = claims.waiting(session, village=village) if is_open else []
        left = inspections.faults_left(session, village=village) if is_open else []
    return render_template(
        "meetings/one.html",
        form=form,
        meeting=found,
        record=minutes,
        recusals=recusals(minutes),
        shown=shown,
        items=_items(village) if found.status == "open" else [],
        missing=missing,
        claimed=claimed,
        occasions=occasions,
        left=left,
        notice=notice,
        names=names,
        confined=access.groups() is not None,
        me=access.by(),
        line_id=forms.new_request_id(),
    )


@page.action(
    "/v/<village>/meetings/<meeting>/scores",
    Permission.SCORE_ENTER,
    form=NewScores,
    on=one_meeting,
    in_group=True,
)
def enter_scores(session: Session, form: BoundForm, village: str, meeting: str) -> SeeOther:
    """Write one item for one or several participants into the minutes."""
    given = dict(form.data)
    codes, request_id, confirmed = given.pop("codes"), given.pop("request_id"), given.pop("confirmed")
    rows = [scoring.ScoreRow(code, **given) for code in codes]
    entered = scoring.enter_scores(
        session,
        village=village,
        meeting=meeting,
        rows=rows,
        request_id=request_id,
        confirmed=confirmed,
        groups=access.groups(),
        **access.by_and_at(),
    )
    remarks = "".join(f"{score.code}：{score.remark}" for score in entered if score.remark)
    remarks += "".join(f"{score.code}：{score.recused}已回避。" for score in entered if score.recused)
    whose = "、".join(f"{score.code} {score.name}" for score in entered[:NAMED])
    more = "等" if len(entered) > NAMED else ""
    # Without an anchor, which would take the cursor away from the box for the next household.
    return SeeOther(
        "one_meeting",
        f"已录入{len(entered)}条：{whose}{more}。{remarks}",
        village=village,
        meeting=meeting,
        item=form.values["item"],
        occurred_on=form.values["occurred_on"],
    )


@page.action("/v/<village>/meetings/<meeting>/missing/<objection>", Permission.MEETING_HOLD, on=one_meeting)
def enter_missing(session: Session, form: BoundForm, village: str, meeting: str, objection: str) -> str:
    """Write a deed that an objection found missing into the minutes."""
    entered = publicity.enter_missing(
        session, village=village, objection=objection, meeting=meeting, **access.by_and_at()
    )
    return f"已补记{entered.name}的“{entered.title}”。{entered.remark}"


@page.action("/v/<village>/meetings/<meeting>/minutes", Permission.MEETING_HOLD, form=Minutes, on=one_meeting)
def write_minutes(session: Session, form: BoundForm, village: str, meeting: str) -> str:
    """Write the minutes while the meeting is open; add a note once it is closed."""
    minutes, by, at = form.data["minutes"], access.by(), access.now()
    if scoring.meeting(session, village=village, meeting_id=meeting).status == "open":
        scoring.write_minutes(session, village=village, meeting=meeting, minutes=minutes, by=by, at=at)
    else:
        scoring.add_note(session, village=village, meeting=meeting, text=minutes, by=by, at=at)
    return "记录已保存。"


@page.action("/v/<village>/meetings/<meeting>/review", Permission.MEETING_HOLD, form=Minutes, on=one_meeting)
def review_meeting(session: Session, form: BoundForm, village: str, meeting: str) -> SeeOther:
    """Keep the minutes as typed, and lead to what is looked at before the meeting ends."""
    minutes = form.data["minutes"]
    scoring.write_minutes(session, village=village, meeting=meeting, minutes=minutes, **access.by_and_at())
    return SeeOther("closing_meeting", village=village, meeting=meeting)


def _waits(form: BoundForm, village: str, meeting: str) -> Response | None:
    """Return the way to the page of a call that has not begun; None for a meeting.

    Raises:
        Problem: what was sent to it was refused, which this page cannot show.
    """
    with access.database().reading() as session:
        try:
            called = scoring.call(session, village=village, call_id=meeting)
        except scoring.problems.CallUnknown:
            return None
    if called.status == "begun":
        return None
    if form.refusal is not None:
        raise form.refusal
    return cast(Response, redirect(url_for("pages.one_call", village=village, call=meeting), 303))


def _is_day_book(village: str, meeting: str) -> bool:
    """Return whether it is a day book of the counter; a call that has not begun is none."""
    with access.database().reading() as session:
        return scoring.is_day_book(session, village=village, meeting=meeting)


def recusals(minutes: scoring.Minutes) -> list[tuple[Participant, list[str]]]:
    """Return each household that somebody present leaves to the others, with their names.

    Who leads a group is told of its households alone.
    """
    found: dict[str, tuple[Participant, list[str]]] = {}
    for one in minutes.recused:
        for who in filter(None, (one.household, *(each for each, _ in one.relatives))):
            if roster.is_within(who, access.groups()):
                found.setdefault(who.id, (who, []))[1].append(one.name)
    return sorted(found.values(), key=lambda each: each[0].sort_key)


def _items(village: str) -> list[scoring.Item]:
    """The items in force today, or none while no scheme is adopted."""
    with access.database().reading() as session:
        try:
            return scoring.items(session, village=village, day=dates.day_of(access.now()))
        except scoring.problems.SchemeUnknown:
            return []
