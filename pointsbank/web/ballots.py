"""Votes on many at once: those on all, and other ones in the row of each that differs."""

from collections.abc import Callable

from flask import request
from marshmallow import ValidationError

from pointsbank.schemas.fields import Day
from pointsbank.web import forms
from pointsbank.web.forms import BoundForm

FOR, AGAINST, TAKEN = "for-", "against-", "taken-"
"""Before the id of what is voted on: its own votes where they differ, and that it is voted on."""

MAXIMUM = 9999


class Votes(forms.Form):
    """The votes on all, and the day; what has other votes has them in its own row."""

    votes_for = forms.Count(maximum=MAXIMUM, required=True)
    votes_against = forms.Count(maximum=MAXIMUM, load_default=0)
    on = Day(required=True)


def taken() -> list[str]:
    """Return what is voted on (ids): whose rows are ticked."""
    return [name.removeprefix(TAKEN) for name in request.form if name.startswith(TAKEN)]


def reader(vote: Callable[[str, int, int], object]) -> Callable[[], BoundForm]:
    """Return what reads the form, with `vote(id, votes_for, votes_against)` for each row that is ticked."""

    @forms.reader(Votes)
    def read() -> BoundForm:
        form, chosen = forms.bind(Votes), taken()
        own = {field: _own(form, field) for one in chosen for field in (FOR + one, AGAINST + one)}
        if form.errors:
            form.data = {}
            return form
        every = {FOR: form.data.pop("votes_for"), AGAINST: form.data.pop("votes_against")}
        # No votes of its own, which none is not: then those on all.
        cast = {
            name: every[name.partition("-")[0] + "-"] if one is None else one for name, one in own.items()
        }
        form.data["votes"] = [vote(one, cast[FOR + one], cast[AGAINST + one]) for one in chosen]
        return form

    return read


def _own(form: BoundForm, field: str) -> int | None:
    """Return the number in a row of its own; None where it is left empty, or wrong and marked so."""
    typed = request.form.get(field, "").strip()
    if not typed:
        return None
    try:
        return int(forms.Count(maximum=MAXIMUM).deserialize(typed))
    except ValidationError as error:
        form.errors[field] = str(error.messages[0])
        return None
