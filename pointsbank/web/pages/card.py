"""The address on a card: the village and a button, and nothing about the household until it is pressed."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pointsbank import card_visits, roster, staff, villages
from pointsbank.staff import Permission
from pointsbank.web import access, addresses, cookies
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
        return _no_card()
    clerk = access.could(Permission.TILL, place.id)
    return _answer(render_template("card.html", place=place, token=token, clerk=clerk), 200)


@page.post("/c/<token>", PUBLIC)
def begin_card_visit(token: str) -> ResponseReturnValue:
    """Begin a visit of a quarter of an hour by this card; one that does not count is answered as by GET.

    Raises:
        TooManyVisits: the household's cards were opened too often in this quarter of an hour.
    """
    with access.database().reading() as session:
        opened = roster.opened_card(session, text=token)
        if opened is not None:
            card_visits.refuse_too_many(
                session, village=opened.village, participant=opened.participant, at=access.now()
            )
    # What is no card takes no writer's turn.
    secret = _begin(token) if opened is not None else None
    if secret is None:
        return _no_card()
    response = make_response(redirect(url_for("pages.mine"), 303))
    response.headers["Referrer-Policy"] = "strict-origin"
    seconds = int(card_visits.LASTS.total_seconds())
    return cookies.keep_card(response, secret, seconds=seconds, secure=access.settings().secure)


def _begin(token: str) -> str | None:
    with access.database().writing() as session:
        return card_visits.begin(session, text=token, at=access.now())


def _no_card() -> Response:
    """Answer an address that is no card in use.

    Only what is no card is counted and refused: a right one opens whatever a neighbour scanned before.
    """
    staff.count_tries(access.database(), staff.Try("card_address", addresses.of(request)), at=access.now())
    return _answer(render_template("card.html", place=None, token="", clerk=False), 404)


def _answer(drawn: str, status: int) -> Response:
    response = make_response(drawn, status)
    # The address holds the card's secret: no other page, ours included, gets more than the origin.
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
