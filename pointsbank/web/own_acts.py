"""Carries out what a household does itself on its card's page: its PIN is asked for with the act."""

from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from pointsbank import card_visits
from pointsbank.web import access, forms
from pointsbank.web.access import ByAndAt
from pointsbank.web.forms import BoundForm

Result = TypeVar("Result")


class OwnAct(forms.Form):
    """What every such form asks for besides its own fields."""

    pin = forms.Secret(required=True)


def carry_out(form: BoundForm, act: Callable[[Session, ByAndAt], Result]) -> Result | None:
    """Check the PIN of the visit's household, then carry out one write in a transaction as the household.

    A refusal is kept on the form, nothing is written, and the answer is None: show the form again. The try
    of the PIN is counted all the same, with those at the till.

    Example:
        carry_out(form, lambda session, who: claims.file(session, village=visit.village, **form.data, **who))
    """

    def write() -> Result:
        visit = access.card_visit()
        by = card_visits.prove(access.database(), visit=visit, pin=form.data["pin"], at=access.now())
        with access.database().writing() as session:
            return act(session, {"by": by, "at": access.now()})

    return forms.run_catching_refusals(form, write)
