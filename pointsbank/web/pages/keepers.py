"""Keepers: who keeps what, the list that is looked at, rounds, checks, and who failed three times running."""

from flask import render_template, request
from sqlmodel import Session

from pointsbank import dates, grades, keepers, points, staff
from pointsbank import roster as people_of
from pointsbank.errors import Problem
from pointsbank.keepers import MAXIMUM_ITEMS, CheckItem
from pointsbank.points import Points
from pointsbank.schemas.fields import Day, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, kept_photos
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

ITEM_ROWS = range(1, MAXIMUM_ITEMS + 1)
FAULTS = "faults-"
"""Before an item's place in the list in the name of the field for how many faults there are."""
SHOWN_CHECKS = 30


class NewList(forms.Form):
    """What is looked at; its rows stand in fields named after them."""

    pass_mark = forms.TypedPoints(positive=True, load_default=Points(6_000))
    from_date = Day(required=True)
    resolution = Text(maximum=200, required=True)


class NewPatrol(forms.Form):
    """A keeper's own round."""

    patrolled_on = Day(required=True)
    place = Text(maximum=40, required=True)
    words = Text(maximum=200, empty=True, load_default="")


class NewCheck(forms.Form):
    """A check; how many faults each item has stands in fields named after it, photos beside it."""

    checked_on = Day(required=True)
    place = Text(maximum=40, required=True)
    checker = Text(maximum=60, required=True)
    due_on = Day(load_default=None)
    words = Text(maximum=200, empty=True, load_default="")


class Decided(forms.Form):
    """What people decided after three failed checks running."""

    decided_on = Day(required=True)
    words = Text(maximum=200, required=True)
    resolution = Text(maximum=200, required=True)


@forms.reader(NewList)
def _list() -> BoundForm:
    """The form with its rows as items; a row that cannot be read is marked."""
    form = forms.bind(NewList)
    items = list[CheckItem]()
    for row in ITEM_ROWS:
        title, full, each = (
            request.form.get(f"{part}{row}", "").strip() for part in ("item", "full", "each")
        )
        if not title and not full:
            continue
        marks = [_mark(form, f"full{row}", full), _mark(form, f"each{row}", each)]
        if not title:
            form.errors[f"item{row}"] = "请填看什么。"
        items.append(CheckItem(title, marks[0], marks[1]))
    if form.is_valid:
        form.data["items"] = items
    return form


def _mark(form: BoundForm, name: str, typed: str) -> Points:
    """Read marks; what is none is marked."""
    try:
        return points.parse(typed)
    except Problem:
        form.errors[name] = "请填数字，例如 20 或 2.5。"
        return Points(0)


@forms.reader(NewCheck)
def _check() -> BoundForm:
    """The form with the faults of each item, and the photos drawn anew."""
    form = forms.bind(NewCheck)
    faults = dict[int, int]()
    for name, typed in request.form.items():
        place = name.removeprefix(FAULTS)
        if not name.startswith(FAULTS) or not (place.isascii() and place.isdigit() and len(place) < 3):
            continue
        number = typed.strip() or "0"
        if not (number.isascii() and number.isdigit() and len(number) < 3):
            form.errors[name] = "请填0至99的整数。"
        else:
            faults[int(place)] = int(number)
    if form.is_valid:
        form.data["faults"] = faults
        kept_photos.add_photos(form, maximum=keepers.MAXIMUM_PHOTOS)
    return form


@page.form(
    "/v/<village>/keepers",
    Permission.INSPECTION_VIEW,
    tab=Tab("管护员", "巡查、检查、评分、签领表", after="inspection_list", icon="sweep", group="judging"),
)
def keeper_list(form: BoundForm, village: str) -> str:
    """Show every keeper with the last checks, the list that is looked at, and the form that adopts one."""
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        everyone = [
            one
            for one in people_of.everyone(session, village=village)
            if one.kind == keepers.KEEPER and one.status != "closed"
        ]
        every_check = [one for one in keepers.checks(session, village=village) if not one.struck_at]
        failing = keepers.failing(session, village=village)
        lists = keepers.check_lists(session, village=village)
        tables = [
            one for one in grades.adopted_tables(session, village=village) if one.measured_on == "patrol"
        ]
        patrols = keepers.patrols(session, village=village, limit=SHOWN_CHECKS)
    form.prefill(from_date=today.isoformat(), pass_mark="60")
    return render_template(
        "keepers/list.html",
        form=form,
        everyone=sorted(everyone, key=lambda one: one.sort_key),
        last={one.participant_id: one for one in reversed(every_check)},
        again=[one for one in every_check if one.waits_again],
        names={one.id: one for one in everyone},
        failing=failing,
        patrols={one.participant_id: one for one in reversed(patrols)},
        lists=lists,
        # The first of each day is the one that will hold: later adoptions come first.
        coming={one.from_date: one for one in reversed(lists) if one.from_date > today}.values(),
        current=next((one for one in lists if one.from_date <= today), None),
        tables=tables,
        rows=ITEM_ROWS,
        today=today,
    )


@page.action("/v/<village>/keepers/list", Permission.SCHEME_ADOPT, form=_list, on=keeper_list)
def adopt_keeper_list(session: Session, form: BoundForm, village: str) -> str:
    """Write down what is looked at, as a resolution sets it."""
    made = keepers.adopt_list(session, village=village, **form.data, **access.by_and_at())
    return f"已登记检查表，{len(made.items)}项，{dates.day_in_words(made.from_date)}起用。"


@page.form("/v/<village>/keepers/<keeper>", Permission.INSPECTION_VIEW)
def one_keeper(form: BoundForm, village: str, keeper: str) -> str:
    """Show a keeper's checks and rounds, and the forms for further ones."""
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        who = people_of.by_code(session, village=village, code=keeper)
        every_check = keepers.checks(session, village=village, keeper=who.id)
        patrols = keepers.patrols(session, village=village, keeper=who.id, limit=SHOWN_CHECKS)
        failing = keepers.failing(session, village=village).get(who.id, [])
        current = keepers.list_on(session, village=village, day=today)
        names = staff.actors(session, ids=[access.by()])
    places = list(dict.fromkeys([one.place for one in every_check] + [one.place for one in patrols]))[:20]
    form.prefill(
        checked_on=today.isoformat(),
        patrolled_on=today.isoformat(),
        decided_on=today.isoformat(),
        checker=names.get(access.by(), ""),
        place=places[0] if places else "",
    )
    return render_template(
        "keepers/one.html",
        form=form,
        who=who,
        checks=every_check[:SHOWN_CHECKS],
        more=max(0, len(every_check) - SHOWN_CHECKS),
        patrols=patrols,
        failing=failing,
        current=current,
        places=places,
        most=keepers.MAXIMUM_PHOTOS,
        faults=FAULTS,
    )


@page.action(
    "/v/<village>/keepers/<keeper>/patrols", Permission.INSPECTION_MAKE, form=NewPatrol, on=one_keeper
)
def record_keeper_patrol(session: Session, form: BoundForm, village: str, keeper: str) -> str:
    """Write down a keeper's own round."""
    done = keepers.record_patrol(session, village=village, keeper=keeper, **form.data, **access.by_and_at())
    return f"已登记{dates.day_in_words(done.patrolled_on)}{done.place}的巡查。"


@page.action("/v/<village>/keepers/<keeper>/checks", Permission.INSPECTION_MAKE, form=_check, on=one_keeper)
def record_keeper_check(session: Session, form: BoundForm, village: str, keeper: str) -> SeeOther:
    """Write down a check of a keeper's place."""
    check = keepers.record_check(session, village=village, keeper=keeper, **form.data, **access.by_and_at())
    made = keepers.one_check(session, village=village, check=check)
    running = keepers.failing(session, village=village).get(made.participant_id, [])
    message = f"已登记，{points.show(made.score)}分。"
    if running:
        message += f"已经连续{len(running)}次不合格，怎么办请开会定。"
    return SeeOther("one_keeper_check", message, village=village, keeper=keeper, check=check)


@page.action("/v/<village>/keepers/<keeper>/decisions", Permission.BOARD_DECIDE, form=Decided, on=one_keeper)
def decide_failing_keeper(session: Session, form: BoundForm, village: str, keeper: str) -> str:
    """Write down what people decided after three failed checks running."""
    keepers.decide_failing(session, village=village, keeper=keeper, **form.data, **access.by_and_at())
    return "已登记，首页不再提醒；以后再连续三次不合格，会再提醒。"
