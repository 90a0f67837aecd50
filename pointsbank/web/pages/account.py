"""One's own account, and the accounts of a village's staff."""

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import staff
from pointsbank.schemas.fields import Choice, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages
from pointsbank.web.pages.entrance import keep_session

VILLAGE_ROLES = ("committee", "clerk", "supervisor", "admin")


class NewPassword(forms.Form):
    """The old password, and the new one twice."""

    old = forms.Secret(required=True)
    new = forms.Secret(required=True)
    again = forms.Secret(required=True)


class NewStaff(forms.Form):
    """Somebody who is to sign in, with one role in this village."""

    login = Text(most=32, required=True)
    name = Text(most=40, required=True)
    role = Choice(*VILLAGE_ROLES, required=True)
    password = forms.Secret(required=True)


@pages.get("/account")
@permission(Permission.HOME)
def account() -> ResponseReturnValue:
    """One's own account."""
    return render_template("account.html", form=forms.blank())


@pages.post("/account")
@permission(Permission.HOME)
def change_password() -> ResponseReturnValue:
    """Change one's own password; every other browser is signed out."""
    filled = forms.fill(NewPassword)
    if filled.right and filled.data["new"] != filled.data["again"]:
        filled.errors["again"] = "两次输入的新密码不一样，请重新输入。"
    token = forms.attempt(filled, lambda session: _change(session, filled.data))
    if isinstance(filled.refusal, staff.SignInRefused):
        with access.database().writing() as session:
            login = access.signed_in().staff.login
            staff.count_failure(session, kind="sign_in_login", key=login, at=access.now())
    if token is None:
        return render_template("account.html", form=filled), filled.status
    flash("密码已改，其他地方的登录已退出。")
    return keep_session(make_response(redirect(url_for("pages.account"), 303)), token)


@pages.get("/v/<village>/staff")
@permission(Permission.STAFF_MANAGE)
def staff_list(village: str) -> ResponseReturnValue:
    """Who works in this village."""
    return _staff(village, forms.blank())


@pages.post("/v/<village>/staff")
@permission(Permission.STAFF_MANAGE)
def add_staff(village: str) -> ResponseReturnValue:
    """Let somebody sign in with one role in this village."""
    filled = forms.fill(NewStaff)
    role = (village, filled.data.get("role", ""))
    account = {name: value for name, value in filled.data.items() if name != "role"}
    added = forms.attempt(
        filled,
        lambda session: staff.add(session, roles=[role], by=access.by(), at=access.now(), **account),
    )
    if added is None:
        return _staff(village, filled)
    flash(f"已添加{added.name}，请本人登录后更改密码。")
    return redirect(url_for("pages.staff_list", village=village), 303)


@pages.post("/v/<village>/staff/<login>/remove")
@permission(Permission.STAFF_MANAGE)
def remove_staff(village: str, login: str) -> ResponseReturnValue:
    """Take away all roles somebody holds in this village; they are signed out at once."""
    filled = forms.blank()
    if not forms.attempt(filled, lambda session: _remove(session, village, login)):
        return _staff(village, filled)
    flash("已取消在本村的角色，登录已退出。")
    return redirect(url_for("pages.staff_list", village=village), 303)


def _change(session: Session, data: dict[str, Any]) -> str:
    me = access.signed_in().staff
    staff.verify_password(session, login=me.login, password=data["old"], at=access.now())
    staff.change_password(session, staff=me.id, password=data["new"], by=me.id, at=access.now())
    return staff.begin(session, staff=me.id, at=access.now())


def _remove(session: Session, village: str, login: str) -> bool:
    held = {one.staff.login: one for one in staff.everyone(session, village=village)}.get(login)
    if held is None or login == access.signed_in().staff.login:
        raise staff.StaffUnknown()
    kept = [(place, role.value) for place, role in held.roles if place != village]
    staff.set_roles(session, staff=held.staff.id, roles=kept, by=access.by(), at=access.now())
    return True


def _staff(village: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        people = staff.everyone(session, village=village)
    return render_template("staff.html", form=filled, people=people), filled.status
