"""The meeting: who sat, what was decided, one item for one or many households; closing hangs the notice."""

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import dates, publicity, scoring, staff
from pointsbank.schemas.fields import Day, RequestId, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, uploads
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages

SHOWN = 200


class NewMeeting(forms.Form):
    """What is written down when a meeting begins."""

    title = Text(most=100, required=True)
    held_on = Day(required=True)
    judges = forms.Names(required=True)
    absentees = forms.Names(load_default=list)
    minutes = forms.Lines(most=20_000, load_default="")


class NewScores(forms.Form):
    """One item for one or several participants."""

    request_id = RequestId()
    codes = forms.Names(required=True)
    item = Text(most=40, required=True)
    occurred_on = Day(required=True)
    quantity = forms.Amount(load_default=None)
    points = forms.TypedPoints(load_default=None)
    note = Text(most=200, empty=True, load_default="")


class Minutes(forms.Form):
    """What was said."""

    minutes = forms.Lines(most=20_000, load_default="")


@pages.get("/v/<village>/meetings")
@permission(Permission.MEETING_VIEW)
def meetings(village: str) -> ResponseReturnValue:
    """The meetings, the latest first."""
    today = dates.day_of(access.now()).isoformat()
    return _list(village, forms.blank(held_on=today))


@pages.post("/v/<village>/meetings")
@permission(Permission.MEETING_HOLD)
def open_meeting(village: str) -> ResponseReturnValue:
    """Begin a meeting."""
    filled = forms.fill(NewMeeting)
    opened = forms.attempt(
        filled,
        lambda session: scoring.open_meeting(
            session, village=village, by=access.by(), at=access.now(), **filled.data
        ),
    )
    if opened is None:
        return _list(village, filled)
    return redirect(url_for("pages.meeting", village=village, meeting=opened.id), 303)


@pages.get("/v/<village>/meetings/<meeting>")
@permission(Permission.MEETING_VIEW)
def meeting(village: str, meeting: str) -> ResponseReturnValue:
    """One meeting with its scores; the last item and day stay chosen for the next entry."""
    chosen = {
        "item": request.args.get("item", ""),
        "occurred_on": request.args.get("occurred_on", dates.day_of(access.now()).isoformat()),
    }
    return _one(village, meeting, forms.blank(request_id=forms.new_request_id(), **chosen))


@pages.post("/v/<village>/meetings/<meeting>/scores")
@permission(Permission.MEETING_HOLD)
def enter_scores(village: str, meeting: str) -> ResponseReturnValue:
    """Write one item for one or several participants into the minutes."""
    filled = forms.fill(NewScores)
    entered = forms.attempt(filled, lambda session: _enter(session, village, meeting, filled.data))
    if entered is None:
        return _one(village, meeting, filled)
    remarks = "".join(f"{score.code}：{score.remark}" for score in entered if score.remark)
    flash(f"已录入{len(entered)}条。{remarks}")
    item, day = filled.values["item"], filled.values["occurred_on"]
    again = url_for("pages.meeting", village=village, meeting=meeting, item=item, occurred_on=day)
    return redirect(again + "#entry", 303)


@pages.post("/v/<village>/meetings/<meeting>/import")
@permission(Permission.MEETING_HOLD)
def import_scores(village: str, meeting: str) -> ResponseReturnValue:
    """Take a table of scores into the minutes, all rows or none."""
    filled = forms.blank(request_id=forms.new_request_id())
    done = forms.attempt(
        filled,
        lambda session: scoring.import_scores(
            session,
            village=village,
            meeting=meeting,
            table=uploads.table("file"),
            by=access.by(),
            at=access.now(),
        ),
    )
    if done is None:
        return _one(village, meeting, filled)
    ignored = f"没有用到的列：{'、'.join(done.ignored_columns)}。" if done.ignored_columns else ""
    flash(f"导入完成：新录入{done.added}条，已有{done.unchanged}条。{ignored}")
    return redirect(url_for("pages.meeting", village=village, meeting=meeting), 303)


@pages.post("/v/<village>/meetings/<meeting>/scores/<score>/withdraw")
@permission(Permission.MEETING_HOLD)
def withdraw_score(village: str, meeting: str, score: str) -> ResponseReturnValue:
    """Strike out a score while the meeting is open."""
    filled = forms.blank(request_id=forms.new_request_id())
    done = forms.attempt(
        filled,
        lambda session: scoring.withdraw_score(
            session, village=village, score=score, by=access.by(), at=access.now()
        ),
    )
    if done is None:
        return _one(village, meeting, filled)
    flash("已撤回这一条。")
    return redirect(url_for("pages.meeting", village=village, meeting=meeting), 303)


@pages.post("/v/<village>/meetings/<meeting>/minutes")
@permission(Permission.MEETING_HOLD)
def write_minutes(village: str, meeting: str) -> ResponseReturnValue:
    """Write the minutes while the meeting is open; add a note once it is closed."""
    filled = forms.fill(Minutes)
    saved = forms.attempt(filled, lambda session: _write(session, village, meeting, filled.data["minutes"]))
    if saved is None:
        return _one(village, meeting, filled)
    flash("记录已保存。")
    return redirect(url_for("pages.meeting", village=village, meeting=meeting), 303)


@pages.post("/v/<village>/meetings/<meeting>/close")
@permission(Permission.MEETING_HOLD)
def close_meeting(village: str, meeting: str) -> ResponseReturnValue:
    """Seal the minutes and hang the notice."""
    filled = forms.blank(request_id=forms.new_request_id())
    notice = forms.attempt(
        filled,
        lambda session: publicity.close_and_publish(
            session, village=village, meeting=meeting, by=access.by(), at=access.now()
        ),
    )
    if notice is None:
        return _one(village, meeting, filled)
    flash("评议会已结束，记录已封存，公示开始。")
    return redirect(url_for("pages.notice", village=village, notice=notice.id), 303)


@pages.get("/v/<village>/scheme")
@permission(Permission.SCHEME_VIEW)
def scheme(village: str) -> ResponseReturnValue:
    """The rules in force today."""
    return render_template("scheme.html", items=_items(village))


def _enter(session: Session, village: str, meeting: str, data: dict[str, Any]) -> list[scoring.Score]:
    quantity: Decimal | None = data["quantity"]
    rows = [
        scoring.ScoreRow(code, data["item"], data["occurred_on"], quantity, data["points"], data["note"])
        for code in data["codes"]
    ]
    return scoring.enter_scores(
        session,
        village=village,
        meeting=meeting,
        rows=rows,
        request_id=data["request_id"],
        by=access.by(),
        at=access.now(),
    )


def _write(session: Session, village: str, meeting: str, text: str) -> scoring.Meeting:
    about: dict[str, Any] = {"village": village, "meeting": meeting, "by": access.by(), "at": access.now()}
    if scoring.meeting(session, village=village, meeting=meeting).status == "open":
        return scoring.write_minutes(session, minutes=text, **about)
    return scoring.add_note(session, text=text, **about)


def _list(village: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        held = scoring.meetings(session, village=village)
    return render_template("meetings/list.html", form=filled, meetings=held), filled.status


def _one(village: str, meeting: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting=meeting)
        entered = scoring.scores(session, village=village, meeting=meeting)
        names = staff.names(session, ids={note.added_by for note in found.notes} | {found.opened_by})
        notice = next(
            (one for one in publicity.notices(session, village=village) if one.meeting == meeting), None
        )
    shown = entered[::-1][:SHOWN]
    page = render_template(
        "meetings/one.html",
        form=filled,
        meeting=found,
        scores=shown,
        total=len(entered),
        items=_items(village) if found.status == "open" else [],
        notice=notice,
        names=names,
    )
    return page, filled.status


def _items(village: str) -> list[scoring.Item]:
    """The items in force today, or none while no scheme is adopted."""
    with access.database().reading() as session:
        try:
            return scoring.items(session, village=village, day=dates.day_of(access.now()))
        except scoring.SchemeUnknown:
            return []
