"""What villagers asked and how it was answered, for everybody (点题公开)."""

from flask import Response, render_template

from pointsbank.disclosure.sections import questions
from pointsbank.web import access, open_pages
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


@page.get("/open/<village>/questions", PUBLIC)
def open_questions(village: str) -> Response:
    """Show every question that hangs with its answer, and how many wait."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        found = questions.gather(session, village=village, at=access.now())
    return open_pages.answer(render_template("open/questions.html", village=place, found=found))
