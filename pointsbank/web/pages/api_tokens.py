"""API tokens: one's own, made and revoked; those of a village's people, revoked."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import staff
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, seen
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()


class NewToken(forms.Form):
    """A token for a program: what it is for, and for how long."""

    name = Text(maximum=40, required=True)
    days = forms.Count(minimum=1, maximum=366, required=True)
    seen = seen.Seal()


@page.form("/account/tokens", Permission.HOME)
def my_tokens(form: BoundForm) -> str:
    """Show one's own API tokens."""
    return _mine(form)


@page.post("/account/tokens", Permission.HOME, form=NewToken, on=my_tokens)
def make_my_token() -> ResponseReturnValue:
    """Make a token for oneself and show it, once; raises ChangedMeanwhile, kept on the form."""
    form = forms.bind(NewToken)
    me = access.signed_in().staff

    def make(session: Session) -> str:
        given = dict(form.data)
        # A page made by a post may be loaded anew: that would be another token, which nobody keeps.
        seen.check(given.pop("seen"), _seal(staff.api_tokens(session, login=me.login)), what="您的令牌")
        return staff.make_token(session, login=me.login, **given, **access.by_and_at())

    made = forms.submit(form, make)
    return _mine(forms.unbound(NewToken) if made else form, made or ""), form.status


@page.action("/account/tokens/<token>/revoke", Permission.HOME, on=my_tokens)
def revoke_my_token(session: Session, form: BoundForm, token: str) -> str:
    """Revoke one of one's own tokens."""
    login = access.signed_in().staff.login
    name = staff.revoke_token(session, login=login, token=token, **access.by_and_at())
    return f"已作废令牌“{name}”。"


@page.action("/account/tokens/revoke", Permission.HOME, on=my_tokens)
def revoke_my_tokens(session: Session, form: BoundForm) -> str:
    """Revoke all of one's own tokens."""
    count = staff.revoke_tokens(session, login=access.signed_in().staff.login, **access.by_and_at())
    return f"已作废{count}个令牌。"


@page.form("/v/<village>/staff/<login>/tokens", Permission.STAFF_MANAGE)
def staff_tokens(form: BoundForm, village: str, login: str) -> str:
    """Show the API tokens of somebody whose roles are all of this village."""
    with access.database().reading() as session:
        person = staff.check_may_disable(session, village=village, login=login, by=access.signed_in())
        found = staff.api_tokens(session, login=login)
    return render_template(
        "tokens.html",
        form=form,
        tokens=found,
        person=person,
        mine=False,
        made="",
        at=access.now(),
        seal=_seal(found),
    )


@page.action("/v/<village>/staff/<login>/tokens/<token>/revoke", Permission.STAFF_MANAGE, on=staff_tokens)
def revoke_staff_token(session: Session, form: BoundForm, village: str, login: str, token: str) -> str:
    """Revoke one token of somebody whose roles are all of this village."""
    staff.check_may_disable(session, village=village, login=login, by=access.signed_in())
    name = staff.revoke_token(session, login=login, token=token, **access.by_and_at())
    return f"已作废令牌“{name}”。"


@page.action("/v/<village>/staff/<login>/tokens/revoke", Permission.STAFF_MANAGE, on=staff_tokens)
def revoke_staff_tokens(session: Session, form: BoundForm, village: str, login: str) -> str:
    """Revoke all tokens of somebody whose roles are all of this village."""
    staff.check_may_disable(session, village=village, login=login, by=access.signed_in())
    count = staff.revoke_tokens(session, login=login, **access.by_and_at())
    return f"已作废{count}个令牌。"


def _mine(form: BoundForm, made: str = "") -> str:
    me = access.signed_in().staff
    form.prefill(days="180")
    with access.database().reading() as session:
        found = staff.api_tokens(session, login=me.login)
    return render_template(
        "tokens.html",
        form=form,
        tokens=found,
        person=me,
        mine=True,
        made=made,
        at=access.now(),
        seal=_seal(found),
    )


def _seal(tokens: Sequence[staff.ApiToken]) -> str:
    """Return the seal of the tokens that a page shows."""
    return seen.seal(*(one.id for one in tokens))
