"""Acts that need a second person: what waits, what will happen, and the answer."""

from collections import Counter
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import approvals, market, roster, staff
from pointsbank.approvals import Shown
from pointsbank.errors import Problem
from pointsbank.labels.decline_reason import DECLINE_REASON
from pointsbank.outcomes import OutcomeUnknown
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.approving import pin_people
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

MAXIMUM = 200
"""Requests confirmed with one button."""


class Declining(forms.Form):
    """Why the second person does not agree."""

    reason = Select(DECLINE_REASON, required=True)


class Confirming(forms.Form):
    """What the second person has read: the mark of what the page says will happen."""

    seen = forms.Untyped(maximum=80, load_default=None)


class OnScreen(Confirming):
    """The second person's login and code, typed on the first one's screen."""

    login = Text(maximum=100, required=True)
    totp_pin = forms.Secret(required=True, attribute="code")


@page.get(
    "/v/<village>/approvals",
    Permission.APPROVAL_VIEW,
    tab=Tab("双人确认", "两个人办的事", after="roster_list", icon="pair"),
)
def approval_list(village: str) -> str:
    """Show what waits for a second person, what ended, and what became of PINs."""
    who: Any = {"village": village, **access.by_and_at()}
    with access.database().reading() as session:
        waiting = approvals.waiting(session, **who)
        ended = approvals.ended(session, **who, limit=30)
        pins = market.pin_events(session, village=village, limit=30)
        names = staff.actors(session, ids=_people([*waiting, *ended]) | set(pin_people(pins)))
        households = roster.by_ids(session, village=village, ids={one.participant_id for one in pins})
    return render_template(
        "approvals/list.html",
        waiting=waiting,
        ended=ended,
        pins=pins,
        names=names,
        households=households,
        all_ticked=bool(request.args.get("all")),
    )


@page.post("/v/<village>/approvals", Permission.APPROVAL_ANSWER)
def confirm_approvals(village: str) -> ResponseReturnValue:
    """Confirm several requests that were ticked, each by itself: one that is refused holds up no other."""
    chosen, refused = request.form.getlist("approval")[:MAXIMUM], Counter[str]()
    for approval in chosen:
        # What nobody knows the outcome of is told by itself, not counted as refused.
        try:
            with access.database().writing() as session:
                approvals.confirm(
                    session, village=village, approval=approval, in_bulk=True, **access.by_and_at()
                )
        except OutcomeUnknown:
            raise
        except Problem as problem:
            refused[problem.detail] += 1
    done = len(chosen) - refused.total()
    # A few sentences: they travel in a cookie.
    for sentence, count in refused.most_common(3):
        flash(f"有{count}份没有确认：{sentence}")
    flash(f"已确认{done}份。" if chosen else "没有确认任何一份，请先勾选。")
    return redirect(url_for("pages.approval_list", village=village), 303)


@page.form("/v/<village>/approvals/<approval>", Permission.APPROVAL_VIEW)
def one_approval(form: BoundForm, village: str, approval: str) -> str:
    """Show one request: who made it, until when it waits, and what happens when it is confirmed."""
    with access.database().reading() as session:
        one = approvals.shown(session, village=village, approval=approval, **access.by_and_at())
        names = staff.actors(session, ids=_people([one]))
    return render_template("approvals/one.html", form=form, one=one, names=names)


@page.action(
    "/v/<village>/approvals/<approval>/confirmation",
    Permission.APPROVAL_ANSWER,
    form=Confirming,
    on=one_approval,
)
def confirm_approval(session: Session, form: BoundForm, village: str, approval: str) -> str:
    """Confirm another one's request: the act is done at once, unless something else was read."""
    read = form.data["seen"]
    given: Any = {"village": village, "approval": approval, **access.by_and_at()}
    return approvals.confirm(session, seen=read, **given).sentence


@page.action(
    "/v/<village>/approvals/<approval>/refusal",
    Permission.APPROVAL_ANSWER,
    form=Declining,
    on=one_approval,
)
def decline_approval(session: Session, form: BoundForm, village: str, approval: str) -> str:
    """Decline another one's request: nothing is done."""
    approvals.decline(session, village=village, approval=approval, **form.data, **access.by_and_at())
    return "已记下不同意，这件事没有办。"


@page.action("/v/<village>/approvals/<approval>/withdrawal", Permission.APPROVAL_ANSWER, on=one_approval)
def withdraw_approval(session: Session, form: BoundForm, village: str, approval: str) -> str:
    """Withdraw one's own request."""
    approvals.withdraw(session, village=village, approval=approval, **access.by_and_at())
    return "已撤回申请，这件事没有办。"


@page.post(
    "/v/<village>/approvals/<approval>/code", Permission.APPROVAL_ANSWER, form=OnScreen, on=one_approval
)
def confirm_on_screen(village: str, approval: str) -> ResponseReturnValue:
    """Let the second person confirm here, on the requester's screen, with login and code."""
    form = forms.bind(OnScreen)
    confirmed = forms.run_catching_refusals(
        form,
        lambda: approvals.confirm_on_screen(
            access.database(), village=village, approval=approval, **form.data, **access.by_and_at()
        ),
    )
    if confirmed is None:
        return one_approval.show(form, village=village, approval=approval)
    return SeeOther("one_approval", confirmed.sentence, village=village, approval=approval).response()


def _people(found: list[Shown]) -> set[str]:
    """The ids of all who made or ended these requests."""
    return {who for one in found for who in (one.approval.requested_by, one.approval.ended_by) if who}
