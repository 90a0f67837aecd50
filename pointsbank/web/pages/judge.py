"""The page of a judge's own telephone: no login, one code, and nothing but the judge's own marks."""

from collections.abc import Mapping

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import scoring, staff
from pointsbank.points import Points
from pointsbank.scoring import JudgeAtPhone
from pointsbank.web import access, addresses, cookies, forms
from pointsbank.web.access import PUBLIC
from pointsbank.web.forms import BoundForm
from pointsbank.web.mark_fields import MARK, gone, mark_fields, point_out, read_marks
from pointsbank.web.page import Page
from pointsbank.web.typed_values import TypedValues

page = Page()


class Code(forms.Form):
    """Nine digits that the committee's screen showed."""

    code = forms.OneTimeCode(maximum=40, required=True)


class OwnMarks(forms.Form):
    """The marks, read case by case."""


@page.get("/judge/<village>", PUBLIC)
def judge(village: str) -> ResponseReturnValue:
    """Show what this telephone's judge has to mark, to others a box for the code; raises PageUnknown."""
    _check(village)
    try:
        return _own_page(forms.unbound(OwnMarks), village)
    except scoring.problems.MarkingOver as over:
        form = forms.unbound(Code)
        if cookies.judge_secret(secure=access.settings().secure):
            form.take(over)
        return _code_page(form, village)


@page.get("/judge/<village>/<code>", PUBLIC)
def judge_scanned(village: str, code: str) -> ResponseReturnValue:
    """Show the code that was scanned, to be sent: it is not looked up before; raises PageUnknown."""
    _check(village)
    return _code_page(forms.unbound(Code, code=code[:40] if code.isprintable() else ""), village)


@page.post("/judge/<village>", PUBLIC, form=Code)
def take_mark_code(village: str) -> ResponseReturnValue:
    """Take a code for this telephone; each wrong one is counted where it comes from; raises PageUnknown."""
    _check(village)
    form = forms.bind(Code)
    secret = forms.run_catching_refusals(form, lambda: _take(village, form.data["code"]))
    if secret is None:
        return _code_page(form, village)
    response = make_response(redirect(url_for("pages.judge", village=village), 303))
    return cookies.keep_judge(response, secret, secure=access.settings().secure)


@page.post("/judge/<village>/marks", PUBLIC, form=OwnMarks)
def give_own_marks(village: str) -> ResponseReturnValue:
    """Write the marks of this telephone's judge.

    Raises:
        PageUnknown: no village can have this address.
        MarkingOver: the telephone was nobody's any more once the marks had been refused.
    """
    _check(village)
    form = forms.bind(OwnMarks)
    marks = read_marks(form)
    done = forms.submit(form, lambda session: _give(session, village, marks))
    if done is not None:
        flash(f"已收到{len(marks)}件打分。")
        return redirect(url_for("pages.judge", village=village), 303)
    if isinstance(form.refusal, scoring.problems.MarkingOver):
        return _code_page(_over(form), village)
    point_out(form)
    return _own_page(form, village)


def _over(form: BoundForm) -> BoundForm:
    """Return the form for a code, with why marks were not taken; what was typed stands at the page's end."""
    shown = forms.unbound(Code)
    shown.refusal = form.refusal
    typed = {name: typed for name, typed in form.values.items() if name.startswith(MARK)}
    shown.values = TypedValues(typed, typed)
    return shown


def _take(village: str, code: str) -> str:
    """Take a code, once its guess is counted."""
    guess = staff.Try("mark_code", addresses.of(request))
    wrong = scoring.problems.MarkCodeWrong
    with (
        staff.counted(access.database(), guess, wrong=wrong, at=access.now()),
        access.database().writing() as session,
    ):
        return scoring.take_code(session, village=village, code=code, at=access.now())


def _give(session: Session, village: str, marks: Mapping[str, Points]) -> int:
    """Write marks by whoever showed the code."""
    mine = _whose(session, village)
    return scoring.give_marks(
        session,
        village=village,
        meeting=mine.meeting,
        position=mine.position,
        marks=marks,
        way="phone",
        by=mine.shown_by,
        at=access.now(),
    )


def _whose(session: Session, village: str) -> JudgeAtPhone:
    """Return whose telephone this is; raises MarkingOver."""
    secret = cookies.judge_secret(secure=access.settings().secure)
    return scoring.judge_at_phone(session, village=village, secret=secret)


def _own_page(form: BoundForm, village: str) -> Response:
    """Draw the judge's page; raises MarkingOver where this telephone is nobody's."""
    with access.database().reading() as session:
        mine = _whose(session, village)
        known = scoring.cases(session, village=village, meeting=mine.meeting)
        own = scoring.own_marks(session, village=village, meeting=mine.meeting, position=mine.position)
    fields = mark_fields(form, known, mine.position, own)
    gone(form, fields)
    drawn = render_template(
        "judge.html",
        form=form,
        place=village,
        mine=mine,
        fields=fields,
        left=sum(not one.given and not one.recused for one in fields),
        ended=[one for one in known if one.status != "waiting" and one.id in own],
    )
    return make_response(drawn, form.status)


def _code_page(form: BoundForm, village: str) -> Response:
    """Draw the box for a code; the address may hold one, which no other page gets."""
    response = make_response(render_template("judge_code.html", form=form, place=village), form.status)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _check(village: str) -> None:
    """Refuse an address that no village can have; raises PageUnknown."""
    if not village.isprintable():
        raise access.PageUnknown()
