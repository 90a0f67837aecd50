"""The pages people see: each a thin translation between a form and one verb."""

from flask import Flask

from pointsbank.registers import discover
from pointsbank.web.pages.blueprint import pages


def register(app: Flask) -> None:
    """Hang all pages into the application."""
    discover(__name__)
    app.register_blueprint(pages)


__all__ = ["register"]
