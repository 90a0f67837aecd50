"""The public board (村务公开栏): what everybody may read of a village, without signing in."""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from pointsbank import disclosure, failures, villages
from pointsbank.disclosure import Section, Shown
from pointsbank.errors import Problem
from pointsbank.villages import Village
from pointsbank.web import access, open_pages
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A section of the board as it is drawn, or why it cannot be."""

    section: Section
    drawn: str = ""
    unreadable: str = ""


@page.get("/open", PUBLIC)
def open_front() -> ResponseReturnValue:
    """Show the board of the only village, else a list of villages; none yet: lead to signing in."""
    with access.database().reading() as session:
        only = villages.only_village(session)
        every = [] if only else villages.everyone(session)
    if only:
        return open_board(only)
    if not every:
        return redirect(url_for("pages.sign_in_form"), 303)
    return open_pages.answer(render_template("open/villages.html", villages=every))


@page.get("/open/<village>", PUBLIC)
def open_board(village: str) -> ResponseReturnValue:
    """Show a village's board."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        shown = disclosure.of_village(session, village=village, at=access.now())
    drawn = [_drawn(place, one) for one in shown]
    return open_pages.answer(render_template("open/board.html", village=place, shown=drawn), households=True)


def _drawn(place: Village, one: Shown) -> Drawn:
    """Draw a section by itself, so that one whose rows are none of ours takes no other with it."""
    if one.unreadable:
        return Drawn(one.section, unreadable=one.unreadable)
    try:
        drawn = render_template("open/section.html", village=place, one=one)
    except (Problem, *failures.UNREADABLE) as error:
        return Drawn(
            one.section, unreadable=failures.unreadable(error, f"drawing: {one.section.name}").detail
        )
    return Drawn(one.section, Markup(drawn))


@page.get("/open/<village>/objecting", PUBLIC)
def open_objecting(village: str) -> ResponseReturnValue:
    """Show how to object, until when, and whom to call."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        how = disclosure.how_to_object(session, village=village)
        papers = disclosure.papers(session, village=village, at=access.now())
    return open_pages.answer(render_template("open/objecting.html", village=place, how=how, papers=papers))
