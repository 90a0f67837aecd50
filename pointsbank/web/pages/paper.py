"""Paper: a form for each sheet that the visitor may print, and the sheets themselves as PDF files."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow.fields import Field
from sqlmodel import Session

from pointsbank import roster, sheets, villages
from pointsbank.lazy import LazyModule
from pointsbank.schemas.base import FieldsInvalid
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import Codes, Households, OneOf, Options, Ticked
from pointsbank.schemas.sheets import options_of
from pointsbank.staff import Permission
from pointsbank.web import access, forms, household_fields, prints
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, Tab

if TYPE_CHECKING:
    from pointsbank import printing
else:
    printing = LazyModule("pointsbank.printing", seldom=True)

page = Page()

_FLASHED = 20
"""Texts no font draws of which the next page tells, so that the cookie holds them; the print page has all."""


@page.form(
    "/v/<village>/print",
    Permission.PRINT_POSTER,
    tab=Tab("打印", "海报和积分卡", after="staff_list", icon="print", group="paper"),
)
def paper(form: BoundForm, village: str) -> str:
    """Show what can be printed; options in the address are filled in."""
    form.prefill(**request.args)
    return _drawn(form, village)


@page.get("/v/<village>/print/<sheet>.pdf", prints.READING)
def print_sheet(village: str, sheet: str) -> ResponseReturnValue:
    """Send a sheet as a file to print."""
    return _printed(village, sheet, request.args)


@page.get("/v/<village>/print/poster-<month>.pdf", Permission.PRINT_POSTER)
def poster(village: str, month: str) -> ResponseReturnValue:
    """Send the poster of a month, under the address it had before there were other sheets."""
    return _printed(village, "poster", {"month": month})


@page.post("/v/<village>/print/<sheet>.pdf", prints.WRITING)
def issue_sheet(village: str, sheet: str) -> ResponseReturnValue:
    """Issue what a sheet prints (cards) and send it as a file."""
    return _printed(
        village, sheet, {name: request.form[name] for name in request.form if name != "csrf_token"}
    )


@page.get("/v/<village>/print/<sheet>.escpos", prints.SLIPS_READING)
def print_slip(village: str, sheet: str) -> ResponseReturnValue:
    """Send a slip as the bytes that a receipt printer takes."""
    return _printed(village, sheet, request.args, thermal=True)


@page.post("/v/<village>/print/<sheet>.escpos", prints.SLIPS_WRITING)
def issue_slip(village: str, sheet: str) -> ResponseReturnValue:
    """Write down what a slip tells, and send it as the bytes that a receipt printer takes."""
    typed = {name: request.form[name] for name in request.form if name != "csrf_token"}
    return _printed(village, sheet, typed, thermal=True)


@page.post("/v/<village>/print/<sheet>/check", prints.WRITING)
def check_sheet(village: str, sheet: str) -> ResponseReturnValue:
    """Show what will be printed, counted, before anything is."""
    wanted, form = _read(sheet, {name: request.form[name] for name in request.form if name != "csrf_token"})
    happens = forms.run_catching_refusals(form, lambda: _outlook(wanted, village, form)) or ()
    if not form.is_valid:
        return _drawn(form, village, sheet), form.status
    return render_template("print_check.html", sheet=wanted, happens=happens, typed=_typed_again(form))


def _outlook(sheet: "sheets.Sheet[Any]", village: str, form: BoundForm) -> tuple[str, ...]:
    """What will be printed with these options, one fact a sentence."""
    if sheet.outlook is None:
        return ()
    with access.database().reading() as session:
        return sheet.outlook(session, village=village, public_url=access.settings().public_url, **form.data)


def _typed_again(form: BoundForm) -> dict[str, str]:
    """The options as the page that prints sends them: households by their codes."""
    chosen = {name: value for name, value in form.data.items() if value not in (None, False, [], "")}
    texts = {name: " ".join(value) for name, value in chosen.items() if isinstance(value, list)}
    return {name: "1" if value is True else str(value) for name, value in chosen.items()} | texts


def _read(name: str, typed: Mapping[str, str]) -> "tuple[sheets.Sheet[Any], BoundForm]":
    """The sheet, and the form with its options read; a person chooses what others may leave open."""
    sheet = sheets.find(name)
    form = forms.unbound(**typed)
    try:
        given = {name: value for name, value in typed.items() if value.strip()}
        own = {name: value for name, value in given.items() if not household_fields.is_pick(name)}
        form.data = sheet.read_options(own)
        household_fields.settle(form, sheet.options().fields)
    except FieldsInvalid as wrong:
        form.errors = {each["field"]: each["detail"] for each in wrong.fields["errors"]}
    if sheet.must_choose and form.is_valid and not any(form.data.get(one) for one in sheet.must_choose):
        form.errors["group"] = "请选一个小组或全村，或者填是哪几户。"
    return sheet, form


def _printed(
    village: str, name: str, typed: Mapping[str, str], *, thermal: bool = False
) -> ResponseReturnValue:
    """The file, or the print page with what was refused."""
    _, form = _read(name, typed)
    file = forms.run_catching_refusals(
        form, lambda: prints.printed(name, village, form.data, thermal=thermal)
    )
    if file is None:
        return _drawn(form, village, name), form.status
    response, undrawn = file
    for one in undrawn[:_FLASHED]:
        flash(str(one))
    return response


def _drawn(form: BoundForm, village: str, chosen: str = "") -> str:
    """The print page; what is wrong is told beside the chosen sheet, or above all."""
    shown = [sheet for sheet in sheets.every() if access.allowed(sheet.permission)]
    with access.database().reading() as session:
        options = {sheet.name: _options(session, village, sheet.options) for sheet in shown}
        closed = villages.closed_months(session, village=village)
    return render_template(
        "print.html",
        sheets=shown,
        options=options,
        last_month=closed[-1] if closed else "",
        chosen=chosen,
        form=form,
        blank=forms.unbound(),
        # They are about the codes on cards.
        warnings=access.settings().warnings if access.allowed(Permission.PRINT_CARDS) else [],
        lettering=_lettering(village),
    )


def _lettering(village: str) -> dict[str, object]:
    """Which scripts the fonts draw, which of the village's names they do not, which files are unusable."""
    fonts, names = sheets.fonts_of(access.settings()), []
    if access.allowed(Permission.PRINT_CARDS):
        with access.database().reading() as session:
            names = roster.printed_names(session, village=village)
    return {
        "scripts": list(map(printing.script_in_words, printing.scripts_of(fonts.files))),
        "officially": [
            printing.drawn_otherwise(file.name, lacked)
            for file, lacked in fonts.lacking_officially(map(str, names)).items()
            if lacked
        ],
        "undrawn": printing.undrawn(names, fonts.lacking),
        "unusable": [refusal.detail for refusal in fonts.unusable],
    }


def _options(session: Session, village: str, schema: type[Options]) -> list[dict[str, object]]:
    """The options of a sheet as its form shows them."""
    fields = schema().fields
    return [option | _input(fields[str(option["name"])]) for option in options_of(schema, session, village)]


def _input(field: Field[Any]) -> dict[str, object]:
    """The input of an option: its kind, and what it says where nothing is chosen."""
    if isinstance(field, OneOf):
        return {"kind": "choice", "blank": field.blank}
    if isinstance(field, Choice):
        return {"kind": "choice"}
    if isinstance(field, Households):
        return {"kind": "households"}
    return {"kind": "codes" if isinstance(field, Codes) else "tick" if isinstance(field, Ticked) else "text"}
