"""The village's indices: how they went month by month, what counts into each, and the resolution for it."""

import re

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import dates, indices, scoring
from pointsbank.indices import NewRule
from pointsbank.indices.measuring import KINDS
from pointsbank.labels.index_measure import INDEX_MEASURE
from pointsbank.labels.index_whose import INDEX_WHOSE
from pointsbank.labels.village_index import VILLAGE_INDEX
from pointsbank.points import Points
from pointsbank.schemas.fields import Month, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.charts import bars
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, Tab

page = Page()

_SHOWN = 12
_FIELDS = ("counted", "measure", "whose", "per_fault", "inspections")


class NewRules(forms.Form):
    """What each index is to count; an index whose first field is empty is left out."""

    environment_counted = Text(maximum=400, empty=True, load_default="")
    environment_measure = Select(INDEX_MEASURE, load_default="clear_share")
    environment_whose = Select(INDEX_WHOSE, load_default="household")
    environment_per_fault = forms.TypedPoints(load_default=Points(0))
    environment_inspections = forms.Ticked(load_default=False)
    public_places_counted = Text(maximum=400, empty=True, load_default="")
    public_places_measure = Select(INDEX_MEASURE, load_default="full_mark")
    public_places_whose = Select(INDEX_WHOSE, load_default="place")
    public_places_per_fault = forms.TypedPoints(load_default=Points(0))
    public_places_inspections = forms.Ticked(load_default=False)
    relations_counted = Text(maximum=400, empty=True, load_default="")
    relations_measure = Select(INDEX_MEASURE, load_default="clear_share")
    relations_whose = Select(INDEX_WHOSE, load_default="household")
    relations_per_fault = forms.TypedPoints(load_default=Points(0))
    relations_inspections = forms.Ticked(load_default=False)
    from_month = Month(required=True)
    resolution = Text(maximum=200, required=True)


@page.form(
    "/v/<village>/indices",
    Permission.SCHEME_VIEW,
    tab=Tab("村级指数", "环境、公共场所、人际，月结时定", after="book", icon="gauge", group="boards"),
)
def village_indices(form: BoundForm, village: str) -> str | Response:
    """Show the indices month by month, what counts, and the form for a resolution; or send them as a file."""
    shown = show_list("village_indices", village, endpoint="village_indices")
    if isinstance(shown, Response):
        return shown
    this = dates.month_of(dates.day_of(access.now()))
    months = [this]
    while len(months) < _SHOWN:
        months.append(dates.previous_month(months[-1]))
    with access.database().reading() as session:
        found = indices.figures(session, village=village, months=months)
        known = indices.adoptions(session, village=village)
        scheme = scoring.scheme_shown(session, village=village, day=dates.day_of(access.now()))
        items = scoring.items_of(session, village=village, scheme=scheme.id) if scheme else []
    form.prefill(**_proposed(known), from_month=this)
    return render_template(
        "indices/list.html",
        form=form,
        shown=shown,
        charts={kind: _chart([one for one in found if one.kind == kind]) for kind in KINDS},
        known=known,
        categories=list(dict.fromkeys(one.category for one in items if one.category)),
        kinds=KINDS,
    )


def _chart(found: list[indices.Figure]) -> list[tuple[indices.Figure, object]]:
    """Return each month's figure with its bar on a line of 100."""
    drawn = bars([*((one.value or 0) for one in found), 10_000])
    return list(zip(found, drawn, strict=False))


def _proposed(known: list[indices.Adoption]) -> dict[str, str]:
    """Return what the last resolution said, of which mostly one index changes."""
    values: dict[str, str] = {}
    for rule in known[0].rules if known else ():
        values[f"{rule.kind}_counted"] = "、".join(rule.counted)
        values[f"{rule.kind}_measure"] = rule.measure
        values[f"{rule.kind}_whose"] = rule.whose
        values[f"{rule.kind}_per_fault"] = f"{rule.per_fault / 100:g}" if rule.per_fault else ""
        values[f"{rule.kind}_inspections"] = "1" if rule.inspections else ""
    return values


@page.action("/v/<village>/indices", Permission.SCHEME_ADOPT, form=NewRules, on=village_indices)
def adopt_index_rules(session: Session, form: BoundForm, village: str) -> str:
    """Write down what a resolution lets count."""
    rules = [_rule(form, kind) for kind in KINDS]
    adopted = indices.adopt_rules(
        session,
        village=village,
        rules=rules,
        resolution=form.data["resolution"],
        from_month=form.data["from_month"],
        **access.by_and_at(),
    )
    which = "、".join(VILLAGE_INDEX.name(one.kind) for one in adopted.rules)
    return f"已登记，{dates.month_in_words(adopted.from_month)}起：{which}。"


def _rule(form: BoundForm, kind: str) -> NewRule:
    """Return what was typed for one index."""
    given = {name: form.data[f"{kind}_{name}"] for name in _FIELDS}
    counted = tuple(each for each in re.split(r"[\s，,、；;]+", given.pop("counted")) if each)
    points = given.pop("per_fault")
    per_fault = points if given["measure"] == indices.FULL_MARK else 0
    return NewRule(kind, counted, per_fault=int(per_fault), **given)
