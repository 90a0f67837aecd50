"""The catalogue of refusals: every sentence the program may refuse with, and who can mend it."""

from flask import render_template

from pointsbank.errors import every_problem
from pointsbank.staff import Permission
from pointsbank.web.page import Page

page = Page()


@page.get("/refusals", Permission.HOME)
def refusals() -> str:
    """Show every refusal with its code, for whoever looks up what the screen said."""
    return render_template("refusals.html", refusals=every_problem())
