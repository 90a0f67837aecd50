"""What the code on a title's plate leads to: which title, and whether it stands now; nobody's name."""

from flask import Response, render_template

from pointsbank import titles
from pointsbank.web import access, open_pages
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


@page.get("/open/<village>/titles/<title>", PUBLIC)
def open_title(village: str, title: str) -> Response:
    """Show whether a title stands."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        plate = titles.plate(session, village=place.id, title_id=title)
    return open_pages.answer(render_template("open/title.html", village=place, plate=plate), households=True)
