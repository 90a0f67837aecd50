"""The grid: a group's households beside up to twelve items, checked on the same page, entered all or none."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import ledger, scoring
from pointsbank.roster import Participant
from pointsbank.schemas.fields import RequestId
from pointsbank.scoring import CellValue, Item, ScoreRow
from pointsbank.staff import Permission
from pointsbank.web import access, checked_rows, forms
from pointsbank.web.checked_rows import Checked, CheckedForm
from pointsbank.web.forms import BoundForm
from pointsbank.web.grid_view import ROWS, Grid, cells_gone, read_cells, read_grid, typed_cells
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.typed_values import TypedValues

page = Page()


class Cells(forms.Form):
    """The cells of a grid are read by what each one's item takes."""

    request_id = RequestId()


class CheckedCells(CheckedForm, Cells):
    """The cells, with what was shown of them before."""


@page.form("/v/<village>/meetings/<meeting>/grid", Permission.SCORE_ENTER, in_group=True)
def meeting_grid(form: BoundForm, village: str, meeting: str) -> str:
    """Show the grid; of one that was sent and stands, what it would come to."""
    grid: Grid = form.data.pop("grid", None) or _read(village, meeting)
    if isinstance(form.refusal, ledger.problems.RequestReused):
        # What is sent next is another request: it is looked at anew, and what stands already is asked about.
        form.values.pop("request_id", None)
    form.keep_request_id()
    checked = Checked()
    if "rows" in form.data and not form.errors:
        checked = checked_rows.foresee(form, form.data["rows"], village=village, meeting=grid.meeting.id)
    return render_template(
        "meetings/grid.html",
        form=form,
        grid=grid,
        checked=checked,
        checked_day=grid.day,
        enter_address=grid.address("enter_grid"),
        rows=grid.drawn(form),
    )


def _with_cells(form: BoundForm) -> BoundForm:
    """Read the posted cells by their items into a form; each wrong one has its sentence beside it."""
    village, meeting = (str((request.view_args or {})[name]) for name in ("village", "meeting"))
    typed = typed_cells()
    with access.database().reading() as session:
        grid = read_grid(session, village, meeting)
        gone = cells_gone(session, grid, village, typed)
    values, wrong = read_cells(grid, typed)
    form.data |= {"grid": grid, "rows": _rows(grid, values)}
    if grid.meeting.status != "open":
        # There is no table any more: whose and what each cell was stands at the end of the page.
        form.values = TypedValues(form.values | gone, gone)
        form.refusal = scoring.problems.MeetingClosed()
        return form
    form.errors |= wrong
    form.errors |= {name: f"{words}——不在这张表上了，这一格没有录入。" for name, words in gone.items()}
    if not values and form.is_valid:
        form.refusal = scoring.problems.NothingToEnter(most=ROWS * scoring.MAXIMUM_COLUMNS)
    return form


@forms.reader(CheckedCells)
def _entering() -> BoundForm:
    """The cells, with what was shown of them."""
    return _with_cells(forms.bind(CheckedCells))


@page.post(
    "/v/<village>/meetings/<meeting>/grid",
    Permission.SCORE_ENTER,
    form=Cells,
    on=meeting_grid,
    in_group=True,
)
def check_grid(village: str, meeting: str) -> ResponseReturnValue:
    """Say what the cells would come to, or what is wrong with them; nothing is written."""
    return meeting_grid.show(_with_cells(forms.bind(Cells)), village=village, meeting=meeting)


@page.action(
    "/v/<village>/meetings/<meeting>/grid/scores",
    Permission.SCORE_ENTER,
    form=_entering,
    on=meeting_grid,
    in_group=True,
)
def enter_grid(session: Session, form: BoundForm, village: str, meeting: str) -> SeeOther:
    """Enter the cells as they were shown, all or none; what was judged already only where it is ticked.

    Raises:
        ChangedMeanwhile: they would come to something else by now.
    """
    grid, rows = form.data["grid"], form.data["rows"]
    left, again = checked_rows.agreed(form)
    chosen = {name: row for name, row in rows.items() if name not in left}
    entered = scoring.enter_scores(
        session,
        village=village,
        meeting=meeting,
        rows=list(chosen.values()),
        request_id=form.data["request_id"],
        confirmed=False,
        meant={place for place, name in enumerate(chosen, start=1) if name in again},
        groups=access.groups(),
        **access.by_and_at(),
    )
    checked_rows.check_seals(form, list(chosen), entered, again, what="表里的内容，或者这几户的评分")
    sentence = checked_rows.outcome_in_words(entered, left=len(rows) - len(chosen))
    where = grid.in_address() | {"entered": str(len(entered))}
    return SeeOther("meeting_grid", sentence, village=village, meeting=meeting, **where)


def _read(village: str, meeting: str) -> Grid:
    with access.database().reading() as session:
        return read_grid(session, village, meeting)


def _rows(grid: Grid, values: dict[str, CellValue]) -> dict[str, ScoreRow]:
    """Return the rows that cells mean, by the cells' names and in their order."""
    cells = {grid.name(person, item): (person, item) for person in grid.rows for item in grid.columns}
    return {name: _row(*cells[name], grid, value) for name, value in values.items()}


def _row(person: Participant, item: Item, grid: Grid, value: CellValue) -> ScoreRow:
    return ScoreRow(person.code, item.code, grid.day, value.quantity, value.points)
