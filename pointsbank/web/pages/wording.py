"""What may hang: the rules with their laws, and a box in which a sentence is tried before the meeting."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pointsbank import governing, law, staff, villages
from pointsbank.labels.wording_use import WORDING_USE
from pointsbank.schemas.fields import Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()


class Trial(forms.Form):
    """A text and what it is for; nothing of it is kept."""

    text = Text(maximum=200, required=True)
    use = Select(WORDING_USE, required=True)


@page.get("/wording", Permission.HOME)
def wording() -> ResponseReturnValue:
    """Show the rules of what may hang."""
    return _drawn(forms.unbound(Trial))


@page.post("/wording", Permission.HOME, form=Trial)
def try_wording() -> ResponseReturnValue:
    """Read one text by every rule and show what stands against it."""
    form = forms.bind(Trial)
    cleared = None
    if not form.errors:
        cleared = forms.run_catching_refusals(
            form, lambda: law.clear(form.data["text"], law.Use(form.data["use"]), people=_people())
        )
    return _drawn(form, passed=cleared is not None)


def _people() -> law.People:
    """Return the people of the villages in which somebody works and may know who they are."""
    person = access.signed_in()
    own = {staff.village_of(place) for place, _ in person.roles}
    with access.database().reading() as session:
        here = [one.id for one in villages.everyone(session)]
        # Who runs the whole installation works in its one village, and in none of hundreds.
        mine = [code for code in here if code in own or len(here) == 1]
        known = [
            one for one in mine if staff.may(person, one, Permission.ROSTER_VIEW) or person.groups_in(one)
        ]
        return law.all_people(governing.named_people(session, village=code) for code in known)


def _drawn(form: BoundForm, *, passed: bool = False) -> ResponseReturnValue:
    # A black board's fact is asked about once more where no word of it is of a matter that such boards name.
    asked = passed and form.data["use"] == law.Use.FACT and not law.names_a_matter(form.data["text"])
    drawn = render_template(
        "wording.html", form=form, kinds=law.KINDS, matters=law.MATTERS, passed=passed, asked=asked
    )
    return drawn, form.status
