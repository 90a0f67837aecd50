"""The grid: a group's households beside up to twelve items, checked on the same page, entered all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import ledger, scoring
from pointsbank.errors import Problem
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.schemas.fields import RequestId
from pointsbank.scoring import CellValue, Item, Judged, Score, ScoreRow
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from pointsbank.staff import Permission
from pointsbank.web import access, forms, seen
from pointsbank.web.forms import BoundForm
from pointsbank.web.grid_view import ROWS, Grid, cells_gone, read_cells, read_grid, typed_cells
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.typed_values import TypedValues

page = Page()

AGAIN = "again-"
"""Before a cell's name: the tick that says that a deed that was judged already is meant once more."""


class Cells(forms.Form):
    """The cells of a grid are read by what each one's item takes."""

    request_id = RequestId()


class CheckedCells(Cells):
    """The cells, with what was shown of them before; `asked` names those that were judged already."""

    seen = seen.Seal()
    asked = forms.Untyped(maximum=100_000, load_default="")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it would be, before anything is written; `doubt` says where it was judged already."""

    name: str
    judged: Judged
    doubt: str
    ticked: bool

    @property
    def seal(self) -> str:
        """Return what marks this very outcome."""
        return _seal(self.judged)


@page.form("/v/<village>/meetings/<meeting>/grid", Permission.SCORE_ENTER, in_group=True)
def meeting_grid(form: BoundForm, village: str, meeting: str) -> str:
    """Show the grid; of one that was sent and stands, what it would come to."""
    grid: Grid = form.data.pop("grid", None) or _read(village, meeting)
    if isinstance(form.refusal, ledger.problems.RequestReused):
        # What is sent next is another request: it is looked at anew, and what stands already is asked about.
        form.values.pop("request_id", None)
    form.keep_request_id()
    lines = _lines(form, grid, village) if "values" in form.data and not form.errors else []
    clear = [one for one in lines if not one.doubt]
    return render_template(
        "meetings/grid.html",
        form=form,
        grid=grid,
        # What is to be looked at stands first.
        lines=sorted(lines, key=lambda one: not (one.doubt or one.judged.remark)),
        clear=len(clear),
        doubtful=len(lines) - len(clear),
        sum=_sum([one for one in lines if not one.doubt or one.ticked]),
        ticked=sum(one.ticked for one in lines),
        seal=seen.seal(*(one.seal for one in clear)),
        asked=" ".join(one.name for one in lines if one.doubt),
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
    form.data |= {"grid": grid, "values": values}
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
    grid, values = form.data["grid"], form.data["values"]
    asked = set(form.data["asked"].split())
    ticked = {name for name in asked if form.values.get(f"{AGAIN}{name}")}
    chosen = {name: value for name, value in values.items() if name not in asked or name in ticked}
    rows = _rows(grid, chosen)
    entered = scoring.enter_scores(
        session,
        village=village,
        meeting=meeting,
        rows=rows,
        request_id=form.data["request_id"],
        confirmed=False,
        meant={place for place, name in enumerate(chosen, start=1) if name in ticked},
        groups=access.groups(),
        **access.by_and_at(),
    )
    seals = dict(zip(chosen, map(_seal, entered), strict=True))
    clear = seen.seal(*(seal for name, seal in seals.items() if name not in ticked))
    seen.check(form.data["seen"] or "", clear, what="表里的内容，或者这几户的评分")
    for name in ticked & seals.keys():
        seen.check(form.values[f"{AGAIN}{name}"], seals[name], what="表里的内容，或者这几户的评分")
    left = len(values) - len(chosen)
    capped = sum(bool(one.remark) for one in entered)
    sentences = [f"已录入{len(entered)}条。"]
    sentences += [f"其中{capped}条超出上限或加倍，评议会页面上有备注。"] if capped else []
    sentences += [f"{left}条已经记过，没有再录。"] if left else []
    where = grid.in_address() | {"entered": str(len(entered))}
    return SeeOther("meeting_grid", "".join(sentences), village=village, meeting=meeting, **where)


def _read(village: str, meeting: str) -> Grid:
    with access.database().reading() as session:
        return read_grid(session, village, meeting)


def _lines(form: BoundForm, grid: Grid, village: str) -> list[Line]:
    """Return what the cells would come to; what cannot be entered is noted on the form."""
    values: dict[str, CellValue] = form.data["values"]
    if isinstance(form.refusal, BadRows) and not isinstance(form.refusal, RowsInDoubt):
        form.refusal = None
    if form.refusal is not None and not isinstance(form.refusal, RowsInDoubt | seen.ChangedMeanwhile):
        return []
    try:
        with access.database().reading() as session:
            found = scoring.foresee_scores(
                session,
                village=village,
                meeting_id=grid.meeting.id,
                rows=_rows(grid, values),
                at=access.now(),
                groups=access.groups(),
            )
    except BadRows as refused:
        names = list(values)
        for problem in refused.problems:
            form.errors.setdefault(names[problem.row - 1], problem.sentence)
        form.refusal = None
        return []
    except Problem as problem:
        form.refusal = problem
        return []
    return [
        Line(name, judged, found.doubts.get(place, ""), bool(form.values.get(f"{AGAIN}{name}")))
        for place, (name, judged) in enumerate(zip(values, found.judged, strict=True), start=1)
    ]


def _sum(lines: Sequence[Line]) -> dict[str, Any]:
    """Return what entries come to together, for the sentence above them."""
    return {
        "households": len({one.judged.row.participant.id for one in lines}),
        "counted": Points(sum(one.judged.counted for one in lines)),
        "remarked": sum(bool(one.judged.remark) for one in lines),
    }


def _rows(grid: Grid, values: dict[str, CellValue]) -> list[ScoreRow]:
    """Return the rows that cells mean, in the cells' order."""
    cells = {grid.name(person, item): (person, item) for person in grid.rows for item in grid.columns}
    return [_row(*cells[name], grid, value) for name, value in values.items()]


def _row(person: Participant, item: Item, grid: Grid, value: CellValue) -> ScoreRow:
    return ScoreRow(person.code, item.code, grid.day, value.quantity, value.points)


def _seal(outcome: Judged | Score) -> str:
    """Return what marks an outcome, before it is written and after."""
    if isinstance(outcome, Score):
        whose = outcome.code, outcome.item_code, outcome.occurred_on
        came = outcome.quantity, outcome.points, outcome.counted_points, outcome.remark
    else:
        row = outcome.row
        whose = row.participant.code, row.item.code, row.row.occurred_on
        came = row.quantity, outcome.points, outcome.counted, outcome.remark
    return seen.seal(*map(str, whose), *map(str, came))
