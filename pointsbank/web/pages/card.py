"""The public page of a card: the village, where to go, and nothing about the household."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from pointsbank import roster, staff, villages
from pointsbank.staff import Permission
from pointsbank.web import access, addresses
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


@page.get("/c/<token>", PUBLIC)
def card(token: str) -> ResponseReturnValue:
    """Show the public page of a card; a clerk signed in to its village may go straight to the till.

    A card not in use and one that never was are answered alike: who found a card learns nothing of its
    household. Why a card does not count is told at the till.
    """
    with access.database().reading() as session:
        village = roster.village_of(session, text=token)
        place = villages.get(session, village) if village else None
    if place is None:
        # Only what is no card is counted and refused: a right one opens whatever a neighbour scanned before.
        address = addresses.of(request)
        staff.count_tries(access.database(), staff.Try("card_address", address), at=access.now())
    clerk = place is not None and access.could(Permission.TILL, place.id)
    drawn = render_template("card.html", place=place, token=token if clerk else "")
    response = make_response(drawn, 404 if place is None else 200)
    # The address holds the card's secret: no other page, ours included, gets more than the origin.
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
