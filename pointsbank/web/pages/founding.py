"""Founding another village, by whoever runs the installation."""

from flask import render_template
from sqlmodel import Session

from pointsbank import governing
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()


class NewVillage(forms.Form):
    """A village with the telephones that it begins with."""

    village_name = Text(maximum=30, required=True, attribute="name")
    village_code = Text(maximum=32, required=True, attribute="code")
    contact_phone = forms.VillageSetting("contact_phone", load_default="")
    hotline = forms.VillageSetting("hotline", load_default="")


@page.form("/villages/new", Permission.TOWNSHIP_MANAGE)
def new_village(form: BoundForm) -> str:
    """Show the form for a village."""
    return render_template("new_village.html", form=form)


@page.action("/villages/new", Permission.TOWNSHIP_MANAGE, form=NewVillage, on=new_village)
def found_village(session: Session, form: BoundForm) -> SeeOther:
    """Found a village, and lead to its first day."""
    given = dict(form.data)
    founded = {"code": given.pop("code"), "name": given.pop("name")}
    made = governing.found_village(session, **founded, chosen=given, **access.by_and_at())
    return SeeOther("start", f"{made.name}建好了。", village=made.id)
