"""The practice village: made, entered as somebody whom one plays, thrown away."""

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import jobs, practice, staff
from pointsbank.errors import Problem
from pointsbank.labels.role import ROLE
from pointsbank.staff import Permission
from pointsbank.web import access, cookies, forms, practice_site, seen
from pointsbank.web import addresses as network
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()

_JOB = "practice_village"


class Played(forms.Form):
    """Whom one plays."""

    login = forms.Untyped(maximum=32, required=True)


class Discarding(forms.Form):
    """Which practice village is thrown away."""

    seen = seen.Seal()


@page.form("/v/<village>/practice", Permission.TOTALS_VIEW)
def practice_village(form: BoundForm, village: str) -> str:
    """Show whether there is a practice village, and whom one can play in it."""
    settings = access.settings()
    there = not settings.practice and practice.exists(settings)
    with access.database().reading() as session:
        job = jobs.find(session, name=_JOB)
    return render_template(
        "practice_village.html",
        form=form,
        offered=not settings.practice and practice.is_offered(settings),
        there=there,
        trouble=practice_site.trouble() if there else None,
        people=practice.people(settings) if there else (),
        seal=seen.seal(practice.version(settings)),
        roles=ROLE,
        job=job,
        under_way=job is not None and (job.is_running or job.asked_at is not None),
    )


@page.action("/v/<village>/practice/make", Permission.SETTINGS_CHANGE, on=practice_village)
def make_practice(session: Session, form: BoundForm, village: str) -> str:
    """Ask for the practice village; it is made in the background.

    Raises:
        PracticeNotOffered: there can be none.
    """
    if not practice.is_offered(access.settings()):
        raise practice.problems.PracticeNotOffered()
    jobs.request(session, name=_JOB, **access.by_and_at())
    return "正在建立练习村，半分钟左右。"


@page.post("/v/<village>/practice/enter", Permission.TOTALS_VIEW, form=Played, on=practice_village)
def enter_practice(village: str) -> ResponseReturnValue:
    """Go into the practice village as whom one plays: who is signed in here needs no password there.

    Raises:
        PracticeMissing: kept on the form.
    """
    form = forms.bind(Played)
    token = forms.run_catching_refusals(form, lambda: _begin(form.data["login"]))
    if token is None:
        return practice_village.show(form, village=village)
    there = make_response(redirect(f"{practice_site.PREFIX}/v/{practice.CODE}", 303))
    return cookies.keep_session(there, token, secure=access.settings().secure, practice=True)


@page.post("/v/<village>/practice/discard", Permission.SETTINGS_CHANGE, form=Discarding, on=practice_village)
def discard_practice(village: str) -> ResponseReturnValue:
    """Throw the practice village away, but none that was made since the page was opened."""
    form = forms.bind(Discarding)
    settings = access.settings()
    try:
        if practice.exists(settings):
            seen.check(form.data.get("seen"), seen.seal(practice.version(settings)), what="练习村")
        practice.discard(settings)
    except Problem as problem:
        form.refusal = problem
        return practice_village.show(form, village=village)
    with access.database().writing() as session:
        staff.note_installation_act(
            session,
            kind=staff.PRACTICE_DISCARDED,
            **access.by_and_at(),
            address=network.of(request),
            detail="",
        )
    return SeeOther("practice_village", "练习村已丢掉，里面的东西都没有了。", village=village).response()


def _begin(login: str) -> str:
    """Begin a session in the practice village; return its token.

    Raises:
        PracticeMissing: there is none.
    """
    site = practice_site.current()
    if site is None or login not in {one.login for one in practice.people(access.settings())}:
        raise practice.problems.PracticeMissing()
    with site.extensions["pointsbank_database"].writing() as session:
        person = staff.by_login(session, login=login)
        return staff.begin(session, staff=person.id, at=access.now())
