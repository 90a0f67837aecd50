"""Set-up: with the one-time code the first administrator, and the first village with its telephones."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import governing, staff, villages
from pointsbank.schemas.fields import Text
from pointsbank.web import access, addresses, devices, forms, signing_in
from pointsbank.web.access import PUBLIC
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page
from pointsbank.web.pages.account import check_new_account

page = Page()


class SetUp(forms.Form):
    """The first administrator, and the first village if there is none."""

    code = forms.OneTimeCode(maximum=40, required=True)
    login = Text(maximum=32, required=True)
    name = Text(maximum=40, required=True)
    password = forms.Secret(required=True)
    village_code = Text(maximum=32, empty=True, load_default="")
    village_name = Text(maximum=30, empty=True, load_default="")
    contact_phone = forms.VillageSetting("contact_phone", load_default="")
    hotline = forms.VillageSetting("hotline", load_default="")


@page.get("/setup", PUBLIC)
def set_up_form() -> ResponseReturnValue:
    """Show the page for the first start."""
    return _set_up_page(forms.unbound(SetUp))


@page.post("/setup", PUBLIC, form=SetUp)
def set_up() -> ResponseReturnValue:
    """Make the first administrator, and the village if one is named."""
    form = forms.bind(SetUp)
    check_new_account(form, [form.values.get(one, "") for one in ("village_code", "village_name")])
    done = forms.run_catching_refusals(form, lambda: _set_up(form.data))
    if done is None:
        return _set_up_page(form)
    flash("安装完成，安装码已作废，以后请用账号登录。")
    founded = form.data["village_code"]
    first = url_for("pages.start", village=founded) if founded else url_for("pages.home")
    return devices.remember(signing_in.enter(done, first), form.data["login"])


def _set_up(data: dict[str, Any]) -> str:
    try:
        with access.database().reading() as reading:
            staff.check_setup_code(reading, code=data["code"])
    except staff.problems.SetupCodeWrong:
        # 79 random bits are not guessed: only what is no code is counted, the right one is never refused.
        guess = staff.Try("setup_address", addresses.of(request))
        staff.count_tries(access.database(), guess, at=access.now())
        raise
    guessed = [data[name] for name in ("login", "name", "village_code", "village_name")]
    hashed = data | {"password": staff.hash_password(data["password"], names=guessed)}
    with access.database().writing() as writing:
        return _found(writing, hashed)


def _found(writing: Session, data: dict[str, Any]) -> str:
    account = {name: data[name] for name in ("code", "login", "name", "password")}
    admin = governing.use_setup_code(writing, **account, at=access.now())
    if data["village_code"] or data["village_name"]:
        governing.found_village(
            writing,
            code=data["village_code"],
            name=data["village_name"],
            by=admin.id,
            at=access.now(),
            chosen={name: data[name] for name in ("contact_phone", "hotline")},
        )
    return staff.enter(writing, admin.id, address=addresses.of(request), at=access.now())


def _set_up_page(form: BoundForm) -> ResponseReturnValue:
    with access.database().reading() as reading:
        needed = staff.setup_code_needed(reading)
        none_yet = not villages.everyone(reading)
    if not needed:
        if request.method == "POST":
            flash(
                "安装码已经用过，这里已经安装好，刚才填的没有写入。请用自己的账号登录，还没有账号的请管理员添加。"
            )
        return redirect(url_for("pages.sign_in_form"), 303)
    waiting = [one.act for one in staff.controls() if one.people]
    return render_template("setup.html", form=form, none_yet=none_yet, waiting=waiting), form.status
