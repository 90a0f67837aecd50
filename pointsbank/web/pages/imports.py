"""Imports: choose a file, see what was found in it, answer what is asked, take it over.

The file is kept between the steps (`imports.kept`), so that no question costs anybody the upload. Nothing of
it is written before the take-over, which looks at everything anew.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from pointsbank import imports, scoring
from pointsbank.errors import Problem
from pointsbank.failures import Busy
from pointsbank.imports import Import, Kept, Looked
from pointsbank.outcomes import OutcomeUnknown, roll_back
from pointsbank.schemas.fields import Day, Text
from pointsbank.spreadsheets import Imported, Parsed, Table, counts_of, notes_of, parse_rows
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from pointsbank.staff import Permission
from pointsbank.web import access, forms, uploads
from pointsbank.web.access import PermissionByName
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, Tab

page = Page()

_NEEDED = PermissionByName("what", lambda: {one.name: one.permission for one in imports.every()})
_DONE = "导入完成："
_First = list[tuple[str, list[tuple[str, str, str]]]]
"""The first rows of a table, as `Looked` keeps them."""


class Beside(forms.Form):
    """What is said beside a file; each import asks for some of it."""

    confirmed = forms.Ticked(load_default=False)
    resolution = Text(maximum=200, load_default=None)
    from_date = Day(load_default=None)
    unpublished = forms.Names(load_default=list)
    meeting = forms.Untyped(maximum=64, load_default=None)
    occurred_on = Day(load_default=None)


class Changed(Exception):
    """Between preview and take-over something changed that the file is compared with."""


@page.get(
    "/v/<village>/imports",
    Permission.ROSTER_CHANGE,
    tab=Tab(
        "导入",
        "花名册、细则、商品、积分：用手里的 Excel 表",
        after="every_list",
        icon="bring",
        group="roster",
    ),
)
def every_import(village: str) -> str:
    """Show what can be imported, in the order in which a village needs it."""
    known = [one for one in imports.every() if access.allowed(one.permission)]
    return render_template("imports/every.html", imports=known)


@page.form("/v/<village>/imports/<what>", _NEEDED)
def one_import(form: BoundForm, village: str, what: str) -> str:
    """Ask for a file; one that was looked at and not taken over can be gone on with."""
    wanted = imports.find(what)
    waiting = imports.kept.last_of(_folder(), **_mine(village, what))
    meeting = request.args.get("meeting", "") or form.values.get("meeting", "")
    return render_template("imports/choose.html", form=form, one=wanted, waiting=waiting, meeting=meeting)


@page.get("/v/<village>/imports/<what>/template.xlsx", _NEEDED)
def import_template(village: str, what: str) -> Response:
    """Send the empty table with two sample rows and what the village has."""
    wanted = imports.find(what)
    file = f"{wanted.title}导入表.xlsx"
    with access.database().reading() as session:
        place = imports.place_of(session, village=village, at=access.now())
    return send_file(io.BytesIO(imports.blank(wanted, file, place)), as_attachment=True, download_name=file)


@page.post("/v/<village>/imports/<what>", _NEEDED, form=Beside, on=one_import)
def upload_import(village: str, what: str) -> ResponseReturnValue:
    """Read the file, look at what taking it over would do, keep it, and lead to what was found."""
    wanted = imports.find(what)
    form = forms.bind(Beside)
    kept = forms.run_catching_refusals(form, lambda: _kept(wanted, village, form))
    if kept is None:
        return one_import.show(form, village=village, what=what)
    return redirect(url_for("pages.kept_import", village=village, what=what, kept=kept.id), 303)


@page.form("/v/<village>/imports/<what>/<kept>", _NEEDED)
def kept_import(form: BoundForm, village: str, what: str, kept: str) -> str:
    """Show what was found in a kept file, what is asked, and the button that takes it over."""
    found = imports.kept.find(_folder(), kept, **_mine(village, what))
    form.prefill(**found.answers)
    wanted = imports.find(what)
    meetings = []
    if "meeting" in wanted.asks:
        with access.database().reading() as session:
            meetings = [one for one in scoring.meetings(session, village=village) if one.status == "open"]
    return render_template("imports/look.html", form=form, one=wanted, kept=found, meetings=meetings)


@page.post("/v/<village>/imports/<what>/<kept>", _NEEDED, form=Beside, on=kept_import)
def take_import(village: str, what: str, kept: str) -> ResponseReturnValue:
    """Take a kept file over, all rows or none; or look again with other answers."""
    wanted = imports.find(what)
    found = imports.kept.find(_folder(), kept, **_mine(village, what))
    form = forms.bind(Beside)
    if not form.is_valid:
        return kept_import.show(form, village=village, what=what, kept=kept)
    found = replace(found, answers=_typed(wanted, form))
    try:
        if "again" in request.form:
            _preview_again(wanted, found, form)
            return redirect(_preview(village, found), 303)
        done = _taken(wanted, found, form)
    except Changed:
        _preview_again(wanted, found, form)
        flash("您看过以后，村里的数据变了。下面是按现在的数据重新看的，请再看一遍。")
        return redirect(_preview(village, found), 303)
    except Problem as problem:
        if isinstance(problem, OutcomeUnknown):
            raise
        if not isinstance(problem, Busy):
            looked = _refused(problem, found.looked.lines, found.looked.first)
            imports.kept.note(_folder(), replace(found, looked=looked))
        # The same page is found by whoever opens it; to who wanted the file taken over it is a refusal.
        form.refusal = problem
        return kept_import.show(form, village=village, what=what, kept=kept)
    imports.kept.remove(_folder(), found.id)
    if made := wanted.request_of(done):
        flash("已申请，请另一位角色不同的工作人员确认。")
        return redirect(url_for("pages.one_approval", village=village, approval=made), 303)
    flash(f"{_DONE}{uploads.message_of(done, counts_of(done))}")
    return redirect(_where(wanted, village, found), 303)


@page.post("/v/<village>/imports/<what>/<kept>/discard", _NEEDED)
def discard_import(village: str, what: str, kept: str) -> ResponseReturnValue:
    """Throw a kept file away; nothing was written."""
    found = imports.kept.find(_folder(), kept, **_mine(village, what))
    imports.kept.remove(_folder(), found.id)
    flash("没有导入，上传的文件已经删掉。")
    return redirect(url_for("pages.one_import", village=village, what=what), 303)


def _folder() -> Any:
    return access.settings().kept_uploads_dir


def _mine(village: str, what: str) -> dict[str, Any]:
    """Return whose kept file is looked for."""
    return {"staff": access.by(), "village": village, "what": what, "at": access.now()}


def _preview(village: str, kept: Kept) -> str:
    """Return the address of the page that shows what was found."""
    return url_for("pages.kept_import", village=village, what=kept.what, kept=kept.id)


def _where(wanted: Import, village: str, kept: Kept) -> str:
    """Return the page that shows what was taken in."""
    if meeting := kept.answers.get("meeting"):
        return url_for("pages.one_meeting", village=village, meeting=meeting)
    return url_for(f"pages.{wanted.opens}", village=village)


def _typed(wanted: Import, form: BoundForm) -> dict[str, str]:
    """Return what was typed beside the file, for the page to show again."""
    names = [*wanted.asks, *(["confirmed"] if wanted.confirms else [])]
    return {name: form.values.get(name, "") for name in names}


def _kept(wanted: Import, village: str, form: BoundForm) -> Kept:
    """Read the posted file and keep it with what was found.

    Raises:
        FileMissing: none was chosen; and those of `uploads.read_table`, but Busy: the file is here already,
            and is kept to be looked at a moment later.
    """
    path, name = uploads.chosen()
    shown = name.replace("\\", "/").rpartition("/")[2][-60:]
    answers, at = _typed(wanted, form), access.now().timestamp()
    kept = Kept("", access.by(), village, wanted.name, shown, at, answers)
    try:
        table = uploads.read_table(path, name, rows=wanted.rows)
        looked = _previewed(wanted, kept, form, table)
    except Busy:
        return imports.kept.keep(_folder(), path, replace(kept, looked=Looked(waits=True)))
    kept = imports.kept.keep(_folder(), path, replace(kept, looked=looked))
    uploads.may_be_taken_over(kept.id)
    return kept


def _preview_again(wanted: Import, kept: Kept, form: BoundForm) -> None:
    """Look at a kept file again, and note what was found."""
    looked = _previewed(wanted, kept, form, _table(wanted, kept))
    imports.kept.note(_folder(), replace(kept, looked=looked))
    uploads.may_be_taken_over(kept.id)


def _table(wanted: Import, kept: Kept, *, taken_over: str = "") -> Table:
    path = imports.kept.path_of(_folder(), kept)
    return uploads.read_table(path, kept.name, rows=wanted.rows, taken_over=taken_over)


def _previewed(wanted: Import, kept: Kept, form: BoundForm, table: Table) -> Looked:
    """Say what taking a table over would do; nothing of it is written."""
    given = {"village": kept.village, "table": table, **_given(wanted, form), **access.by_and_at()}
    asked: list[str] = []
    first: _First = []
    try:
        first = _first(parse_rows(table, wanted.columns, collect=True))
        uploads.wait_to_write()
        try:
            done = _tried(wanted.take, given)
        except RowsInDoubt as doubt:
            # What would be done is said too: who answers the question has it before him.
            asked = [str(row) for row in doubt.problems]
            done = _tried(wanted.take, given | {"confirmed": True})
    except Problem as problem:
        if isinstance(problem, Busy):
            raise
        imports.note_likelier(table, wanted.columns)
        return _refused(problem, table.found, first)
    requests = bool(wanted.request_of(done))
    return Looked(
        lines=[*([] if requests else [counts_of(done)]), *notes_of(done)],
        problems=asked,
        asks=bool(asked),
        counts=_counts(wanted, done),
        first=first,
        requests=requests,
    )


def _tried(verb: Callable[..., Imported], given: Mapping[str, Any]) -> Imported:
    """Return what a verb would do, and take it back."""
    with access.database().writing() as session:
        done = verb(session, **given)
        roll_back(session)
    return done


def _taken(wanted: Import, kept: Kept, form: BoundForm) -> Imported:
    """Take a kept file over.

    Raises:
        Changed: it would do something else than the page has said.
    """
    table = _table(wanted, kept, taken_over=kept.id)
    parse_rows(table, wanted.columns, collect=True)
    given = _given(wanted, form)
    uploads.wait_to_write()
    with access.database().writing() as session:
        done = wanted.take(session, village=kept.village, table=table, **given, **access.by_and_at())
        if kept.looked.counts and _counts(wanted, done) != kept.looked.counts:
            roll_back(session)
            raise Changed
    return done


def _given(wanted: Import, form: BoundForm) -> dict[str, Any]:
    """Return what the verb is given beside the table."""
    names = [*wanted.asks, *(["confirmed"] if wanted.confirms else [])]
    return {name: form.data[name] for name in names}


def _refused(problem: Problem, found: list[str], first: _First) -> Looked:
    """Return what stands against taking a file over, with what was found in it."""
    if isinstance(problem, BadRows):
        rows = [str(row) for row in problem.problems]
        return Looked(lines=found, problems=rows, asks=isinstance(problem, RowsInDoubt), first=first)
    return Looked(lines=found, sentence=problem.detail, fixed_by=problem.fixed_by, first=first)


def _first(parsed: Parsed) -> _First:
    """Return the first rows as they are kept and shown."""
    return [(one.row, [(cell.column, cell.value, cell.raw) for cell in one.cells]) for one in parsed.first]


def _counts(wanted: Import, done: Imported) -> list[int]:
    return [done.added, done.changed, done.unchanged, int(bool(wanted.request_of(done)))]
