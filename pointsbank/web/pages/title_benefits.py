"""Benefits (礼遇) of all titles: what, until when, given or not; each leads to where it is noted."""

from flask import Response, render_template

from pointsbank.staff import Permission
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page

page = Page()


@page.get("/v/<village>/titles/benefits", Permission.BOARD_VIEW)
def title_benefits(village: str) -> str | Response:
    """Show the benefits of the village's titles, or send them as a file."""
    shown = show_list("title_benefits", village, endpoint="title_benefits")
    if isinstance(shown, Response):
        return shown
    return render_template("titles/benefits.html", shown=shown)
