"""One's own account, and the accounts of a village's staff."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from marshmallow import ValidationError, validates_schema
from sqlmodel import Session

from pointsbank import governing, staff, villages
from pointsbank.errors import Invalid
from pointsbank.labels.role import ROLE
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import PasswordChanged, Permission
from pointsbank.web import access, cookies, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, Tab
from pointsbank.web.way_back import wanted, way_back

page = Page()
VILLAGE_ROLES = ("clerk", "committee", "supervisor", "leader", "inspector", "admin")


class NewPassword(forms.Form):
    """The old password, and the new one twice."""

    old = forms.Secret(required=True)
    new = forms.Secret(required=True)
    again = forms.Secret(required=True)

    @validates_schema
    def same_twice(self, data: dict[str, str], **options: Any) -> None:
        """Refuse two new passwords that differ; raises ValidationError."""
        if data["new"] != data["again"]:
            raise ValidationError("两次输入的新密码不一样，请重新输入。", "again")


class NewStaff(forms.Form):
    """A person who is to sign in, with one role in this village, or in one group of it."""

    login = Text(maximum=32, required=True)
    name = Text(maximum=40, required=True)
    role = Select(ROLE, *VILLAGE_ROLES, required=True)
    group = forms.Untyped(maximum=64, empty=True, load_default="")
    password = forms.Secret(required=True)


@page.form("/account", Permission.ACCOUNT_OWN)
def account(form: BoundForm) -> str:
    """Show one's own account."""
    own = access.signed_in().roles
    with access.database().reading() as session:
        names = {one.id: one.name for one in villages.townships(session)}
        for village in {one for place, _ in own if (one := staff.village_of(place)) is not None}:
            names[village] = villages.get(session, village).name
            everywhere = villages.groups(session, village=village, also_closed=True)
            names |= {group.id: group.name for group in everywhere}
    roles = "、".join(_everywhere_in_words(place, role, names) for place, role in own)
    return render_template("account.html", form=form, next=wanted(), roles=roles)


@page.post("/account/sign-out-elsewhere", Permission.ACCOUNT_OWN, on=account)
def sign_out_elsewhere() -> ResponseReturnValue:
    """Sign oneself out on every other browser, as after a lost telephone; this one goes on."""
    me = access.signed_in().staff
    with access.database().writing() as session:
        staff.end_all_sessions(session, login=me.login, **access.by_and_at())
        token = staff.begin(session, staff=me.id, at=access.now())
    flash("其他地方的登录已全部退出。")
    back = make_response(redirect(url_for("pages.account"), 303))
    return cookies.keep_session(back, token, secure=access.settings().secure)


def _everywhere_in_words(place: str | None, role: str, names: Mapping[str, str]) -> str:
    """Return a role as its holder reads it among those of other villages: 茶源村 小组长（一组）."""
    words = governing.role_in_words(place, role, names)
    village = staff.village_of(place)
    return words if village is None else f"{names[village]} {words}"


@page.post("/account", Permission.ACCOUNT_OWN, form=NewPassword, on=account)
def change_password() -> ResponseReturnValue:
    """Change one's own password; every other browser is signed out.

    Raises:
        PasswordUnchanged: kept on the form.
    """
    form = forms.bind(NewPassword)
    done = forms.run_catching_refusals(form, lambda: _change(form.data))
    if done is None:
        return account.show(form)
    token, changed = done
    # A way in that asks for no password is easily forgotten: named at each change, with the way to it.
    see = Markup('密码已改，其他地方的登录已退出。{}<a href="{}">查看访问令牌</a>')
    flash(see.format(changed.in_words(), url_for("pages.my_tokens")))
    return cookies.keep_session(
        make_response(redirect(way_back("pages.account"), 303)), token, secure=access.settings().secure
    )


@page.form(
    "/v/<village>/staff",
    Permission.STAFF_MANAGE,
    tab=Tab("人员", "谁能登录，做什么", after="scheme", icon="person"),
)
def staff_list(form: BoundForm, village: str) -> str | Response:
    """Show who works in this village; or send them as a file."""
    shown = show_list("staff", village, endpoint="staff_list")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        lost = staff.reported_lost(session, at=access.now())
        beyond = staff.out_of_reach(session, village=village, by=access.signed_in())
        groups = [(one.id, one.name) for one in villages.groups(session, village=village)]
    return render_template("staff.html", form=form, shown=shown, lost=lost, beyond=beyond, groups=groups)


@forms.reader(NewStaff)
def new_staff() -> BoundForm:
    """Read the form for a new person and hash the first password, which must not be guessed first."""
    return hash_first_password(forms.bind(NewStaff))


def hash_first_password(form: BoundForm, name: str = "name") -> BoundForm:
    """Put the hash of a first password in its place, which must not be guessed first.

    Args:
        name: the form's field for the person's name.
    """
    guessed = check_new_account(form, common_names(), name)
    if form.is_valid:
        form.data["password"] = staff.hash_password(form.data["password"], names=guessed)
    return form


def check_new_account(form: BoundForm, guessed: list[str], name: str = "name") -> list[str]:
    """Name on the form at once whatever is wrong with login, name and first password.

    Returns what is guessed first for this password: what was given, and the person's own words.
    """
    login, person, password = (form.values.get(one, "") for one in ("login", name, "password"))
    guessed = [*guessed, login, person]
    checks: dict[str, Callable[[], None]] = {
        "login": lambda: staff.check_login(login.strip()),
        name: lambda: staff.check_name(person),
        "password": lambda: staff.check_password(password, names=guessed),
    }
    for field, check in checks.items():
        # What is missing altogether has its sentence already.
        if field not in form.errors:
            try:
                check()
            except Invalid as problem:
                form.take(problem)
    return guessed


@page.action(
    "/v/<village>/staff",
    Permission.STAFF_MANAGE,
    form=new_staff,
    on=staff_list,
)
def add_staff(session: Session, form: BoundForm, village: str) -> str:
    """Add a person who signs in with one role in this village, or in one group of it."""
    data = dict(form.data)
    group = data.pop("group")
    roles = [(staff.group_place(village, group) if group else village, data.pop("role"))]
    added = governing.add_staff(session, roles=roles, **data, **access.by_and_at())
    return f"已添加{added.name}，本人登录后要先改密码。"


@page.action("/v/<village>/staff/<login>/remove", Permission.STAFF_MANAGE, on=staff_list)
def remove_staff(session: Session, form: BoundForm, village: str, login: str) -> str:
    """Remove the roles that a person has in this village and its groups, and end their sessions."""
    governing.remove_roles(session, village=village, login=login, **access.by_and_at())
    return "已取消在本村的角色，登录已退出。"


@page.action("/v/<village>/staff/<login>/disable", Permission.STAFF_MANAGE, on=staff_list)
def disable_staff(session: Session, form: BoundForm, village: str, login: str) -> str:
    """Disable the account of a person whose roles are all of this village."""
    staff.check_may_disable(session, village=village, login=login, by=access.signed_in())
    governing.disable(session, login=login, **access.by_and_at())
    return f"已停用账号{login}，登录已退出，访问令牌已作废。"


@page.action("/v/<village>/staff/<login>/enable", Permission.STAFF_MANAGE, on=staff_list)
def enable_staff(session: Session, form: BoundForm, village: str, login: str) -> str:
    """Let a disabled person of this village sign in again."""
    staff.check_may_disable(session, village=village, login=login, by=access.signed_in())
    governing.enable(session, login=login, **access.by_and_at())
    return f"已启用账号{login}，用原来的密码登录。"


def _change(data: dict[str, Any]) -> tuple[str, PasswordChanged]:
    me = access.signed_in().staff
    own = {"login": me.login, "password": data["old"], "place": me.id}
    staff.verify_password(access.database(), **own, at=access.now())
    if data["new"] == data["old"]:
        raise staff.problems.PasswordUnchanged()
    hashed = staff.hash_password(data["new"], names=common_names())
    with access.database().writing() as session:
        changed = staff.change_password(session, staff=me.id, password=hashed, by=me.id, at=access.now())
        return staff.begin(session, staff=me.id, at=access.now()), changed


def common_names() -> list[str]:
    """Return what a guesser knows of this installation: its villages, its people."""
    with access.database().reading() as session:
        return staff.common_names(session)
