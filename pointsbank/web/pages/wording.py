"""What may hang: the rules with their laws, and a box in which a sentence is tried before the meeting."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pointsbank import law
from pointsbank.labels.wording_use import WORDING_USE
from pointsbank.schemas.fields import Choice, Text
from pointsbank.staff import Permission
from pointsbank.web import forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()


class Trial(forms.Form):
    """A text and what it is for; nothing of it is kept."""

    text = Text(maximum=200, required=True)
    use = Choice(*WORDING_USE.codes, required=True)


@page.get("/wording", Permission.HOME)
def wording() -> ResponseReturnValue:
    """Show the rules of what may hang."""
    return _drawn(forms.unbound())


@page.post("/wording", Permission.HOME)
def try_wording() -> ResponseReturnValue:
    """Read one text by every rule and show what stands against it."""
    form = forms.bind(Trial)
    cleared = None
    if not form.errors:
        cleared = forms.run_catching_refusals(
            form, lambda: law.clear(form.data["text"], law.Use(form.data["use"]))
        )
    return _drawn(form, passed=cleared is not None)


def _drawn(form: BoundForm, *, passed: bool = False) -> ResponseReturnValue:
    uses = list(WORDING_USE.names.items())
    return render_template("wording.html", form=form, kinds=law.KINDS, uses=uses, passed=passed), form.status
