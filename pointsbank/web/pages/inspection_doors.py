"""At a household's door: faults ticked, photos, a verdict, and on to the next one."""

from collections.abc import Sequence
from decimal import Decimal

from flask import render_template, request
from marshmallow import ValidationError
from sqlmodel import Session

from pointsbank import dates, inspections
from pointsbank.inspections import NewFault, Stop
from pointsbank.labels.inspection_verdict import INSPECTION_VERDICT
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms, kept_photos
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()
FAULT, NUMBER = "fault-", "n-"
"""Before an item's code in the names of its two fields: whether it was found, and how many."""
_AMOUNT = forms.Amount()


class Found(forms.Form):
    """How a household was found; its faults are fields of their own, its photos are read beside it."""

    verdict = Select(INSPECTION_VERDICT, *inspections.VERDICTS, required=True)
    due_on = Day(load_default=None)
    words = Text(maximum=200, empty=True, load_default="")


@page.form(
    "/v/<village>/inspections/rounds/<walk>/households/<code>", Permission.INSPECTION_MAKE, in_group=True
)
def inspect_household(form: BoundForm, village: str, walk: str, code: str) -> str:
    """Show what may be found at one household, as a form for a phone.

    Raises:
        InspectionUnknown: no such household is in the round.
    """
    today = dates.day_of(access.now())
    form.prefill(due_on=inspections.usual_due_day(today).isoformat())
    with access.database().reading() as session:
        found = inspections.the_round(session, village=village, round_id=walk, groups=access.groups())
        stops = inspections.stops(session, village=village, round_id=walk, by=access.by())
        items = inspections.inspectable_items(session, village=village, day=today)
    stop = next((one for one in stops if one.code == code), None)
    if stop is None:
        raise inspections.problems.InspectionUnknown()
    return render_template(
        "inspections/door.html",
        form=form,
        round=found,
        stop=stop,
        following=next_stop(stops, code),
        items=[one for one in items if inspections.is_tidiness(one[0])],
        others=[one for one in items if not inspections.is_tidiness(one[0])],
        most=inspections.MAXIMUM_PHOTOS,
        waiting=sum(1 for one in stops if one.waits),
    )


@page.action(
    "/v/<village>/inspections/rounds/<walk>/households/<code>",
    Permission.INSPECTION_MAKE,
    form=kept_photos.with_photos(Found, maximum=inspections.MAXIMUM_PHOTOS),
    on=inspect_household,
    in_group=True,
)
def hand_over(session: Session, form: BoundForm, village: str, walk: str, code: str) -> SeeOther:
    """Write down how a household was found, and go on to the next one."""
    made = inspections.hand_over(
        session,
        village=village,
        round_id=walk,
        participant=code,
        faults=_ticked(),
        groups=access.groups(),
        **form.data,
        **access.by_and_at(),
    )
    verdict = INSPECTION_VERDICT.name(made.verdict)
    what = f"，交办{len(made.faults)}处，限{dates.day_in_words(made.due_on)}前整改" if made.due_on else ""
    sentence = f"已记下{made.name}（{made.code}）：{verdict}{what}。"
    stops = inspections.stops(session, village=village, round_id=walk, by=access.by())
    following = next_stop(stops, code)
    if following is None:
        return SeeOther("one_round", f"{sentence}这一轮都看过了。", village=village, walk=walk)
    return SeeOther("inspect_household", sentence, village=village, walk=walk, code=following.code)


def next_stop(stops: Sequence[Stop], code: str) -> Stop | None:
    """Return the next household that waits: behind this one, else the first of all; None where none does."""
    place = next((number for number, one in enumerate(stops) if one.code == code), -1)
    ahead = [*stops[place + 1 :], *stops[: max(place, 0)]]
    return next((one for one in ahead if one.waits), None)


def _ticked() -> list[NewFault]:
    """Return the faults that are ticked; a number that is none counts as not filled in."""
    codes = [
        name.removeprefix(FAULT) for name in request.form if name.startswith(FAULT) and request.form[name]
    ]
    return [NewFault(code, _number(request.form.get(f"{NUMBER}{code}", ""))) for code in codes]


def _number(typed: str) -> Decimal | None:
    try:
        return _AMOUNT.read(typed.strip()) if typed.strip() else None
    except ValidationError:
        return None
