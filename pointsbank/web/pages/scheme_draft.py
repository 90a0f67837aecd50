"""The next version of the rules: taken from a ready scheme or a file, edited in a table, adopted."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Response, render_template, request, send_file
from sqlmodel import Session

from pointsbank import dates, scoring, spreadsheets, staff
from pointsbank.schemas.fields import Day, Text
from pointsbank.spreadsheets.problems import BadRows
from pointsbank.staff import Permission
from pointsbank.web import access, forms, seen
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()

SPARE = 3
"""Empty rows under the items, for new ones."""

_FIELD = re.compile(r"r([0-9]{1,4})-([a-z_]+)")
_FIRST = ("title", "direction", "points", "unit", "cap_period", "cap_points", "cap_times")
"""Columns, by key, that stand open in each row, in this order; the others can be unfolded."""


class TakeStarter(forms.Form):
    """Which ready scheme to begin with."""

    starter = forms.Untyped(maximum=40, required=True)
    seen = seen.Seal()


class Rows(forms.Form):
    """The table; its cells are read by the scheme's own rules."""

    seen = seen.Seal()


class Adoption(Rows):
    """By which resolution the table becomes the rules, and from which day."""

    resolution = Text(maximum=200, required=True)
    from_date = Day(required=True)
    unpublished = forms.Names(load_default=list)


@page.form("/v/<village>/scheme/draft", Permission.SCHEME_ADOPT)
def scheme_draft(form: BoundForm, village: str) -> str:
    """Show the draft, or the rules in force to make the next version from, or what one can begin with."""
    with access.database().reading() as session:
        found = scoring.schemes(session, village=village)
        last, items = _newest(session, village)
    sent = _sent_rows()
    form.prefill(from_date=_first_day(found, dates.day_of(access.now())).isoformat())
    return render_template(
        "scheme_draft.html",
        form=form,
        last=last,
        seal=_seal(last, items),
        rows=sent or [scoring.item_cells(item) for item in items],
        spare=SPARE,
        first=_columns(_FIRST),
        more=[one for one in scoring.CELL_COLUMNS if one.key not in _FIRST],
        choices={key: list(words.names.values()) for key, words in scoring.CELL_CHOICES.items()},
        starters=scoring.starters(),
        warnings=_warnings(items),
    )


@page.action(
    "/v/<village>/scheme/draft/take",
    Permission.SCHEME_ADOPT,
    form=forms.binding(TakeStarter, starter=scoring.starter_table),
    on=scheme_draft,
)
def take_starter(session: Session, form: BoundForm, village: str) -> str:
    """Write a ready scheme as the draft; raises ChangedMeanwhile."""
    seen.check(form.data["seen"], _seal(*_newest(session, village)), what="细则草案")
    done = scoring.import_scheme(session, village=village, table=form.data["starter"], **access.by_and_at())
    count = done.added + done.changed + done.unchanged
    return f"已存为草案，共{count}条。可以逐条修改，再登记通过。"


@page.action("/v/<village>/scheme/draft", Permission.SCHEME_ADOPT, form=Rows, on=scheme_draft)
def save_draft(session: Session, form: BoundForm, village: str) -> str:
    """Write the table as the draft."""
    done = _import(session, form, village)
    return f"草案已保存：新增{done.added}条，改动{done.changed}条，去掉{done.removed}条。"


@page.action("/v/<village>/scheme/draft/adopt", Permission.SCHEME_ADOPT, form=Adoption, on=scheme_draft)
def adopt_draft(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Write the table as the draft and put it into force by a resolution; it is never edited afterwards."""
    given = {name: value for name, value in form.data.items() if name != "seen"}
    done = _import(session, form, village, **given)
    day = dates.day_in_words(given["from_date"])
    sentence = f"第{done.scheme.version}版细则已登记通过，从{day}起施行。"
    return SeeOther("scheme", sentence, village=village)


@page.get("/v/<village>/scheme/draft.xlsx", Permission.SCHEME_ADOPT)
def draft_as_excel(village: str) -> Response:
    """Send the newest version as a file for Excel, to be edited there and imported again."""
    with access.database().reading() as session:
        found = scoring.schemes(session, village=village)
        items = scoring.items_of(session, village=village, scheme=found[-1].id) if found else []
    return _excel(village, "积分细则", items)


@page.get("/v/<village>/scheme/starters/<starter>.xlsx", Permission.SCHEME_VIEW, in_group=True)
def starter_as_excel(village: str, starter: str) -> Response:
    """Send a ready scheme as a file for Excel."""
    scoring.starter_table(starter)
    [found] = [one for one in scoring.starters() if one.name == starter]
    return _excel(village, found.title, found.items)


def _excel(village: str, title: str, items: Sequence[scoring.Item]) -> Response:
    """The items as a file that is imported again as it is; that it left is written down."""
    out = io.BytesIO()
    cells = [scoring.item_cells(item) for item in items]
    rows = ([row[column.key] for column in scoring.CELL_COLUMNS] for row in cells)
    count = spreadsheets.write_xlsx(out, title, [column.title for column in scoring.CELL_COLUMNS], rows)
    with access.database().writing() as session:
        staff.record_export(
            session, village=village, list_name="scheme", form="xlsx", rows=count, **access.by_and_at()
        )
    out.seek(0)
    return send_file(out, spreadsheets.XLSX, as_attachment=True, download_name=f"{title}.xlsx")


def _import(session: Session, form: BoundForm, village: str, **adoption: Any) -> scoring.SchemeImported:
    """Take the table in by the rules of the import; what is wrong is told beside the cell.

    Raises:
        BadRows: cells that are wrong, unless all of them are fields of the form.
        ChangedMeanwhile: the draft, or whether it is one, is not what the page showed, nor what was sent.
    """
    places = _places()
    rows = [_cells(number) for number in places]
    before = _seal(*_newest(session, village))
    try:
        done = scoring.import_scheme(
            session, village=village, table=scoring.scheme_table(rows), **adoption, **access.by_and_at()
        )
    except BadRows as bad:
        form.errors |= _beside_cells(bad, places)
        raise
    if _seal(*_newest(session, village)) != before:
        # The same sent twice changes nothing, and is answered as the first time.
        seen.check(form.data["seen"], before, what="细则草案")
    return done


def _newest(session: Session, village: str) -> tuple[scoring.Scheme | None, list[scoring.Item]]:
    """Return the newest version, adopted or not, with its items; None where there is none."""
    found = scoring.schemes(session, village=village)
    last = found[-1] if found else None
    return last, scoring.items_of(session, village=village, scheme=last.id) if last else []


def _seal(last: scoring.Scheme | None, items: Iterable[scoring.Item]) -> str:
    """Return the seal of what the page shows."""
    return seen.seal(last and (last.version, last.status), [scoring.item_cells(item) for item in items])


def _beside_cells(bad: BadRows, places: Sequence[int]) -> dict[str, str]:
    """Return the sentences of a refused table by the field of each cell."""
    keys = {column.title: column.key for column in scoring.CELL_COLUMNS}
    return {
        f"r{places[int(one.row) - 2]}-{keys[one.column]}": one.sentence
        for one in bad.problems
        if one.column in keys and isinstance(one.row, int) and 0 <= int(one.row) - 2 < len(places)
    }


def _places() -> list[int]:
    """Return the numbers of the form's rows that hold an item: neither dropped nor empty."""
    numbers = {int(found[1]) for name in request.form if (found := _FIELD.fullmatch(name))}
    return [
        number
        for number in sorted(numbers)
        if request.form.get(f"r{number}-drop") != "1" and any(_cells(number).values())
    ]


def _cells(number: int) -> dict[str, str]:
    """Return the cells of one row of the form by the column's key."""
    return {
        column.key: request.form.get(f"r{number}-{column.key}", "").strip() for column in scoring.CELL_COLUMNS
    }


def _sent_rows() -> list[Mapping[str, str]]:
    """Return every row that was sent, dropped or not, as it was typed."""
    numbers = {int(found[1]) for name in request.form if (found := _FIELD.fullmatch(name))}
    rows = [_cells(number) for number in range(1, max(numbers, default=0) + 1)]
    while rows and not any(rows[-1].values()):
        rows.pop()
    return list(rows)


def _warnings(items: Iterable[scoring.Item]) -> list[str]:
    """Return what stands against showing some of the items in public."""
    return scoring.item_warnings(list(items))


def _columns(keys: Sequence[str]) -> list[spreadsheets.Column]:
    """Return the scheme's columns of these keys, in their order."""
    known = {column.key: column for column in scoring.CELL_COLUMNS}
    return [known[key] for key in keys]


def _first_day(versions: Sequence[scoring.Scheme], today: date) -> date:
    """Return the first day of this month, whose deeds then count, or that of the rules in force."""
    return max([today.replace(day=1), *(one.from_date for one in versions if one.from_date)])
