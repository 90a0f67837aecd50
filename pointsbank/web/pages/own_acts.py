"""What a household does itself on its card's page, with its PIN: it objects, it reports a deed of its own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import claims, dates, publicity, roster, scoring, villages
from pointsbank.card_page.sections import hanging
from pointsbank.schemas.fields import Day, Text
from pointsbank.web import access, forms, item_fields, kept_photos, own_acts
from pointsbank.web.access import CARD, ByAndAt
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()


class OwnObjection(own_acts.OwnAct):
    """What is wrong, in the household's words."""

    reason = forms.Lines(maximum=500, required=True)


class OwnClaim(own_acts.OwnAct):
    """A deed of the household's own; its photos are read beside it."""

    item = forms.Untyped(maximum=60, required=True)
    occurred_on = Day(required=True)
    quantity = forms.Amount(load_default=None)
    words = Text(maximum=200, required=True)
    confirmed = forms.Ticked(load_default=False)


@page.form("/mine/object/<score>", CARD)
def object_to_own(form: BoundForm, score: str) -> str:
    """Show one score in notice that is the household's own, and the form to object; raises ScoreUnknown."""
    visit = access.card_visit()
    with access.database().reading() as session:
        one = hanging.own_score(session, visit=visit, score=score, at=access.now())
        days = villages.settings(session, village=visit.village).objection_working_days
        ways = own_acts.ways(session)
    return render_template("mine/object.html", form=form, one=one, days=days, ways=ways)


@page.post("/mine/object/<score>", CARD, form=OwnObjection, on=object_to_own)
def raise_own_objection(score: str) -> ResponseReturnValue:
    """Object to a score of the household's own that is in notice, once the PIN was right."""
    form = forms.bind(OwnObjection)
    visit = access.card_visit()
    with access.database().reading() as session:
        # Another's score answers as one that is not there, before any PIN is tried.
        hanging.own_score(session, visit=visit, score=score, at=access.now())

    def raise_it(session: Session, who: ByAndAt) -> publicity.Objection:
        named = roster.by_id(session, village=visit.village, id=visit.participant).name
        return publicity.raise_objection(
            session, village=visit.village, score=score, raised_by=named, reason=form.data["reason"], **who
        )

    raised = own_acts.carry_out(form, raise_it)
    if raised is None:
        return object_to_own.show(form, score=score)
    flash(f"已提出异议。最迟{dates.day_in_words(raised.due_on)}书面答复，这一条等答复以后再入账。")
    return redirect(url_for("pages.mine") + "#hanging", 303)


@page.form("/mine/claim", CARD)
def own_claim(form: BoundForm) -> str:
    """Show the form by which the household reports a deed of its own."""
    visit = access.card_visit()
    with access.database().reading() as session:
        kind = roster.by_id(session, village=visit.village, id=visit.participant).kind
        ways = own_acts.ways(session)
    fitting = [
        (one.code, f"{one.title}（{scoring.label(one)}）")
        for one in item_fields.in_force(visit.village)
        if one.direction == scoring.PLUS and scoring.applies(one, kind)
    ]
    form.prefill(occurred_on=dates.day_of(access.now()).isoformat())
    return render_template(
        "mine/claim.html",
        form=form,
        options=fitting,
        most=claims.MAXIMUM_PHOTOS,
        ways=ways,
    )


@page.post("/mine/claim", CARD, form=OwnClaim, on=own_claim)
def file_own_claim() -> ResponseReturnValue:
    """Report a deed of the household's own, once the PIN was right."""
    form, visit = forms.bind(OwnClaim), access.card_visit()

    def read_photos() -> None:
        form.data[kept_photos.FIELD] = kept_photos.redrawn(maximum=claims.MAXIMUM_PHOTOS)

    def file_it(session: Session, who: ByAndAt) -> claims.Claim:
        given = {name: value for name, value in form.data.items() if name != "pin"}
        code = roster.by_id(session, village=visit.village, id=visit.participant).code
        return claims.file(session, village=visit.village, participant=code, **given, **who)

    if own_acts.carry_out(form, file_it, prepare=read_photos) is None:
        return own_claim.show(form)
    flash("已报上去，等小组看过、评议会决定。")
    return redirect(url_for("pages.mine") + "#ways", 303)
