"""The pages people see: each module here declares one and is found by itself (see `web/page.py`)."""

from flask import Blueprint, Flask

from pointsbank.registers import discover
from pointsbank.web import tab_groups
from pointsbank.web.page import Page, in_order
from pointsbank.web.ways_out import TABS


def declared() -> list[Page]:
    """Return what every module of this package declares.

    Raises:
        AttributeError: a module here has no `page`; what pages share lies in `pointsbank/web`.
    """
    return [module.page for module in discover(__name__)]


def register(app: Flask) -> None:
    """Add the pages to the application, and their tabs to every template."""
    blueprint = Blueprint("pages", __name__)
    for page in declared():
        page.register(blueprint)
    app.register_blueprint(blueprint)
    tabs = in_order(tab for page in declared() for tab in page.tabs)
    app.extensions[TABS] = tabs
    app.context_processor(lambda: {"tabs": tabs, "tab_strip": tab_groups.strip})
