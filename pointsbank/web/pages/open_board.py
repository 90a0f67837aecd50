"""The public board (村务公开栏): what everybody may read of a village, without signing in."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pointsbank import disclosure, villages
from pointsbank.web import access, open_pages
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


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
    return open_pages.answer(render_template("open/board.html", village=place, shown=shown), households=True)


@page.get("/open/<village>/objecting", PUBLIC)
def open_objecting(village: str) -> ResponseReturnValue:
    """Show how to object, until when, and whom to call."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        how = disclosure.how_to_object(session, village=village)
        papers = disclosure.papers(session, village=village, at=access.now())
    return open_pages.answer(render_template("open/objecting.html", village=place, how=how, papers=papers))
