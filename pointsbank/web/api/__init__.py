"""The JSON API under /api/v1, for tills and other programs: loads, calls one verb, answers."""

from flask import Flask

from pointsbank.web.api import (
    approvals,
    boards,
    document,
    goods,
    ledger,
    lists,
    meetings,
    notices,
    participants,
    requesting,
    requests,
    settings,
    sheets,
    stocktakes,
    till,
    tokens,
    townships,
    villages,
)
from pointsbank.web.api.routes import Key


def register(app: Flask) -> None:
    """Put the API's routes, their document and its page into the application."""
    app.url_map.converters["key"] = Key
    api = document.document(app)
    api.register_converter(Key, lambda converter: dict(Key.document))
    everywhere = (villages, townships, tokens)
    at_the_till = (till, requests, approvals, requesting, settings, goods, stocktakes)
    for part in (*everywhere, participants, *at_the_till, meetings, notices, boards, ledger, sheets, lists):
        api.register_blueprint(part.routes)
    app.register_blueprint(document.pages(api))
