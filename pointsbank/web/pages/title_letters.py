"""Letters about good deeds: written at any time, printed, brought to the household."""

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import dates, titles
from pointsbank.labels.title_letter_kind import TITLE_LETTER_KIND
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page

page = Page()


class NewLetter(forms.Form):
    """To whom, about which deed."""

    kind = Select(TITLE_LETTER_KIND, required=True)
    participant = forms.Household(required=True)
    person = Text(maximum=60, empty=True, load_default="")
    addressee = Text(maximum=60, empty=True, load_default="")
    deed = Text(maximum=200, required=True)


class Brought(forms.Form):
    """On which day it was brought."""

    on = Day(required=True)


@page.form("/v/<village>/titles/letters", Permission.BOARD_VIEW)
def title_letters(form: BoundForm, village: str) -> str | Response:
    """Show the letters that were not brought yet, and all of them; or send these as a file."""
    shown = show_list("title_letters", village, endpoint="title_letters")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        waiting = [one for one in titles.letters(session, village=village) if one.brought_on is None]
    form.prefill(on=dates.day_of(access.now()).isoformat())
    return render_template("titles/letters.html", form=form, shown=shown, waiting=waiting)


@page.action("/v/<village>/titles/letters", Permission.BOARD_DECIDE, form=NewLetter, on=title_letters)
def write_title_letter(session: Session, form: BoundForm, village: str) -> str:
    """Write a letter down; it is printed from this page."""
    made = titles.write_letter(session, village=village, **form.data, **access.by_and_at())
    return f"已写好{TITLE_LETTER_KIND.name(made.kind)}第{made.number}号，请打印，送到以后登记。"


@page.action(
    "/v/<village>/titles/letters/<letter>/brought", Permission.BOARD_DECIDE, form=Brought, on=title_letters
)
def bring_title_letter(session: Session, form: BoundForm, village: str, letter: str) -> str:
    """Write down that a letter was brought."""
    made = titles.bring_letter(session, village=village, letter_id=letter, **form.data, **access.by_and_at())
    return f"已登记第{made.number}号送到。"
