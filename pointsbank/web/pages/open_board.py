"""The public board (村务公开栏): what everybody may read of a village, without signing in."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from pointsbank import disclosure, villages
from pointsbank.web import access, open_pages
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()

_BOARD = "公示、红榜、积分价目、细则、收支和存证码，人人可看。"


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
    return open_pages.show("open/villages.html", about=_BOARD, villages=every)


@page.get("/open/<village>", PUBLIC)
def open_board(village: str) -> ResponseReturnValue:
    """Show a village's board."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        shown = disclosure.of_village(session, village=village, at=access.now())
    return open_pages.show("open/board.html", about=_BOARD, households=True, village=place, shown=shown)


@page.get("/open/<village>/objecting", PUBLIC)
def open_objecting(village: str) -> ResponseReturnValue:
    """Show how to object, until when, and whom to call."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        how = disclosure.how_to_object(session, village=village)
        papers = disclosure.papers(session, village=village, at=access.now())
    return open_pages.show(
        "open/objecting.html",
        about="对公示、榜、细则有不同意见，怎样提，多久答复。",
        village=place,
        how=how,
        papers=papers,
    )
