"""Long prints: what is being made and how far it is, what will be in one before it begins, its file."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import folders, jobs, staff
from pointsbank.folders.kind import Outlook
from pointsbank.jobs import Run
from pointsbank.schemas.sheets import options_of
from pointsbank.staff import Permission
from pointsbank.web import access, forms, long_prints
from pointsbank.web.forms import BoundForm
from pointsbank.web.long_prints import OF_KIND
from pointsbank.web.page import Page, Tab

page = Page()


@page.form(
    "/v/<village>/runs",
    Permission.LEDGER_VIEW,
    tab=Tab("大批打印", "全村的卡、一月的全部、资料包", after="book", icon="stack", group="paper"),
)
def print_runs(form: BoundForm, village: str) -> str:
    """Show every long print with how far it is, and what can be asked for."""
    with access.database().reading() as session:
        found = long_prints.allowed_runs(session, village=village)
        names = staff.actors(session, ids=[one.asked_by for one in found])
        offered = long_prints.allowed_kinds()
        options = {one.name: options_of(one.options, session, village) for one in offered}
    return render_template(
        "runs/list.html",
        form=form,
        runs=found,
        names=names,
        offered=offered,
        options=options,
        under_way=any(one.is_open for one in found),
    )


@page.get("/v/<village>/runs/<kind>", OF_KIND)
def print_run_ahead(village: str, kind: str) -> ResponseReturnValue:
    """Show what will be made, file by file, and whose names are in it, before anything begins."""
    typed = _typed(request.args)
    wanted, form = folders.find(kind), forms.unbound(**typed)

    def read() -> Outlook:
        where: dict[str, Any] = {"village": village, "public_url": access.settings().public_url}
        return folders.outlook_of(access.database(), kind=wanted, given=typed, at=access.now(), **where)

    ahead = forms.run_catching_refusals(form, read)
    if ahead is None:
        flash(_refused(form))
        return redirect(url_for("pages.print_runs", village=village), 303)
    return render_template("runs/ahead.html", form=form, kind=wanted, ahead=ahead, typed=typed)


@page.post("/v/<village>/runs/<kind>", OF_KIND)
def request_print_run(village: str, kind: str) -> ResponseReturnValue:
    """Ask for it: it is made by itself, in order, and waits on the page of long prints."""
    typed = _typed(request.form)
    wanted, form = folders.find(kind), forms.unbound(**typed)

    def write() -> Run:
        where: dict[str, Any] = {"village": village, "public_url": access.settings().public_url}
        return folders.request(access.database(), kind=wanted, given=typed, **where, **access.by_and_at())

    asked = forms.run_catching_refusals(form, write)
    flash("已排上，做好以后在这里下载。" if asked is not None else _refused(form))
    return redirect(url_for("pages.print_runs", village=village), 303)


def _refused(form: BoundForm) -> str:
    return form.refusal.detail if form.refusal else "；".join(form.errors.values())


def _typed(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the options as they were typed, without what is empty."""
    return {name: given[name] for name in given if name != "csrf_token" and given[name].strip()}


@page.action("/v/<village>/runs/<kind>/<run>/cancel", OF_KIND, on=print_runs)
def cancel_print_run(session: Session, form: BoundForm, village: str, kind: str, run: str) -> str:
    """Cancel one that waits or is being made; raises RunUnknown."""
    long_prints.run_of(session, village=village, kind=kind, run=run)
    cancelled = jobs.cancel_run(session, village=village, run_id=run, at=access.now())
    return f"已取消：{cancelled.title}。"


@page.get("/v/<village>/runs/<kind>/<run>/file", OF_KIND)
def print_run_file(village: str, kind: str, run: str) -> Response:
    """Send the file of one that is ready, and write down who fetched it; raises RunUnknown, RunNotReady."""
    return long_prints.file_answer(village=village, kind=kind, run=run)
