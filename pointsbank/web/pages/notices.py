"""Notices and objections: what is on display, who objects to which entry, who answers, what is posted."""

from flask import render_template, request
from sqlmodel import Session

from pointsbank import dates, publicity, scoring, staff, villages
from pointsbank.schemas.fields import Day, Text
from pointsbank.staff import Permission
from pointsbank.web import access, display, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, Tab

page = Page()

A_PAGE = 100


class NewObjection(forms.Form):
    """Who objects, and why."""

    raised_by = Text(maximum=60, required=True)
    reason = forms.Lines(maximum=500, required=True)


class NewHanging(forms.Form):
    """Where the paper hangs, and since when."""

    place = Text(maximum=60, required=True)
    hung_on = Day(required=True)


@page.get(
    "/v/<village>/notices",
    Permission.NOTICE_VIEW,
    tab=Tab("公示", "异议、答复、入账", after="meetings", icon="wall"),
)
def notices(village: str) -> str:
    """Show the notices, newest first, with the objections that wait for an answer."""
    with access.database().reading() as session:
        found = publicity.notices(session, village=village)
        waiting = [one for one in publicity.objections(session, village=village) if one.status == "open"]
        scores = scoring.scores_by_id(session, village=village, ids=[one.score for one in waiting])
    return render_template("notices/list.html", notices=found, waiting=waiting, scores=scores)


@page.form("/v/<village>/notices/<notice>", Permission.NOTICE_VIEW)
def one_notice(form: BoundForm, village: str, notice: str) -> str:
    """Show one notice with its entries, a hundred on a page."""
    with access.database().reading() as session:
        full = publicity.notice(session, village=village, notice_id=notice)
        chosen = villages.settings(session, village=village)
        hangings = publicity.hangings(session, village=village, notice=notice)
        places = publicity.usual_places(session, village=village)
        names = staff.actors(session, ids={one.recorded_by for one in hangings})
    today = dates.day_of(access.now())
    form.prefill(place="" if hangings else places[0], hung_on=today.isoformat())
    query = request.args.get("q", "").strip()[:60]
    entries = [
        one for one in full.entries if not query or query in one.participant.name + one.participant.code
    ]
    given = request.args.get("page", "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    first = (max(number, 1) - 1) * A_PAGE
    return render_template(
        "notices/one.html",
        form=form,
        notice=full.notice,
        entries=entries[first : first + A_PAGE],
        total=len(entries),
        page=max(number, 1),
        more=first + A_PAGE < len(entries),
        query=query,
        over=full.notice.over_on(today),
        # Beside the practice village no duty runs.
        by_itself=chosen.settling == "by_itself" and not access.settings().practice,
        hangings=hangings,
        places=places,
        names=names,
    )


@page.action("/v/<village>/notices/<notice>/hangings", Permission.NOTICE_HANG, form=NewHanging, on=one_notice)
def hang(session: Session, form: BoundForm, village: str, notice: str) -> str:
    """Record that the paper hangs; the first place begins its days."""
    publicity.hang(session, village=village, notice=notice, **form.data, **access.by_and_at())
    ends_on = publicity.notice(session, village=village, notice_id=notice).notice.ends_on
    return f"已登记张贴，公示到{display.show_day(ends_on)}。" if ends_on else "已登记张贴。"


@page.action("/v/<village>/notices/<notice>/settle", Permission.NOTICE_SETTLE, on=one_notice)
def settle(session: Session, form: BoundForm, village: str, notice: str) -> str:
    """Post what nobody objected to; a second time posts nothing and says so."""
    done = publicity.settle(session, village=village, notice=notice, **access.by_and_at())
    if done.already:
        return "这次公示之前已经入账，没有重复入账。"
    left = f"，另有{done.contested}条有异议，答复后再入账" if done.contested else ""
    return f"已入账{done.posted}条{left}。"


@page.form("/v/<village>/scores/<score>", Permission.NOTICE_VIEW)
def one_score(form: BoundForm, village: str, score: str) -> str:
    """Show one entry with the objections to it."""
    with access.database().reading() as session:
        found = scoring.score(session, village=village, score_id=score)
        raised = [one for one in publicity.objections(session, village=village) if one.score == score]
        names = staff.actors(session, ids={found.entered_by} | {one.decided_by or "" for one in raised})
        notice = next(
            (one for one in publicity.notices(session, village=village) if one.meeting == found.meeting_id),
            None,
        )
    return render_template(
        "notices/score.html", form=form, score=found, objections=raised, names=names, notice=notice
    )


@page.action(
    "/v/<village>/scores/<score>/objections", Permission.OBJECTION_RAISE, form=NewObjection, on=one_score
)
def raise_objection(session: Session, form: BoundForm, village: str, score: str) -> str:
    """Write down an objection; only this entry waits."""
    raised = publicity.raise_objection(
        session, village=village, score=score, **form.data, **access.by_and_at()
    )
    return f"异议已登记，这一条暂不入账，最迟{display.show_day(raised.due_on)}书面答复。"


@page.action(
    "/v/<village>/scores/<score>/objections/<objection>/decision",
    Permission.OBJECTION_DECIDE,
    form=forms.Answer,
    on=one_score,
)
def decide_objection(session: Session, form: BoundForm, village: str, score: str, objection: str) -> str:
    """Answer an objection in writing."""
    publicity.decide_objection(
        session, village=village, objection=objection, **form.data, **access.by_and_at()
    )
    return "答复已记录。"
