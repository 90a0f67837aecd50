"""One's own second factor: set up with a telephone, taken off again; somebody else's lost one."""

from collections.abc import Callable
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import staff
from pointsbank.staff import Permission
from pointsbank.web import access, cookies, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.qr_codes import svg_path
from pointsbank.web.way_back import wanted

page = Page()


class Begin(forms.Form):
    """The password once more: a screen left alone must not be bound to a stranger's telephone."""

    password = forms.Secret(required=True)


class Code(forms.Form):
    """A code of one's telephone, or a recovery code."""

    code = forms.OneTimeCode(maximum=40, required=True)


@page.form("/account/second-factor", Permission.ACCOUNT_OWN)
def second_factor(form: BoundForm) -> str:
    """Show one's second factor: how to set it up, or what can be done with it."""
    me = access.by()
    with access.database().reading() as session:
        enrolment = staff.enrolment(session, by=me, at=access.now())
        left = staff.recovery_codes_left(session, person=me)
    drawn = svg_path(enrolment.uri) if enrolment else None
    return render_template(
        "second_factor.html", form=form, enrolment=enrolment, drawn=drawn, left=left, next=wanted()
    )


@page.post("/account/second-factor/begin", Permission.ACCOUNT_OWN, form=Begin, on=second_factor)
def begin_second_factor() -> ResponseReturnValue:
    """Make a new secret for one's telephone, after the password."""
    form = forms.bind(Begin)
    done = forms.run_catching_refusals(form, lambda: _begin(form.data["password"]))
    if done is None:
        return second_factor.show(form)
    return redirect(url_for("pages.second_factor", next=wanted() or None), 303)


@page.post("/account/second-factor/confirm", Permission.ACCOUNT_OWN, form=Code, on=second_factor)
def confirm_second_factor() -> ResponseReturnValue:
    """Let the second factor count and show ten recovery codes, once; every other browser is signed out."""
    form = forms.bind(Code)
    done = forms.run_catching_refusals(form, lambda: _with_code(form, _confirm))
    if done is None:
        return second_factor.show(form)
    token, codes = done
    shown = make_response(render_template("recovery_codes.html", codes=codes, next=wanted()))
    return cookies.keep_session(shown, token, secure=access.settings().secure)


@page.post("/account/second-factor/recovery-codes", Permission.ACCOUNT_OWN, form=Code, on=second_factor)
def renew_recovery_codes() -> ResponseReturnValue:
    """Show ten new recovery codes, once, after a code of the telephone; the old ones are gone."""
    form = forms.bind(Code)
    codes = forms.run_catching_refusals(form, lambda: _with_code(form, _renew))
    if codes is None:
        return second_factor.show(form)
    return render_template("recovery_codes.html", codes=codes, next="")


@page.post("/account/second-factor/take-off", Permission.ACCOUNT_OWN, form=Code, on=second_factor)
def take_off_second_factor() -> ResponseReturnValue:
    """Take one's second factor off, after a code of it or a recovery code."""
    form = forms.bind(Code)
    if forms.run_catching_refusals(form, lambda: _with_code(form, _take_off)) is None:
        return second_factor.show(form)
    flash("已取消动态码，恢复码同时作废。")
    return redirect(url_for("pages.second_factor"), 303)


@page.form("/v/<village>/staff/<login>/lost-telephone", Permission.STAFF_MANAGE)
def lost_telephone(form: BoundForm, village: str, login: str) -> str:
    """Show what will happen when somebody's lost telephone is taken off."""
    with access.database().reading() as session:
        person, since = staff.check_may_take_off(
            session, village=village, login=login, by=access.signed_in(), at=access.now()
        )
    return render_template("lost_telephone.html", form=form, person=person, since=since)


@page.action("/v/<village>/staff/<login>/lost-telephone", Permission.STAFF_MANAGE, on=lost_telephone)
def take_off_lost_telephone(session: Session, form: BoundForm, village: str, login: str) -> SeeOther:
    """Take off the second factor of somebody who reported the telephone lost."""
    name = staff.take_off_lost(session, village=village, login=login, by=access.signed_in(), at=access.now())
    message = f"已取消{name}的第二步验证，请本人用密码登录后重新设置。"
    return SeeOther("staff_list", message, village=village)


def _begin(password: str) -> bool:
    me = access.signed_in().staff
    own = {"login": me.login, "password": password, "place": me.id}
    staff.verify_password(access.database(), **own, at=access.now())
    with access.database().writing() as session:
        staff.begin_enrolment(session, by=me.id, at=access.now())
    return True


def _with_code(form: BoundForm, act: Callable[[Session, str], Any]) -> Any:
    """Count the guess, then carry out in one write what a code allows."""
    me = access.by()
    counting = staff.counting_codes(access.database(), person=me, place=me, at=access.now(), known=True)
    with counting, access.database().writing() as session:
        return act(session, form.data["code"])


def _confirm(session: Session, code: str) -> tuple[str, list[str]]:
    staff.confirm_enrolment(session, code=code, **access.by_and_at())
    codes = staff.make_recovery_codes(session, **access.by_and_at())
    staff.sign_out_everywhere(session, staff=access.by())
    return staff.begin(session, staff=access.by(), at=access.now()), codes


def _renew(session: Session, code: str) -> list[str]:
    # Not by a recovery code: one found on paper would make ten.
    staff.check_code(session, person=access.by(), code=code, at=access.now())
    return staff.make_recovery_codes(session, **access.by_and_at())


def _take_off(session: Session, code: str) -> bool:
    staff.check_code_or_recovery(session, person=access.by(), code=code, at=access.now())
    staff.take_off_second_factor(session, person=access.by(), **access.by_and_at())
    return True
