"""The pages people see: each module here declares one and is found by itself (see `web/page.py`)."""

from flask import Blueprint, Flask

from pointsbank.registers import discover
from pointsbank.web.page import Page, in_order


def register(app: Flask) -> None:
    """Add the pages of every module here to the application, and their tabs to every template."""
    declared: list[Page] = [module.page for module in discover(__name__)]
    blueprint = Blueprint("pages", __name__)
    for page in declared:
        page.register(blueprint)
    app.register_blueprint(blueprint)
    tabs = in_order(tab for page in declared for tab in page.tabs)
    app.context_processor(lambda: {"tabs": tabs})


__all__ = ["register"]
