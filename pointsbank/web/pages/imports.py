"""Imports: choose a file, see what would be taken over, take it over."""

from flask import render_template, request
from sqlmodel import Session

from pointsbank import roster
from pointsbank.outcomes import roll_back
from pointsbank.staff import Permission
from pointsbank.web import access, forms, limits, uploads
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()


class Beside(forms.Form):
    """What is said beside a file."""

    confirmed = forms.Ticked(load_default=False)


@page.form("/v/<village>/imports/<what>", Permission.ROSTER_CHANGE)
def one_import(form: BoundForm, village: str, what: str) -> str:
    """Ask for a file."""
    return render_template("imports/choose.html", form=form)


@page.action(
    "/v/<village>/imports/<what>",
    Permission.ROSTER_CHANGE,
    form=uploads.table(roster.ROSTER_COLUMNS, rows=limits.SCORE_ROWS, form=Beside),
    on=one_import,
)
def import_file(session: Session, form: BoundForm, village: str, what: str) -> SeeOther:
    """Take a roster over, all rows or none; or say what would be done."""
    done = roster.import_roster(session, village=village, **form.data, **access.by_and_at())
    counted = f"新增{done.added}户，更新{done.changed}户，未变{done.unchanged}户。{uploads.message_of(done)}"
    if "preview" in request.form:
        roll_back(session)
        return SeeOther("one_import", f"试算，没有写入：{counted}", village=village, what=what)
    return SeeOther("roster_list", f"导入完成：{counted}", village=village)
