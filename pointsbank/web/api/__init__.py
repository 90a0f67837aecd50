"""The JSON API under /api/v1, for tills and other programs: loads, calls one verb, answers."""

from flask import Flask

from pointsbank.web.api import (
    approvals,
    boards,
    cards,
    ceremonies,
    claims,
    corrections,
    counter,
    document,
    goods,
    grades,
    groups,
    inspections,
    keepers,
    ledger,
    listings,
    lists,
    marks,
    meetings,
    months,
    notices,
    panels,
    participants,
    print_runs,
    questions,
    requesting,
    requests,
    sales,
    settings,
    sheets,
    spot_checks,
    stocktakes,
    till,
    title_steps,
    titles,
    tokens,
    townships,
    transactions,
    villages,
    walls,
    year_ends,
)
from pointsbank.web.api.routes import Key


def register(app: Flask) -> None:
    """Put the API's routes, their document and its page into the application."""
    app.url_map.converters["key"] = Key
    api = document.document(app)
    api.register_converter(Key, lambda converter: dict(Key.document))
    everywhere = (villages, townships, tokens)
    at_the_till = (till, counter, requests, approvals, requesting, settings, goods, stocktakes)
    at_the_meeting = (claims, ceremonies, inspections, meetings, marks, panels, notices, corrections)
    honoured = (titles, title_steps)
    in_the_books = (questions, boards, *honoured, months, spot_checks, transactions, ledger, sheets, lists)
    printed = (print_runs,)
    graded = (grades, keepers, year_ends, listings, walls)
    in_the_village = (participants, groups, cards, *at_the_till, sales, *at_the_meeting, *in_the_books)
    for part in (*everywhere, *in_the_village, *printed, *graded):
        api.register_blueprint(part.routes)
    app.register_blueprint(document.pages(api))
