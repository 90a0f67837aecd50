"""Weddings and funerals: what is announced, what is over and unreported, and the village's limits."""

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import ceremonies, dates
from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

MAXIMUM = 999
MAXIMUM_GIFT = 99_999
"""Yuan; more is a slip of the pen."""


class NewCeremony(forms.Form):
    """What a household announces."""

    participant = forms.Household(required=True)
    kind = Select(CEREMONY_KIND, required=True)
    held_on = Day(required=True)
    last_on = Day(load_default=None)
    place = Text(maximum=60, required=True)
    tables = forms.Count(maximum=MAXIMUM, required=True)
    cars = forms.Count(maximum=MAXIMUM, required=True)
    gift = forms.Count(maximum=MAXIMUM_GIFT, load_default=None)
    words = Text(maximum=200, empty=True, load_default="")
    confirmed = forms.Ticked(load_default=False)


class NewLimits(forms.Form):
    """Numbers that a resolution sets; what is left empty, or 0, is no limit."""

    tables = forms.Count(maximum=MAXIMUM, load_default=None)
    cars = forms.Count(maximum=MAXIMUM, load_default=None)
    days = forms.Count(maximum=30, load_default=None)
    gift = forms.Count(maximum=MAXIMUM_GIFT, load_default=None)
    ahead_days = forms.Count(maximum=60, load_default=0)
    from_date = Day(required=True)
    resolution = Text(maximum=200, required=True)


@page.form(
    "/v/<village>/ceremonies",
    Permission.CEREMONY_VIEW,
    tab=Tab("红白事", "事前报，办完看，评议会定", after="claim_list", icon="page", group="judging"),
    in_group=True,
)
def ceremony_list(form: BoundForm, village: str) -> str | Response:
    """Show what is announced, what is over and unreported first; or send it as a file."""
    shown = show_list("ceremonies", village, endpoint="ceremony_list")
    if isinstance(shown, Response):
        return shown
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        limits = ceremonies.limits_on(session, village=village, day=today)
        over = ceremonies.awaiting_report(session, village=village, today=today, groups=access.groups())
        coming = ceremonies.coming(session, village=village, today=today, groups=access.groups())
    return render_template(
        "ceremonies/list.html",
        form=form,
        shown=shown,
        limits=limits,
        over=over,
        coming=coming,
    )


@page.action(
    "/v/<village>/ceremonies",
    Permission.CEREMONY_ANNOUNCE,
    form=NewCeremony,
    on=ceremony_list,
    in_group=True,
)
def announce_ceremony(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Write down what a household announces."""
    made = ceremonies.announce(
        session, village=village, groups=access.groups(), **form.data, **access.by_and_at()
    )
    late = "比村里要求的报得晚，已注明。" if made.late else ""
    return SeeOther("one_ceremony", f"已报备，第{made.number}号。{late}", village=village, ceremony=made.id)


@page.form("/v/<village>/ceremonies/limits", Permission.SCHEME_VIEW, in_group=True)
def ceremony_limits(form: BoundForm, village: str) -> str | Response:
    """Show the limits in force and every adoption of limits; or send these as a file."""
    shown = show_list("ceremony_limits", village, endpoint="ceremony_limits")
    if isinstance(shown, Response):
        return shown
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        adopted = ceremonies.adopted_limits(session, village=village)
        limits = ceremonies.limits_on(session, village=village, day=today)
    form.prefill(**_proposed(adopted[0] if adopted else None), from_date=today.isoformat())
    return render_template(
        "ceremonies/limits.html",
        form=form,
        shown=shown,
        limits=limits,
        coming=[one for one in adopted if one.from_date > today],
    )


@page.action("/v/<village>/ceremonies/limits", Permission.SCHEME_ADOPT, form=NewLimits, on=ceremony_limits)
def adopt_ceremony_limits(session: Session, form: BoundForm, village: str) -> str:
    """Write down the limits that a resolution sets."""
    adopted = ceremonies.adopt_limits(session, village=village, **form.data, **access.by_and_at())
    numbers = "，".join(adopted.in_words) or "不限"
    return f"已登记，{dates.day_in_words(adopted.from_date)}起：{numbers}。"


def _proposed(last: ceremonies.Limits | None) -> dict[str, str]:
    """Return the numbers of the last adoption, of which mostly one changes."""
    if last is None:
        return {}
    numbers = (last.tables, last.cars, last.days, last.gift, last.ahead_days)
    names = ("tables", "cars", "days", "gift", "ahead_days")
    return {name: "" if number is None else str(number) for name, number in zip(names, numbers, strict=True)}
