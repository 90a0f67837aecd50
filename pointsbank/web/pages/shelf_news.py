"""All that others did to the shelf in the last thirty days, of which the home page shows the beginning."""

from flask import render_template

from pointsbank import market, staff
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.page import Page

page = Page()


@page.get("/v/<village>/shelf-news", Permission.GOODS_VIEW)
def shelf_news(village: str) -> str:
    """Show every kind of goods that others put on the shelf or gave other words."""
    me = access.signed_in()
    with access.database().reading() as session:
        news = market.shelf_news(session, village=village, reader=me.staff.id, at=access.now())
        names = staff.actors(session, ids=[one.by for one in news])
    return render_template("shelf_news.html", news=news, names=names)
