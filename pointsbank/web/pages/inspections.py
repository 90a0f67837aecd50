"""Inspections: what is due for a second look, the rounds under way, one round in walking order."""

from flask import Response, render_template, request
from sqlmodel import Session

from pointsbank import inspections, villages
from pointsbank.staff import Permission
from pointsbank.text import narrow
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()
PLACE = "place-"
"""Before a household's code in the name of the field for its place."""


class NewRound(forms.Form):
    """Through which group."""

    group = forms.Untyped(maximum=64, required=True)


@page.form(
    "/v/<village>/inspections",
    Permission.INSPECTION_VIEW,
    tab=Tab("巡查", "挨户看，交办整改，到期复查", after="ceremony_list", icon="check", group="judging"),
    in_group=True,
)
def inspection_list(form: BoundForm, village: str) -> str | Response:
    """Show what is due for a second look, the rounds under way and every inspection; or send it as a file."""
    shown = show_list("inspections", village, endpoint="inspection_list")
    if isinstance(shown, Response):
        return shown
    mine = access.groups()
    with access.database().reading() as session:
        groups = [one for one in villages.groups(session, village=village) if mine is None or one.id in mine]
        under_way = inspections.under_way(session, village=village, groups=mine)
        again = inspections.due_again(session, village=village, groups=mine)
    begun = {one.group_id for one in under_way}
    return render_template(
        "inspections/list.html",
        form=form,
        shown=shown,
        rounds=under_way,
        again=again,
        groups=[(one.id, one.name) for one in groups if one.id not in begun],
        has_groups=bool(groups),
        confined=mine is not None,
    )


@page.action(
    "/v/<village>/inspections/rounds",
    Permission.INSPECTION_MAKE,
    form=NewRound,
    on=inspection_list,
    in_group=True,
)
def begin_round(session: Session, form: BoundForm, village: str) -> SeeOther:
    """Begin a walk through a group, or go on with the one that is under way."""
    begun = inspections.begin_round(
        session, village=village, group=form.data["group"], groups=access.groups(), **access.by_and_at()
    )
    return SeeOther("one_round", village=village, walk=begun.id)


@page.form("/v/<village>/inspections/rounds/<walk>", Permission.INSPECTION_VIEW, in_group=True)
def one_round(form: BoundForm, village: str, walk: str) -> str | Response:
    """Show the households of a round in walking order, and which come next; or send them as a file."""
    shown = show_list("round_households", village, endpoint="one_round", walk=walk)
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        found = inspections.the_round(session, village=village, round_id=walk, groups=access.groups())
        stops = inspections.stops(session, village=village, round_id=walk, by=access.by())
    return render_template(
        "inspections/round.html",
        form=form,
        round=found,
        stops=stops,
        files=shown.files,
        waiting=[one for one in stops if one.waits],
        left_out=sum(1 for one in stops if not one.inspection and one.is_own),
    )


@page.action(
    "/v/<village>/inspections/rounds/<walk>/end", Permission.INSPECTION_MAKE, on=one_round, in_group=True
)
def end_round(session: Session, form: BoundForm, village: str, walk: str) -> SeeOther:
    """End a walk."""
    ended = inspections.end_round(
        session, village=village, round_id=walk, groups=access.groups(), **access.by_and_at()
    )
    return SeeOther(
        "inspection_list",
        f"{ended.group}这一轮巡查已结束：看了{ended.done}户，共{ended.size}户。",
        village=village,
    )


@page.form("/v/<village>/inspections/rounds/<walk>/order", Permission.INSPECTION_MAKE, in_group=True)
def walking_order(form: BoundForm, village: str, walk: str) -> str:
    """Show in which order one walks through the group of a round, to be changed."""
    with access.database().reading() as session:
        found = inspections.the_round(session, village=village, round_id=walk, groups=access.groups())
        people = inspections.walking_order(session, village=village, group=found.group_id)
    for place, one in enumerate(people, start=1):
        form.prefill(**{f"{PLACE}{one.code}": str(place)})
    return render_template("inspections/order.html", form=form, round=found, people=people)


@page.action(
    "/v/<village>/inspections/rounds/<walk>/order",
    Permission.INSPECTION_MAKE,
    on=walking_order,
    in_group=True,
)
def set_walking_order(session: Session, form: BoundForm, village: str, walk: str) -> SeeOther:
    """Keep at which place households come; what is no number leaves its household where it was."""
    found = inspections.the_round(session, village=village, round_id=walk, groups=access.groups())
    typed = {name.removeprefix(PLACE): request.form[name] for name in request.form if name.startswith(PLACE)}
    places = {code: place for code, words in typed.items() if (place := _place(words)) is not None}
    inspections.set_walking_order(
        session, village=village, group=found.group_id, places=places, **access.by_and_at()
    )
    return SeeOther("one_round", "走访顺序已保存，下次巡查也按这个顺序。", village=village, walk=walk)


def _place(words: str) -> int | None:
    """Return a place as typed; None for what is none."""
    digits = narrow(words).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7):
        return None
    return int(digits)
