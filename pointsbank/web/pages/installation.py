"""The settings of this machine: what each changes, its value, and the line that changes it."""

from flask import render_template

from pointsbank import dates, working_days
from pointsbank.config_list import INSTALLATION
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.page import Page

page = Page()


@page.get("/installation", Permission.JOBS_MANAGE)
def installation() -> str:
    """Show every setting of the installation with its value; the file and the environment change them."""
    settings = access.settings()
    shown = [(one, settings.shown(one.name)) for one in INSTALLATION]
    years = working_days.shown(working_days.known(access.database()), today=dates.day_of(access.now()))
    return render_template(
        "settings/installation.html", shown=shown, years=years, file=settings.data_dir / "pointsbank.toml"
    )
