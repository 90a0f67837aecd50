"""The public page of a card: the village, where to go, and nothing about the household."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from pointsbank import roster, staff, villages
from pointsbank.errors import NotFound, Problem
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


@page.get("/c/<token>", PUBLIC)
def card(token: str) -> ResponseReturnValue:
    """Show the public page of a card; a clerk signed in to its village may go straight to the till."""
    address = request.remote_addr or ""
    with access.database().reading() as session:
        staff.check_throttle(session, kind="card_address", key=address, at=access.now())
        try:
            holder = roster.look_up(session, text=token, village=None)
            place, sentence = villages.get(session, holder.village), ""
        except Problem as problem:
            holder, place, sentence = None, None, problem.detail
            unknown = isinstance(problem, NotFound | roster.problems.CardMalformed)
    if holder is None and unknown:
        with access.database().writing() as session:
            staff.count_failure(session, kind="card_address", key=address, at=access.now())
    clerk = holder is not None and access.could(Permission.TILL, holder.village)
    drawn = render_template("card.html", place=place, sentence=sentence, token=token if clerk else "")
    response = make_response(drawn, 404 if holder is None and unknown else 200)
    # The address holds the card's secret: no other page, ours included, gets more than the origin.
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
