"""Long prints: what is being made and how far it is, what will be in one before it begins, its file."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import folders, jobs, staff
from pointsbank.folders import Kind
from pointsbank.folders.kind import Outlook, file_of
from pointsbank.jobs import Run
from pointsbank.labels.print_run_state import PRINT_RUN_STATE
from pointsbank.schemas.base import FieldsInvalid
from pointsbank.schemas.sheets import options_of
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.access import PermissionByName
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, Tab

page = Page()

OF_KIND = PermissionByName("kind", lambda: {one.name: one.permission for one in folders.every()})
"""For routes about one kind of long print."""

_TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


@page.form(
    "/v/<village>/runs",
    Permission.LEDGER_VIEW,
    tab=Tab("大批打印", "全村的卡、一月的全部、资料包", after="book", icon="stack", group="paper"),
)
def print_runs(form: BoundForm, village: str) -> str:
    """Show every long print with how far it is, and what can be asked for."""
    with access.database().reading() as session:
        found = [one for one in jobs.runs(session, village=village) if _may(one.kind)]
        names = staff.actors(session, ids=[one.asked_by for one in found])
        offered = [one for one in folders.every() if access.allowed(one.permission)]
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


def _may(kind: str) -> bool:
    return any(one.name == kind and access.allowed(one.permission) for one in folders.every())


@page.get("/v/<village>/runs/<kind>", OF_KIND)
def print_run_ahead(village: str, kind: str) -> ResponseReturnValue:
    """Show what will be made, file by file, and whose names are in it, before anything begins."""
    wanted, form, ahead = _ahead(village, kind, request.args)
    if ahead is None:
        flash(form.refusal.detail if form.refusal else "；".join(form.errors.values()))
        return redirect(url_for("pages.print_runs", village=village), 303)
    return render_template("runs/ahead.html", form=form, kind=wanted, ahead=ahead, typed=_typed(request.args))


@page.post("/v/<village>/runs/<kind>", OF_KIND)
def request_print_run(village: str, kind: str) -> ResponseReturnValue:
    """Ask for it: it is made by itself, in order, and waits on the page of long prints."""
    typed = _typed(request.form)
    _, form, ahead = _ahead(village, kind, typed)
    if ahead is None:
        flash(form.refusal.detail if form.refusal else "；".join(form.errors.values()))
        return redirect(url_for("pages.print_runs", village=village), 303)

    def write() -> Run:
        who = access.by_and_at()
        with access.database().writing() as session:
            asked = jobs.request_run(
                session, village=village, kind=kind, title=ahead.title, options=typed, **who
            )
            jobs.request(session, name="print_runs", **who)
        return asked

    asked = forms.run_catching_refusals(form, write)
    flash("已排上，做好以后在这里下载。" if asked is not None else str(form.refusal))
    return redirect(url_for("pages.print_runs", village=village), 303)


def _ahead(village: str, name: str, given: Mapping[str, str]) -> tuple[Kind, BoundForm, Outlook | None]:
    """Return the kind, a form that keeps what is wrong, and what will be made; None where something is."""
    kind, form = folders.find(name), forms.unbound(**given)
    try:
        options = kind.read_options(_typed(given))
    except FieldsInvalid as wrong:
        form.errors = {each["field"]: each["detail"] for each in wrong.fields["errors"]}
        return kind, form, None

    def read() -> Outlook:
        with access.database().reading() as session:
            common = {"village": village, "at": access.now(), "public_url": access.settings().public_url}
            return kind.outlook(session, **common, **options)

    return kind, form, forms.run_catching_refusals(form, read)


def _typed(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the options as they were typed, without what is empty."""
    return {name: given[name] for name in given if name != "csrf_token" and given[name].strip()}


@page.action("/v/<village>/runs/<kind>/<run>/cancel", OF_KIND, on=print_runs)
def cancel_print_run(session: Session, form: BoundForm, village: str, kind: str, run: str) -> str:
    """Cancel one that waits or is being made; raises RunUnknown."""
    _of(session, village, kind, run)
    cancelled = jobs.cancel_run(session, village=village, run_id=run, at=access.now())
    return f"已取消：{cancelled.title}。"


@page.get("/v/<village>/runs/<kind>/<run>/file", OF_KIND)
def print_run_file(village: str, kind: str, run: str) -> Response:
    """Send the file of one that is ready, and write down who fetched it; raises RunUnknown, RunNotReady."""
    with access.database().reading() as session:
        found = _of(session, village, kind, run)
    wanted = folders.find(kind)
    file = file_of(access.settings(), found.file)
    if found.state != "done" or not file.is_file():
        raise jobs.problems.RunNotReady(state=PRINT_RUN_STATE.name(found.state))
    with access.database().writing() as session:
        staff.record_export(
            session,
            village=village,
            list_name=f"print_{kind}",
            form=wanted.suffix,
            rows=1,
            **access.by_and_at(),
        )
    name = wanted.file_name(wanted.read_options(found.options))
    return send_file(file, _TYPES[wanted.suffix], as_attachment=True, download_name=name)


def _of(session: Session, village: str, kind: str, run: str) -> Run:
    """Return a long print of this kind; raises RunUnknown for one of another, whose permission differs."""
    found = jobs.run(session, village=village, run_id=run)
    if found.kind != kind:
        raise jobs.problems.RunUnknown()
    return found
