"""The guide through a village's first day: every step, whether it is done, and the way to it."""

from flask import render_template

from pointsbank.staff import Permission
from pointsbank.web import access, first_day
from pointsbank.web.page import Page

page = Page()


@page.get("/v/<village>/start", Permission.TOTALS_VIEW)
def start(village: str) -> str:
    """Show the steps of the first day with what is there already."""
    with access.database().reading() as reading:
        course = first_day.of_village(reading, village)
    return render_template("first_day/guide.html", course=course)
