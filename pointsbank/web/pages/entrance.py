"""Sign-in, sign-out, the home pages, and the check that the server is alive."""

from datetime import datetime
from typing import Any

from flask import (
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlmodel import Session

from pointsbank import (
    boards,
    dates,
    ledger,
    market,
    points,
    publicity,
    roster,
    staff,
    storage_faults,
    villages,
)
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission, Staff
from pointsbank.web import (
    access,
    addresses,
    approving,
    cookies,
    devices,
    first_day,
    forms,
    recoveries,
    signing_in,
    stopping,
    tab_groups,
    to_do,
)
from pointsbank.web.access import PUBLIC
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page
from pointsbank.web.way_back import wanted, way_back

page = Page()


class SignIn(forms.Form):
    """Login and password."""

    login = Text(maximum=100, required=True)
    password = forms.Secret(required=True)


class Code(forms.Form):
    """Six digits of a telephone, or a recovery code."""

    code = forms.OneTimeCode(maximum=40, required=True)


@page.get("/healthz", PUBLIC)
def healthz() -> ResponseReturnValue:
    """Answer that the server is alive and can read and write the database, or say why it cannot."""
    with access.database().reading() as reading:
        storage_faults.refuse_unwritable(reading.connection())
        # Reads a page of the file, which "SELECT 1" would not.
        reading.connection().execute(text("SELECT count(*) FROM village"))
    return {"status": "ok"}


@page.get("/sign-in", PUBLIC)
def sign_in_form() -> ResponseReturnValue:
    """Show the page for signing in; until the first person is made, lead to the page for setting up."""
    with access.database().reading() as reading:
        if staff.setup_code_needed(reading):
            return redirect(url_for("pages.set_up_form"), 303)
    return _sign_in_page(forms.unbound(SignIn))


@page.post("/sign-in", PUBLIC, form=SignIn)
def sign_in() -> ResponseReturnValue:
    """Check login and password and begin a session."""
    form = forms.bind(SignIn)
    token = forms.run_catching_refusals(form, lambda: signing_in.sign_in(**form.data))
    if token is None:
        return _sign_in_page(form)
    with access.database().reading() as reading:
        awaited = staff.awaited_code(reading, token=token, at=access.now())
    if awaited is not None:
        return signing_in.enter(token, url_for("pages.sign_in_code_form", next=wanted() or None))
    return devices.remember(signing_in.enter(token, way_back()), form.data["login"])


@page.get("/sign-in/code", PUBLIC)
def sign_in_code_form() -> ResponseReturnValue:
    """Ask for the code of whoever has just given the password."""
    return _code_page(forms.unbound(Code))


@page.post("/sign-in/code", PUBLIC, form=Code)
def sign_in_code() -> ResponseReturnValue:
    """Check the code and begin the session."""
    form, awaited = forms.bind(Code), _awaited()
    if awaited is None:
        return _code_page(form)
    token = forms.run_catching_refusals(form, lambda: _confirm(form.data, awaited.login))
    if token is None:
        return _code_page(form)
    return devices.remember(signing_in.enter(token, way_back()), awaited.login)


@page.post("/sign-in/lost", PUBLIC)
def report_lost() -> ResponseReturnValue:
    """Note that whoever has just given the password has lost the telephone: an admin can then help."""
    form = forms.unbound(Code)
    if (
        forms.submit(form, lambda writing: staff.report_lost(writing, token=_token(), at=access.now()))
        is None
    ):
        return _code_page(form)
    flash("已登记手机丢失。请联系管理员当面核实后取消第二步验证，7天内有效。")
    return redirect(url_for("pages.sign_in_form"), 303)


@page.post("/sign-out", PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session here and on the server."""
    with access.database().writing() as writing:
        staff.sign_out(writing, token=_token())
    session.clear()
    response = make_response(redirect(url_for("pages.sign_in_form"), 303))
    return cookies.keep_session(response, "", secure=access.settings().secure)


@page.get("/", Permission.HOME)
def home() -> ResponseReturnValue:
    """Show the villages of the person signed in; lead straight into the only one."""
    me = access.signed_in()
    with access.database().reading() as reading:
        mine = [one for one in villages.everyone(reading) if staff.belongs(me, one.id)]
        # Every village's log has it; a few are read, in case one was founded since.
        recovered = recoveries.warnings(reading, [one.id for one in mine[:5]]) if len(mine) != 1 else []
    if len(mine) == 1:
        return redirect(url_for("pages.village_home", village=mine[0].id), 303)
    warnings = [*stopping.warnings(), *recovered]
    waiting = approving.answerable([one.id for one in mine])
    return render_template("home.html", villages=mine, warnings=warnings, waiting=waiting)


@page.get("/v/<village>", Permission.TOTALS_VIEW, in_group=True)
def village_home(village: str) -> ResponseReturnValue:
    """Show what waits for this person, which acts wait for somebody who is not there, a tile for each tab."""
    with access.database().reading() as reading:
        missing, shut = staff.standing(reading, village=village, at=access.now())
        in_hand = staff.independence.in_other_hands(reading, village=village, at=access.now())
        news = _shelf_news(reading, village)
        down = _taken_down(reading, village)
        names = staff.actors(reading, ids=[*(one.by for one in news), *(who for _, who, _ in down)])
        unshown = _unshown(reading, village)
        waits = to_do.of_visitor(reading, village)
        waiting, count = approving.of_visitor(reading, village)
        recovered = recoveries.warnings(reading, [village])
        course = _course(reading, village)
        totals = _totals(reading, village)
    waits.on_tabs["approval_list"] = sum(one.can_answer for one in waiting)
    tab_groups.count_on_tabs(waits.on_tabs)
    return render_template(
        "village.html",
        warnings=[*stopping.warnings(village), *recovered],
        missing=missing,
        shut=staff.by_reason(shut),
        in_hand=in_hand,
        news=news,
        down=down,
        names=names,
        unshown=unshown,
        waits=waits,
        approvals=waiting,
        approval_count=count,
        course=course,
        totals=totals,
    )


def _course(reading: Session, village: str) -> first_day.Course | None:
    """Return how far the village has come, for those who may go on with it; None where nothing is left."""
    if access.settings().practice:
        return None
    found = first_day.of_village(reading, village)
    mine = [step for step in found.missing if staff.may(access.signed_in(), village, step.permission)]
    return found if mine else None


def _totals(reading: Session, village: str) -> list[tuple[str, str]]:
    """Return what the village comes to, for who sees totals and no list that has them; else nothing."""
    # Who inspects one group has no business with what the village comes to.
    if access.groups() is not None:
        return []
    if any(access.allowed(one) for one in (Permission.GOODS_VIEW, Permission.FILE_VIEW)):
        return []
    today = dates.day_of(access.now())
    people = roster.counted(reading, village=village)
    sold = market.sales(reading, village=village, first=today.replace(day=1), last=today)
    closed = villages.closed_months(reading, village=village)
    return [
        ("户数", str(sum(one.kind == "household" and one.status != "closed" for one in people))),
        ("手里的可用积分", points.show(ledger.outstanding(reading, village=village))),
        ("货架上的商品值", points.show(market.shelf_value(reading, village=village, at=access.now()))),
        ("本月兑换的积分", points.show(sold.total)),
        ("已月结到", dates.month_in_words(closed[-1]) if closed else "还没有月结"),
    ]


def _shelf_news(reading: Session, village: str) -> list[market.ShelfNews]:
    """Return what others did to the shelf, for those who may look at it."""
    me = access.signed_in()
    if not staff.may(me, village, Permission.GOODS_VIEW):
        return []
    return market.shelf_news(reading, village=village, reader=me.staff.id, at=access.now())


def _taken_down(reading: Session, village: str) -> list[tuple[str, str, datetime]]:
    """Return what others took off the boards, for who votes about them: what is told, by whom (id), when."""
    me = access.signed_in()
    if not staff.may(me, village, Permission.BOARD_VOTE):
        return []
    found = boards.taken_down(reading, village=village, reader=me.staff.id, at=access.now())
    ids = {str((one.words or {}).get("participant")) for one in found}
    known = roster.by_ids(reading, village=village, ids=ids)

    def name_of(participant: object) -> str:
        one = known.get(str(participant))
        return one.name if one else str(participant)

    return [(one.in_words(name_of), one.by, one.at) for one in found]


def _unshown(reading: Session, village: str) -> list[publicity.Unshown]:
    """Return the names that stand on no wall, for those who may change them."""
    if not staff.may(access.signed_in(), village, Permission.ROSTER_CHANGE):
        return []
    return publicity.unshown_names(reading, village=village)


def _confirm(data: dict[str, Any], login: str) -> str:
    return staff.confirm_sign_in(
        access.database(),
        token=_token(),
        code=data["code"],
        address=addresses.of(request),
        device=devices.known(login),
        at=access.now(),
    )


def _awaited() -> Staff | None:
    """Return who has just given the password here and still owes the code."""
    with access.database().reading() as reading:
        return staff.awaited_code(reading, token=_token(), at=access.now())


def _token() -> str:
    return cookies.session_token(secure=access.settings().secure)


def _sign_in_page(form: BoundForm) -> ResponseReturnValue:
    return render_template("sign_in.html", form=form, next=way_back()), form.status


def _code_page(form: BoundForm) -> ResponseReturnValue:
    """Show the page for the code; whoever gave no password lately begins again."""
    awaited = _awaited()
    if awaited is None:
        flash("请先输入账号和密码。")
        return redirect(url_for("pages.sign_in_form", next=wanted() or None), 303)
    return render_template("sign_in_code.html", form=form, who=awaited, next=wanted()), form.status
