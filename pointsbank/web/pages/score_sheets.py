"""Paper in: score sheets of a meeting are printed for it, and their photos are read."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import score_sheets, scoring, sheets, staff
from pointsbank.staff import Permission
from pointsbank.villages import problems as village_problems
from pointsbank.web import access, forms, grid_view, prints, sheet_photos
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page
from pointsbank.web.sheet_view import fitting_items, picked_items

page = Page()

EVERY_GROUP = "every"


class NothingMore(forms.Form):
    """A form of photos alone."""


class Printing(forms.Form):
    """Which group's sheets; the items are ticked beside it."""

    group = forms.Untyped(maximum=64, required=True)


@page.form("/v/<village>/meetings/<meeting>/sheets", Permission.MEETING_VIEW, in_group=True)
def score_sheets_page(form: BoundForm, village: str, meeting: str) -> str:
    """Show the meeting's sheets of paper, how far each is, and what became of photos just sent."""
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        printed = score_sheets.pages_of(session, village=village, meeting=meeting, groups=access.groups())
        every = score_sheets.standing(session, village=village, pages=printed)
        is_open = found.status == "open" and access.allowed(Permission.SCORE_ENTER)
        fitting = fitting_items(session, village, found) if is_open else []
        choices = _groups(session, village, meeting) if is_open else []
        names = staff.actors(session, ids={one.entry.entered_by for one in every if one.entry})
    return render_template(
        "meetings/sheets.html",
        form=form,
        meeting=found,
        is_open=is_open,
        every=every,
        missing=score_sheets.missing_pages(every),
        outcomes=form.data.get("outcomes", []),
        choices=choices,
        fitting=fitting,
        picked=picked_items(fitting, request.form.getlist("item")),
        maximum=sheet_photos.MAXIMUM,
        names=names,
    )


@page.post(
    "/v/<village>/meetings/<meeting>/sheets/print",
    Permission.SCORE_ENTER,
    form=Printing,
    on=score_sheets_page,
    in_group=True,
)
def print_score_sheets(village: str, meeting: str) -> ResponseReturnValue:
    """Send a group's sheets as a file to print; what stands on them is kept."""
    form = score_sheets_page.carried(forms.bind(Printing))
    items = request.form.getlist("item")

    def printed() -> ResponseReturnValue:
        group = form.data["group"]
        with access.database().reading() as session:
            if group not in [key for key, _ in _groups(session, village, meeting)]:
                raise village_problems.GroupUnknown()
        given = {"group": group, "meeting": meeting} | ({"items": items} if items else {})
        return prints.printed("sheet", village, sheets.find("sheet").read_options(given))[0]

    file = forms.run_catching_refusals(form, printed)
    return score_sheets_page.show(form, village=village, meeting=meeting) if file is None else file


@page.post(
    "/v/<village>/meetings/<meeting>/sheets/photos",
    Permission.SCORE_ENTER,
    form=NothingMore,
    on=score_sheets_page,
    in_group=True,
)
def read_score_sheets(village: str, meeting: str) -> ResponseReturnValue:
    """Read the photos of sheets; each is kept with what it says, or refused by a sentence of its own."""
    form = score_sheets_page.carried(forms.bind(NothingMore))
    outcomes = forms.run_catching_refusals(form, lambda: sheet_photos.take_in(village, meeting)) or []
    form.data["outcomes"] = outcomes
    shown = score_sheets_page.show(form, village=village, meeting=meeting)
    if outcomes and all(one.refusal for one in outcomes) and isinstance(shown, tuple):
        return shown[0], 422
    return shown


def _groups(session: Session, village: str, meeting: str) -> list[tuple[str, str]]:
    """Return whose sheets who asks may print for a meeting: ids with names; all groups together last."""
    found = scoring.meeting(session, village=village, meeting_id=meeting)
    area = scoring.minutes_of(session, found, village=village).area
    every = list(grid_view.choices(session, village, meeting, area))
    groups = [(one.key, one.name) for one in every if one.kind == grid_view.HOUSEHOLD]
    groups = [(key, name) for key, name in groups if key != grid_view.NO_GROUP]
    whole = access.groups() is None and not area and len(groups) > 1
    return [*groups, (EVERY_GROUP, "全部小组")] if whole else groups
