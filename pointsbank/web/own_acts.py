"""Carries out what a household does itself on its card's page: its PIN is asked for with the act."""

from collections.abc import Callable
from typing import TypedDict, TypeVar

from sqlmodel import Session

from pointsbank import card_visits, villages
from pointsbank.card_page.telephones import Telephone, telephones
from pointsbank.web import access, forms
from pointsbank.web.access import ByAndAt
from pointsbank.web.forms import BoundForm

Result = TypeVar("Result")


class OwnAct(forms.Form):
    """What every such form asks for besides its own fields."""

    pin = forms.Secret(required=True)


class Ways(TypedDict):
    """What the page of such a form says: whether the PIN counts here, and whom to call where not."""

    by_pin: bool
    phones: tuple[Telephone, ...]


def ways(session: Session) -> Ways:
    """Return whether the household of this visit may act here with its PIN, and whom to call where not.

    Example:
        own_acts.ways(session)["by_pin"]  # False: it never set one
    """
    visit = access.card_visit()
    contact = villages.settings(session, village=visit.village).contact_phone
    by_pin = card_visits.may_act(session, visit=visit, at=access.now())
    return {"by_pin": by_pin, "phones": telephones(contact)}


def carry_out(
    form: BoundForm,
    act: Callable[[Session, ByAndAt], Result],
    *,
    prepare: Callable[[], None] = lambda: None,
) -> Result | None:
    """Check the PIN of the visit's household, then carry out one write in a transaction as the household.

    Args:
        prepare: slow work on what was sent, done between the two: none is done for who only found a card.

    A refusal is kept on the form, nothing is written, and the answer is None: show the form again. The try
    of the PIN is counted all the same, apart from those at the till. A card that was lost while the PIN was
    typed ends the visit, whose page is not drawn again.

    Raises:
        CardVisitOver: the card counts no more at the moment of the write.

    Example:
        carry_out(form, lambda session, who: claims.file(session, village=visit.village, **form.data, **who))
    """

    def write() -> Result:
        visit = access.card_visit()
        by = card_visits.prove(access.database(), visit=visit, pin=form.data["pin"], at=access.now())
        prepare()
        with access.database().writing() as session:
            if not card_visits.counts(session, visit=visit):
                raise access.CardVisitOver()
            return act(session, {"by": by, "at": access.now()})

    done = forms.run_catching_refusals(form, write)
    if isinstance(form.refusal, access.CardVisitOver):
        raise form.refusal
    return done
