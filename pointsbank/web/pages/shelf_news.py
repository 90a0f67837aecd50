"""All that others did to the shelf in the last thirty days, of which the home page shows the beginning."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from pointsbank.staff import Permission
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page

page = Page()


@page.get("/v/<village>/shelf-news", Permission.GOODS_VIEW)
def shelf_news(village: str) -> ResponseReturnValue:
    """Show every kind of goods that others put on the shelf or gave other words."""
    shown = show_list("shelf", village, endpoint="shelf_news")
    return shown if isinstance(shown, Response) else render_template("shelf_news.html", shown=shown)
