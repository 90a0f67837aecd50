"""Grades: the village's tables of bands, and what each gives in a period."""

from typing import Any

from flask import Response, render_template, request
from sqlmodel import Session

from pointsbank import boards, dates, grades
from pointsbank import roster as people
from pointsbank.errors import Problem
from pointsbank.grades import MAXIMUM_BANDS, Band, PeriodGrades
from pointsbank.labels.grade_measure import GRADE_MEASURE
from pointsbank.labels.grade_period import GRADE_PERIOD
from pointsbank.labels.grade_sign import GRADE_SIGN
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, charts, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

ROWS = range(1, MAXIMUM_BANDS + 1)
KIND = "kind-"
"""Before a kind of participant that is ticked."""


class NewTable(forms.Form):
    """A table of bands; its rows and kinds stand in fields named after them."""

    name = Text(maximum=40, required=True)
    period = Select(GRADE_PERIOD, required=True)
    measured_on = Select(GRADE_MEASURE, required=True)
    category = Text(maximum=60, empty=True, load_default="")
    below = Text(maximum=20, empty=True, load_default="")
    from_date = Day(required=True)
    resolution = Text(maximum=200, required=True)


class Ending(forms.Form):
    """The resolution that ends a table."""

    from_date = Day(required=True)
    resolution = Text(maximum=200, required=True)


class DoneBy(forms.Form):
    """By whom and when what a band asks for was done; for whom is ticked beside it."""

    done_on = Day(required=True)
    done_by = Text(maximum=60, required=True)


@forms.reader(NewTable)
def _table() -> BoundForm:
    """The form with its rows as bands and the kinds that are ticked; a row that cannot be read is marked."""
    form = forms.bind(NewTable)
    bands = list[Band]()
    for row in ROWS:
        name, written = (request.form.get(f"{part}{row}", "").strip() for part in ("band", "range"))
        if not name and not written:
            continue
        sign = request.form.get(f"sign{row}", "")
        if not name:
            form.errors[f"band{row}"] = "请填这一档叫什么。"
        if sign and sign not in GRADE_SIGN.codes:
            form.errors[f"sign{row}"] = "请选一种标志。"
        try:
            measure = request.form.get(f"measure{row}", "")
            bands.append(Band(name, sign, grades.read_range(written), measure))
        except Problem as refused:
            form.errors[f"range{row}"] = refused.detail
    kinds = [code for code in PARTICIPANT_KIND.codes if f"{KIND}{code}" in request.form]
    if form.is_valid:
        form.data |= {"bands": bands, "kinds": kinds}
    return form


@forms.reader(DoneBy)
def _done() -> BoundForm:
    """The form with the codes and the whole bands that are ticked."""
    form = forms.bind(DoneBy)
    if form.is_valid:
        form.data["participants"] = [code[:32] for code in request.form.getlist("done")][:2_000]
        places = [
            one for one in request.form.getlist("all") if one.isascii() and one.isdigit() and len(one) < 3
        ]
        form.data["bands"] = [int(one) for one in places]
    return form


@page.form(
    "/v/<village>/grades",
    Permission.BOARD_VIEW,
    tab=Tab("等级", "红黄蓝、星级：按村里的表评", after="months", icon="star", group="boards"),
)
def grade_list(form: BoundForm, village: str) -> str:
    """Show what can be looked at, the tables in force, and the form that adopts one."""
    at = access.now()
    with access.database().reading() as session:
        left = boards.who_left(session, village=village)
        shown = [
            grades.kept_grades(
                session, village=village, table=table.number, period=period.code, left=left, at=at
            )
            for table, period in grades.periods(session, village=village, at=at)[:40]
        ]
        tables = grades.adopted_tables(session, village=village)
        waiting = grades.measures_waiting(session, village=village)
    form.prefill(from_date=dates.day_of(at).isoformat(), **{f"{KIND}household": "on"})
    standing = grades.tables_now(tables, dates.day_of(at))
    return render_template(
        "grades/list.html",
        form=form,
        shown=shown,
        standing=standing,
        last={one.name: one.number for one, _ in standing},
        waiting={(one.table.number, one.period): True for one in waiting},
        rows=ROWS,
        kind=KIND,
        signs=list(GRADE_SIGN.names.items()),
        kinds=list(PARTICIPANT_KIND.names.items()),
    )


@page.action("/v/<village>/grades", Permission.SCHEME_ADOPT, form=_table, on=grade_list)
def adopt_grade_table(session: Session, form: BoundForm, village: str) -> str:
    """Write down the table of bands that a resolution sets."""
    made = grades.adopt_table(session, village=village, **form.data, **access.by_and_at())
    return f"已登记“{made.name}”，从{made.first.in_words}开始评。"


@page.action("/v/<village>/grades/<table>/end", Permission.SCHEME_ADOPT, form=Ending, on=grade_list)
def end_grade_table(session: Session, form: BoundForm, village: str, table: str) -> str:
    """Write down the resolution that ends a table."""
    ended = grades.end_table(
        session,
        village=village,
        table=grades.table_number(table),
        **form.data,
        **access.by_and_at(),
    )
    return f"已登记，“{ended.name}”从{dates.day_in_words(ended.from_date)}起不再评；评过的不变。"


@page.form("/v/<village>/grades/<table>/<period>", Permission.BOARD_VIEW)
def one_grade_period(form: BoundForm, village: str, table: str, period: str) -> str | Response:
    """Show everybody's grade of a period, and what is to be done about it; or send it as a file."""
    shown = show_list("grades", village, endpoint="one_grade_period", table=table, period=period)
    if isinstance(shown, Response):
        return shown
    at = access.now()
    with access.database().reading() as session:
        found = grades.kept_grades(
            session,
            village=village,
            table=grades.table_number(table),
            period=period,
            left=boards.who_left(session, village=village),
            at=at,
        )
        done = grades.measures_done(session, village=village, table=found.table.number, period=found.period)
        tasks = _tasks(session, village, found, done)
    form.prefill(done_on=dates.day_of(at).isoformat())
    return render_template(
        "grades/period.html", form=form, shown=shown, found=found, charted=_charted(found), tasks=tasks
    )


@page.action(
    "/v/<village>/grades/<table>/<period>/done", Permission.BOARD_DECIDE, form=_done, on=one_grade_period
)
def mark_grade_measures(session: Session, form: BoundForm, village: str, table: str, period: str) -> SeeOther:
    """Write down for whom what their band asks for was done."""
    number = grades.table_number(table)
    new = grades.mark_done(
        session, village=village, table=number, period=period, **form.data, **access.by_and_at()
    )
    message = f"已登记{new}个。" if new else "这些都登记过了，没有重复登记。"
    return SeeOther("one_grade_period", message, village=village, table=table, period=period)


def _charted(found: PeriodGrades) -> list[tuple[str, str, charts.Bar, str]]:
    """Return how many are in each band as rows of a chart."""
    bars = charts.bars(found.counts)
    return [
        (band.name, "，".join(filter(None, (band.range.written, band.measure))), bar, f"{count}个")
        for band, count, bar in zip(found.table.bands, found.counts, bars, strict=True)
    ]


def _tasks(
    session: Session, village: str, found: PeriodGrades, done: dict[str, Any]
) -> list[tuple[Band, list[Any], int, int]]:
    """Return of each band that asks for something who waits for it, and for how many it was done."""
    if not found.frozen:
        return []
    tasks = []
    known = _still_waiting(session, village, found, done)
    for place, band in enumerate(found.table.bands):
        if band.measure:
            own = [line.participant_id for line in found.lines if line.band == place]
            waiting = [known[id] for id in own if id in known]
            if own:
                tasks.append((band, waiting, len(own) - len(waiting), place))
    return tasks


def _still_waiting(
    session: Session, village: str, found: PeriodGrades, done: dict[str, Any]
) -> dict[str, Any]:
    """Return those (by id) for whom nothing is written down yet."""
    wanted = [
        line.participant_id
        for line in found.lines
        if line.band is not None and found.table.bands[line.band].measure and line.participant_id not in done
    ]
    return people.by_ids(session, village=village, ids=set(wanted))
