"""The pages people see: each a thin translation between a form and one verb."""

from flask import Flask

from pointsbank.web.pages import (
    account,
    boards,
    card,
    entrance,
    goods,
    listings,
    meetings,
    notices,
    paper,
    roster,
    stocktakes,
    till,
)
from pointsbank.web.pages.blueprint import pages

FAMILIES = (
    entrance,
    roster,
    meetings,
    notices,
    boards,
    listings,
    till,
    goods,
    stocktakes,
    paper,
    card,
    account,
)


def register(app: Flask) -> None:
    """Hang all pages into the application."""
    app.register_blueprint(pages)


__all__ = ["FAMILIES", "register"]
