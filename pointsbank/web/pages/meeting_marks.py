"""Judged items at the committee's screen: what is before the panel, who has marked, what it comes to."""

import re
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import dates, scoring
from pointsbank.labels.mark_way import MARK_WAY
from pointsbank.schemas.fields import Day
from pointsbank.schemas.select import Select
from pointsbank.scoring import Attendee, Case, Item
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.mark_fields import gone, mark_fields, point_out, read_marks
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.qr_codes import svg_path

page = Page()


class NewCases(forms.Form):
    """One judged item for one or several households."""

    codes = forms.Households(required=True)
    item = forms.Untyped(maximum=32, required=True)
    occurred_on = Day(required=True)


class Drawing(forms.Form):
    """Whether a deed that was judged already is meant once more."""

    confirmed = forms.Ticked(load_default=False)


class Marks(forms.Form):
    """How the marks came to this screen; the marks themselves are read case by case."""

    way = Select(MARK_WAY, "screen", "paper", load_default="screen")


@page.form("/v/<village>/meetings/<meeting>/marks", Permission.MEETING_VIEW)
def meeting_marks(form: BoundForm, village: str, meeting: str) -> str:
    """Show what is before a meeting's panel; marks only where nobody's is missing."""
    today = dates.day_of(access.now())
    form.prefill(occurred_on=today.isoformat())
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        record = scoring.minutes_of(session, found, village=village)
        known = scoring.cases(session, village=village, meeting=meeting)
        phones = scoring.phones(session, village=village, meeting=meeting)
        items = _judged_items(session, village)
    present = [one for one in record.people if one.role == "judge"]
    return render_template(
        "meetings/marks.html",
        form=form,
        meeting=found,
        record=record,
        cases=sorted(known, key=lambda one: (not one.is_open, one.number)),
        judges=[(one, _left(known, one)) for one in present],
        phones=phones,
        items=items,
        complete=sum(one.status == "complete" for one in known),
    )


@page.action(
    "/v/<village>/meetings/<meeting>/marks", Permission.MEETING_HOLD, form=NewCases, on=meeting_marks
)
def put_up_cases(session: Session, form: BoundForm, village: str, meeting: str) -> str:
    """Put households and one judged item before the panel."""
    new = scoring.put_up(session, village=village, meeting=meeting, **form.data, **access.by_and_at())
    return f"已提交{len(new)}件打分：评议员可以开始打分了。"


@page.action(
    "/v/<village>/meetings/<meeting>/marks/<case>/draw",
    Permission.MEETING_HOLD,
    form=Drawing,
    on=meeting_marks,
)
def draw_case(session: Session, form: BoundForm, village: str, meeting: str, case: str) -> str:
    """Enter what the marks of a case come to as a score."""
    score = scoring.draw_result(
        session, village=village, meeting=meeting, case=case, **form.data, **access.by_and_at()
    )
    counted = scoring.signed(score.counted_points)
    return f"{score.name}的“{score.title}”计{counted}分。{score.note}。{score.remark}"


@page.action("/v/<village>/meetings/<meeting>/marks/draw", Permission.MEETING_HOLD, on=meeting_marks)
def draw_cases(session: Session, form: BoundForm, village: str, meeting: str) -> str:
    """Enter every case that all have marked as a score, all or none."""
    known = scoring.cases(session, village=village, meeting=meeting)
    complete = [one for one in known if one.status == "complete"]
    for one in complete:
        scoring.draw_result(session, village=village, meeting=meeting, case=one.id, **access.by_and_at())
    return f"已计入{len(complete)}件评分。"


@page.action("/v/<village>/meetings/<meeting>/marks/<case>/drop", Permission.MEETING_HOLD, on=meeting_marks)
def drop_case(session: Session, form: BoundForm, village: str, meeting: str, case: str) -> str:
    """Take a case from the panel."""
    scoring.drop_case(session, village=village, meeting=meeting, case=case, **access.by_and_at())
    return "已撤下这一件；打过的分留在日志里，不计入评分。"


@page.form("/v/<village>/meetings/<meeting>/marks/judges/<judge>", Permission.MEETING_HOLD)
def judge_at_screen(form: BoundForm, village: str, meeting: str, judge: str) -> str:
    """Show the fields of one judge, to whom the keyboard is passed: nobody's marks stand on it, not even own.

    Raises:
        MeetingClosed: the meeting has ended.
        JudgeAway: nobody who is present stands there in the minutes.
        PageUnknown: the address names no place.
    """
    place = _place(judge)
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        record = scoring.minutes_of(session, found, village=village)
        known = scoring.cases(session, village=village, meeting=meeting)
    if found.status != "open" and form.refusal is None:
        raise scoring.problems.MeetingClosed()
    present = [one for one in record.people if one.role == "judge"]
    who = next((one for one in present if one.position == place), None)
    if who is None:
        raise scoring.problems.JudgeAway()
    fields = mark_fields(form, known, place, {})
    gone(form, fields)
    return render_template(
        "meetings/judge_at_screen.html",
        form=form,
        meeting=found,
        who=who,
        fields=fields,
        others=[(one, left) for one in present if one != who and (left := _left(known, one))],
    )


@page.post(
    "/v/<village>/meetings/<meeting>/marks/judges/<judge>",
    Permission.MEETING_HOLD,
    form=Marks,
    on=judge_at_screen,
)
def give_marks(village: str, meeting: str, judge: str) -> ResponseReturnValue:
    """Write one judge's marks, and lead back to who has something to mark; raises PageUnknown."""
    form = forms.bind(Marks)
    marks = read_marks(form)
    given: dict[str, Any] = {"village": village, "meeting": meeting, "position": _place(judge)}
    done = forms.submit(
        form,
        lambda session: scoring.give_marks(
            session, **given, marks=marks, way=form.data["way"], **access.by_and_at()
        ),
    )
    if done is None:
        point_out(form)
        return judge_at_screen.show(form, village=village, meeting=meeting, judge=judge)
    message = f"已记下{len(marks)}件打分，请交给下一位评议员。"
    return SeeOther("meeting_marks", message, village=village, meeting=meeting).response()


@page.post("/v/<village>/meetings/<meeting>/marks/judges/<judge>/code", Permission.MEETING_HOLD)
def show_mark_code(village: str, meeting: str, judge: str) -> ResponseReturnValue:
    """Make a judge's code and show it, once; the one before is void; raises PageUnknown."""
    form, place = forms.unbound(), _place(judge)
    code = forms.submit(
        form,
        lambda session: scoring.show_code(
            session, village=village, meeting=meeting, position=place, **access.by_and_at()
        ),
    )
    if code is None:
        return meeting_marks.show(form, village=village, meeting=meeting)
    address = f"{access.settings().public_url}/judge/{village}"
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        record = scoring.minutes_of(session, found, village=village)
    [name] = [one.name for one in record.people if one.position == place]
    return render_template(
        "meetings/mark_code.html",
        meeting=found,
        name=name,
        code=code,
        address=address,
        drawn=svg_path(f"{address}/{code}"),
    )


def _place(judge: str) -> int:
    """Return the place in the minutes that an address names; raises PageUnknown."""
    if not re.fullmatch("[1-9][0-9]{0,2}", judge, re.ASCII):
        raise access.PageUnknown()
    return int(judge)


def _judged_items(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the judged items in force today, each with its name and bounds; none without a scheme."""
    try:
        known = scoring.items(session, village=village, day=dates.day_of(access.now()))
    except scoring.problems.SchemeUnknown:
        return []
    return [(one.code, f"{one.code} {one.title}（{scoring.label(one)}）") for one in known if _is_judged(one)]


def _is_judged(item: Item) -> bool:
    return item.shape in scoring.SHAPES and scoring.SHAPES[item.shape].bounds(item) is not None


def _left(cases: list[Case], judge: Attendee) -> int:
    """Return how many open cases a judge has still to mark."""
    return sum(one.is_open and judge in one.missing for one in cases)
