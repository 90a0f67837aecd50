"""Notices and objections: what is on display, who objects to which entry, who answers, what is posted."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import (
    approvals,
    ceremonies,
    claims,
    dates,
    inspections,
    points,
    publicity,
    roster,
    score_sheets,
    scoring,
    staff,
    walls,
)
from pointsbank.labels.objection_outcome import OBJECTION_OUTCOME
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.publicity import Objection
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.scoring import Correction, Score, ShouldBe
from pointsbank.staff import Permission
from pointsbank.web import access, display, forms, screen_clearing
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()
NOTHING_FORESEEN: Mapping[str, Sequence[str]] = MappingProxyType({})


class NewObjection(forms.Form):
    """Who objects, and why."""

    raised_by = Text(maximum=60, required=True)
    reason = forms.Lines(maximum=500, required=True)


class Decision(forms.Form):
    """The written answer to an objection: its outcome, and what should be or is missing."""

    verdict = Select(OBJECTION_OUTCOME, required=True)
    reason = forms.Lines(maximum=500, required=True)
    participant = forms.Household(load_default=None)
    item = forms.ItemField(load_default=None)
    occurred_on = Day(load_default=None)
    quantity = forms.Amount(load_default=None)
    points = forms.TypedPoints(load_default=None)


class NewHanging(forms.Form):
    """Where the paper hangs, and since when."""

    place = Text(maximum=60, required=True)
    hung_on = Day(required=True)


class NoticeHanging(NewHanging):
    """The same of a notice: what corrects it hangs there in the same size."""

    size = Select(PAPER_SIZE, load_default="a4")


@page.get(
    "/v/<village>/notices",
    Permission.NOTICE_VIEW,
    tab=Tab("公示", "异议、答复、入账", after="meetings", icon="wall", group="notices"),
)
def notices(village: str) -> str | Response:
    """Show the notices, newest first, with the objections that wait for an answer; or send them as a file."""
    shown = show_list("notices", village, endpoint="notices")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        waiting = [one for one in publicity.objections(session, village=village) if one.status == "open"]
        scores = scoring.scores_by_id(session, village=village, ids=[one.score for one in waiting])
    return render_template("notices/list.html", shown=shown, waiting=waiting, scores=scores)


@page.form("/v/<village>/notices/<notice>", Permission.NOTICE_VIEW)
def one_notice(form: BoundForm, village: str, notice: str) -> str | Response:
    """Show one notice with its entries; or send them as a file."""
    shown = show_list("notice_entries", village, endpoint="one_notice", notice=notice)
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        found = publicity.notice_by_id(session, village=village, notice_id=notice)
        by_itself = publicity.settles_by_itself(session, village=village, notice=notice)
        hangings = publicity.hangings(session, village=village, notice=notice)
        places = publicity.usual_places(session, village=village)
        names = staff.actors(session, ids={one.recorded_by for one in hangings})
        is_posted = bool(publicity.gathered(session, village=village, notice=notice))
    today = dates.day_of(access.now())
    form.prefill(place="" if hangings else places[0], hung_on=today.isoformat(), size=walls.A4)
    return render_template(
        "notices/one.html",
        form=form,
        notice=found,
        shown=shown,
        over=found.over_on(today),
        # Beside the practice village no duty runs.
        by_itself=by_itself and not access.settings().practice,
        hangings=hangings,
        is_posted=is_posted,
        places=places,
        names=names,
    )


@page.action(
    "/v/<village>/notices/<notice>/hangings", Permission.NOTICE_HANG, form=NoticeHanging, on=one_notice
)
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
def one_score(
    form: BoundForm, village: str, score: str, foreseen: Mapping[str, Sequence[str]] = NOTHING_FORESEEN
) -> str:
    """Show one entry with the objections to it, and what was put right of it.

    `foreseen` says by objection (id) what the answer that is about to be given will do.
    """
    at = access.now()
    with access.database().reading() as session:
        found = scoring.score(session, village=village, score_id=score)
        raised = [one for one in publicity.objections(session, village=village) if one.score == score]
        who = roster.by_id(session, village=village, id=found.participant_id)
        versions = scoring.versions(session, village=village, score=score)
        made = [one.correction for one in versions if one.correction]
        names = staff.actors(session, ids=_people(found, raised, made))
        replaced = next((one for one in made if one.corrects == score and one.status != "dropped"), None)
        made_by = next((one for one in made if one.score_id == score), None)
        places = publicity.usual_places(session, village=village)
        is_done = replaced is not None and replaced.status == "posted"
        recounts = scoring.recounts(session, found, village=village, at=at) if is_done else []
        notice = publicity.notice_of(session, village=village, meeting=found.meeting_id)
        claim = claims.claim_of_score(session, village=village, score=score)
        occasion = ceremonies.ceremony_of_score(session, village=village, score=score)
        fault = inspections.fault_of_score(session, village=village, score=score)
        may_see = access.allowed(Permission.MEETING_VIEW)
        paper = score_sheets.page_of_score(
            session, village=village, meeting=found.meeting_id, number=found.number
        )
        meeting = scoring.meeting(session, village=village, meeting_id=found.meeting_id, or_day_book=True)
    today = dates.day_of(at)
    # At a counter the household that stands there objects; whose the paper is otherwise, is asked.
    raised_by = who.name if screen_clearing.is_at_counter() else ""
    form.prefill(place=places[0], hung_on=today.isoformat(), raised_by=raised_by)
    return render_template(
        "notices/score.html",
        form=form,
        score=found,
        claim=claim,
        occasion=occasion,
        paper=paper if may_see else None,
        inspection=fault[0] if fault else None,
        objections=raised,
        versions=versions,
        replaced=replaced,
        made_by=made_by,
        recounts=recounts,
        over=made_by is not None and made_by.ends_on is not None and today > made_by.ends_on,
        names=names,
        notice=notice,
        meeting=meeting,
        places=places,
        has_ended=who.status == "closed",
        foreseen=foreseen,
    )


def _people(score: Score, raised: Sequence[Objection], made: Sequence[Correction]) -> set[str]:
    """The ids of all who had to do with a score, for their names."""
    decided = {one.decided_by for one in raised if one.decided_by}
    corrected = {who for one in made for who in (one.requested_by, one.confirmed_by, one.hung_by) if who}
    return {score.entered_by} | decided | corrected


@page.action(
    "/v/<village>/scores/<score>/objections", Permission.OBJECTION_RAISE, form=NewObjection, on=one_score
)
def raise_objection(session: Session, form: BoundForm, village: str, score: str) -> str:
    """Write down an objection; only this entry waits."""
    raised = publicity.raise_objection(
        session, village=village, score=score, **form.data, **access.by_and_at()
    )
    posted = scoring.score(session, village=village, score_id=score).status == scoring.POSTED
    until = "已经入账的照旧算，成立的就更正" if posted else "这一条暂不入账"
    return f"异议已登记，{until}，最迟{display.show_day(raised.due_on)}书面答复。请打印回执交给提出的人。"


@page.post(
    "/v/<village>/scores/<score>/objections/<objection>/decision/outlook",
    Permission.OBJECTION_DECIDE,
    form=Decision,
    on=one_score,
)
def foresee_decision(village: str, score: str, objection: str) -> ResponseReturnValue:
    """Show what an answer to an objection will do, before it is given for good; writes nothing.

    Raises:
        ItemUnknown: kept on the form, as all refusals are.
    """
    form = forms.bind(Decision)
    happens = forms.run_catching_refusals(form, lambda: _foreseen(form.data, village, score))
    drawn = one_score.draw(one_score.carried(form), village, score, {objection: happens or []})
    return drawn, form.status


def _foreseen(data: dict[str, Any], village: str, score: str) -> list[str]:
    """Return what an answer says of a score, in sentences, with whatever was typed in its full words.

    Raises:
        ItemUnknown: no item in force on the day is meant.
    """
    with access.database().reading() as session:
        found = scoring.score(session, village=village, score_id=score)
        verdict, outcome = data["verdict"], _outcome(session, data, village, score)
        happens = [f"结论：{OBJECTION_OUTCOME.name(verdict)}。"]
        for asked in outcome.values():
            who = roster.by_code(session, village=village, code=asked.participant_code)
            known = scoring.items(session, village=village, day=asked.occurred_on)
            item = next((one for one in known if one.code == asked.item), None)
            if item is None:
                raise scoring.problems.ItemUnknown(item=asked.item)
            count = "" if asked.quantity is None else f"，数量{points.show(asked.quantity)}"
            value = "" if asked.points is None else f"，分值{points.show(asked.points)}"
            label, day = scoring.label(item), display.show_day(asked.occurred_on)
            deed = f"{who.name}（{who.code}）{item.code} {item.title}（{label}），{day}{count}{value}"
            happens.append(f"{'更正为' if verdict == 'changed' else '下次评议会补记'}：{deed}。")
    if found.status == scoring.POSTED and verdict in ("changed", "upheld"):
        happens.append("这一条已经入账：答复以后还要另一位角色不同的工作人员确认，才更正。")
    return [*happens, "答复以后不能再改，会长期保存。"]


def _outcome(session: Session, data: dict[str, Any], village: str, score: str) -> dict[str, ShouldBe]:
    """Return what should be or what is missing, as a form has it; nothing for a plain answer."""
    if data["verdict"] not in ("changed", "missing"):
        return {}
    given = {name: data[name] for name in ("item", "occurred_on", "points")}
    given["participant_code"] = data["participant"]
    given["quantity"] = data["quantity"] and int(points.parse(data["quantity"]))
    typed = {name: value for name, value in given.items() if value is not None}
    asked = scoring.instead_of(session, village=village, score=score, given=typed)
    return {"should_be" if data["verdict"] == "changed" else "missing": asked}


@page.action(
    "/v/<village>/scores/<score>/objections/<objection>/decision",
    Permission.OBJECTION_DECIDE,
    form=Decision,
    on=one_score,
)
def decide_objection(
    session: Session, form: BoundForm, village: str, score: str, objection: str
) -> str | SeeOther:
    """Answer an objection in writing; against what is posted it asks for a correction."""
    outcome = _outcome(session, form.data, village, score)
    answered = approvals.decide_objection(
        session,
        village=village,
        objection=objection,
        upheld=form.data["verdict"] != "rejected",
        reason=form.data["reason"],
        **outcome,
        **access.by_and_at(),
    )
    if answered.approval:
        return requested(answered.approval)
    verdict = OBJECTION_OUTCOME.name(form.data["verdict"])
    return f"答复已记录：{verdict}。请把书面答复交给提出异议的人。"
