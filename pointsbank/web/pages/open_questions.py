"""What villagers asked and how it was answered, for everybody (点题公开)."""

from flask import render_template

from pointsbank import villages
from pointsbank.disclosure.sections import questions
from pointsbank.web import access
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


@page.get("/open/<village>/questions", PUBLIC)
def open_questions(village: str) -> str:
    """Show every question that hangs with its answer, and how many wait."""
    with access.database().reading() as session:
        place = villages.get(session, village)
        found = questions.gather(session, village=village, at=access.now())
    return render_template("open/questions.html", village=place, found=found)
