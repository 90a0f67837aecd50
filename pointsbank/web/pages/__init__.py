"""The pages people see: each a thin translation between a form and one verb."""

from flask import Flask

from pointsbank.web.pages import entrance
from pointsbank.web.pages.blueprint import pages

FAMILIES = (entrance,)


def register(app: Flask) -> None:
    """Hang all pages into the application."""
    app.register_blueprint(pages)


__all__ = ["FAMILIES", "register"]
