"""Notices and objections: what hangs, who objects to which entry, who answers, what is posted."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pointsbank import dates, publicity, scoring, staff
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages

A_PAGE = 100


class NewObjection(forms.Form):
    """Who objects, and why."""

    raised_by = Text(most=60, required=True)
    reason = forms.Lines(most=500, required=True)


@pages.get("/v/<village>/notices")
@permission(Permission.NOTICE_VIEW)
def notices(village: str) -> ResponseReturnValue:
    """The notices, newest first, with the objections that wait for an answer."""
    with access.database().reading() as session:
        hung = publicity.notices(session, village=village)
        waiting = [one for one in publicity.objections(session, village=village) if one.status == "open"]
        scores = scoring.scores_by_id(session, village=village, ids=[one.score for one in waiting])
    return render_template("notices/list.html", notices=hung, waiting=waiting, scores=scores)


@pages.get("/v/<village>/notices/<notice>")
@permission(Permission.NOTICE_VIEW)
def notice(village: str, notice: str) -> ResponseReturnValue:
    """One notice with its entries."""
    return _one(village, notice, forms.blank())


@pages.post("/v/<village>/notices/<notice>/settle")
@permission(Permission.NOTICE_SETTLE)
def settle(village: str, notice: str) -> ResponseReturnValue:
    """Post what nobody objected to; a second time posts nothing and says so."""
    filled = forms.blank()
    done = forms.attempt(
        filled,
        lambda session: publicity.settle(
            session, village=village, notice=notice, by=access.by(), at=access.now()
        ),
    )
    if done is None:
        return _one(village, notice, filled)
    left = f"，另有{done.contested}条有异议，答复后再入账" if done.contested else ""
    flash("这次公示之前已经入账，没有重复入账。" if done.already else f"已入账{done.posted}条{left}。")
    return redirect(url_for("pages.notice", village=village, notice=notice), 303)


@pages.get("/v/<village>/scores/<score>")
@permission(Permission.NOTICE_VIEW)
def score(village: str, score: str) -> ResponseReturnValue:
    """One entry with the objections to it."""
    return _score(village, score, forms.blank())


@pages.post("/v/<village>/scores/<score>/objections")
@permission(Permission.OBJECTION_RAISE)
def raise_objection(village: str, score: str) -> ResponseReturnValue:
    """Write down an objection; only this entry waits."""
    filled = forms.fill(NewObjection)
    raised = forms.attempt(
        filled,
        lambda session: publicity.raise_objection(
            session, village=village, score=score, by=access.by(), at=access.now(), **filled.data
        ),
    )
    if raised is None:
        return _score(village, score, filled)
    flash(f"异议已登记，这一条暂不入账，最迟{raised.due_on:%Y-%m-%d}书面答复。")
    return redirect(url_for("pages.score", village=village, score=score), 303)


@pages.post("/v/<village>/scores/<score>/objections/<objection>/decision")
@permission(Permission.OBJECTION_DECIDE)
def decide_objection(village: str, score: str, objection: str) -> ResponseReturnValue:
    """Answer an objection in writing."""
    filled = forms.fill(forms.Answer)
    decided = forms.attempt(
        filled,
        lambda session: publicity.decide_objection(
            session,
            village=village,
            objection=objection,
            upheld=filled.data["verdict"] == "upheld",
            reason=filled.data["reason"],
            by=access.by(),
            at=access.now(),
        ),
    )
    if decided is None:
        return _score(village, score, filled)
    flash("答复已记录。")
    return redirect(url_for("pages.score", village=village, score=score), 303)


def _one(village: str, notice: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        full = publicity.notice(session, village=village, notice=notice)
    query = request.args.get("q", "").strip()[:60]
    entries = [
        one for one in full.entries if not query or query in one.participant.name + one.participant.code
    ]
    asked = request.args.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    first = (max(page, 1) - 1) * A_PAGE
    found = render_template(
        "notices/one.html",
        form=filled,
        notice=full.notice,
        entries=entries[first : first + A_PAGE],
        total=len(entries),
        page=max(page, 1),
        more=first + A_PAGE < len(entries),
        query=query,
        over=full.notice.over_on(dates.day_of(access.now())),
    )
    return found, filled.status


def _score(village: str, score: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        found = scoring.score(session, village=village, score=score)
        said = [one for one in publicity.objections(session, village=village) if one.score == score]
        names = staff.names(session, ids={found.entered_by} | {one.decided_by or "" for one in said})
        notice = next(
            (one for one in publicity.notices(session, village=village) if one.meeting == found.meeting), None
        )
    page = render_template(
        "notices/score.html", form=filled, score=found, objections=said, names=names, notice=notice
    )
    return page, filled.status
