"""Titles: what is under way, who is nominated next, how many places each kind has left."""

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import dates, titles
from pointsbank.labels.title_holder import TITLE_HOLDER
from pointsbank.labels.title_nominator import TITLE_NOMINATOR
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class Nomination(forms.Form):
    """Who is nominated for which title, by whom, for what."""

    kind = forms.Untyped(maximum=64, required=True)
    participant = forms.Household(required=True)
    person = Text(maximum=60, empty=True, load_default="")
    agreed_on = Day(load_default=None)
    nominated_by = Select(TITLE_NOMINATOR, required=True)
    nominator = Text(maximum=60, empty=True, load_default="")
    reason = Text(maximum=200, empty=True, load_default="")


@page.form(
    "/v/<village>/titles",
    Permission.BOARD_VIEW,
    tab=Tab("称号", "提名、挂牌、复查、摘牌", after="months", icon="plate", group="boards"),
)
def title_list(form: BoundForm, village: str) -> str | Response:
    """Show what waits, the kinds with their places, and every title; or send them as a file."""
    shown = show_list("titles", village, endpoint="title_list")
    if isinstance(shown, Response):
        return shown
    now = access.now()
    with access.database().reading() as session:
        kinds = titles.kinds_on(session, village=village, day=dates.day_of(now))
        waits = titles.waiting(session, village=village, at=now)
        taken = titles.taken(titles.titles(session, village=village))
        shown_now = titles.shown_titles(session, village=village, at=now)
        shares = titles.shares(session, kinds, village=village)
    steps = (
        ("to_check", "等核对条件", waits.to_check),
        ("to_give", "公示期满，可以授牌", waits.to_give),
        ("to_review", "到期复查", waits.to_review),
        ("to_take_off", "复查不合格，等摘牌", waits.to_take_off),
        ("overdue", "整改期满，再查一次", waits.overdue),
        ("to_give_back", "整改合格，等重新挂牌", waits.to_give_back),
    )
    return render_template(
        "titles/list.html",
        form=form,
        shown=shown,
        kinds=kinds,
        offered=[(one.id, f"{one.name}（{TITLE_HOLDER.name(one.holder)}）") for one in kinds],
        taken=taken,
        shares=shares,
        waits=waits,
        honoured=any(one.is_given for one in shown_now),
        steps=[(name, words, found) for name, words, found in steps if found],
    )


@page.action("/v/<village>/titles", Permission.BOARD_DECIDE, form=Nomination, on=title_list)
def nominate_title(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Write a nomination down."""
    made = titles.nominate(session, village=village, **form.data, **access.by_and_at())
    sentence = f"已提名{made.who}为“{made.kind.name}”，第{made.number}号，请逐条核对条件。"
    return SeeOther("one_title", sentence, village=village, title=made.id)
