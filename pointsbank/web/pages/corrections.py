"""A posted score is put right: what should be, what that will do, and a second person who confirms."""

from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import approvals, points, publicity, scoring
from pointsbank.schemas.fields import Day, Text
from pointsbank.scoring import ShouldBe
from pointsbank.staff import Permission
from pointsbank.web import access, display, forms
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.pages.notices import NewHanging, one_score

page = Page()


class ShouldBeForm(forms.Form):
    """What the score should be, and why."""

    participant = forms.Household(required=True)
    item = forms.ItemField(required=True)
    occurred_on = Day(required=True)
    quantity = forms.Amount(load_default=None)
    points = forms.TypedPoints(load_default=None)
    struck = forms.Ticked(load_default=False)
    reason = Text(maximum=200, required=True)


@page.form("/v/<village>/scores/<score>/correction", Permission.SCORE_CORRECT)
def correct_score(form: BoundForm, village: str, score: str) -> str:
    """Show what a posted score is, to be changed into what it should be."""
    return _draw(form, village, score, happens=[])


@page.post(
    "/v/<village>/scores/<score>/correction", Permission.SCORE_CORRECT, form=ShouldBeForm, on=correct_score
)
def foresee_correction(village: str, score: str) -> ResponseReturnValue:
    """Show what a correction will do, before anybody requests it; writes nothing."""
    form = forms.bind(ShouldBeForm)
    happens = forms.run_catching_refusals(form, lambda: _happens(form, village, score))
    drawn = _draw(correct_score.carried(form), village, score, happens=happens or [])
    return drawn, form.status


@page.action(
    "/v/<village>/scores/<score>/correction/request",
    Permission.SCORE_CORRECT,
    form=ShouldBeForm,
    on=correct_score,
)
def request_correction(session: Session, form: BoundForm, village: str, score: str) -> SeeOther:
    """Request the correction; a second person confirms."""
    asked, reason = _asked(form.data), form.data["reason"]
    made = approvals.request_correction(
        session, village=village, score=score, should_be=asked, reason=reason, **access.by_and_at()
    )
    return requested(made)


@page.action("/v/<village>/scores/<score>/hangings", Permission.NOTICE_HANG, form=NewHanging, on=one_score)
def hang_correction(session: Session, form: BoundForm, village: str, score: str) -> str:
    """Record that a correction's paper hangs; its days begin."""
    made = publicity.hang_correction(session, village=village, score=score, **form.data, **access.by_and_at())
    return f"已登记张贴，公示到{display.show_day(made.ends_on)}。" if made.ends_on else "已登记张贴。"


@page.action("/v/<village>/scores/<score>/settlement", Permission.NOTICE_SETTLE, on=one_score)
def settle_correction(session: Session, form: BoundForm, village: str, score: str) -> str:
    """Post a correction that has hung its days."""
    publicity.settle_correction(session, village=village, score=score, **access.by_and_at())
    return "更正已入账，原来的一条已冲回。"


def _happens(form: BoundForm, village: str, score: str) -> list[str]:
    """Return what the correction on a form will do."""
    at = access.now()
    with access.database().reading() as session:
        asked = _asked(form.data)
        plan = scoring.plan_correction(session, village=village, score=score, should_be=asked, at=at)
        return publicity.correction_outlook(session, plan, village=village, at=at)


def _asked(given: dict[str, Any]) -> ShouldBe:
    """Return what should be as a form has it."""
    quantity = None if given["quantity"] is None else int(points.parse(given["quantity"]))
    return ShouldBe(
        given["participant"],
        given["item"],
        given["occurred_on"],
        quantity,
        given["points"],
        bool(given["struck"]),
    )


def _draw(form: BoundForm, village: str, score: str, *, happens: list[str]) -> str:
    """Draw the page around a form; what was not typed yet is as it stands."""
    with access.database().reading() as session:
        found = scoring.score(session, village=village, score_id=score)
        items = _items(session, village, found.occurred_on)
        item = next((one for one in items if one.id == found.item_id), None)
        replaced = scoring.replaced_by(session, village=village, score=score)
    if item is not None:
        form.prefill(**_typed(scoring.as_it_stands(found, item)))
    return render_template(
        "notices/correction.html", form=form, score=found, happens=happens, replaced=replaced
    )


def _typed(asked: ShouldBe) -> dict[str, str]:
    """Return what should be as somebody would type it."""
    return {
        "participant": asked.participant_code,
        "item": asked.item,
        "occurred_on": asked.occurred_on.isoformat(),
        "quantity": "" if asked.quantity is None else points.show(asked.quantity),
        "points": "" if asked.points is None else points.show(asked.points),
    }


def _items(session: Session, village: str, day: date) -> list[scoring.Item]:
    """Return the items in force on a day; none where there were no rules."""
    try:
        return scoring.items(session, village=village, day=day)
    except scoring.problems.SchemeUnknown:
        return []
