"""The text of docs/permissions.md: which role has which permission, and which route needs it."""

from pathlib import Path

from flask import Flask

from pointsbank import config
from pointsbank.staff import Permission, Role
from pointsbank.web import access
from pointsbank.web.app import create_app
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "permissions.md"

OPENING = """# Who may do what

Written by `pytest tests/house/test_permissions.py --write` from the one table in
`pointsbank/staff/permissions.py` and the permission that each route declares (`pointsbank.web.access.routes`
reads them from an application); a test fails when this page is not what it would write.
A `public` route is open to everybody; every other needs a signed-in person with that permission there.
Admin and county roles may hold everywhere; a supervisor is never also on the committee of the same village.
"""


def matrix(app: Flask) -> str:
    """Return the page: permissions by role, then routes by permission."""
    roles = list(Role)
    lines = [OPENING, "## Permission × role", "", "| permission | " + " | ".join(roles) + " |"]
    lines.append("|---|" + ":-:|" * len(roles))
    for permission in Permission:
        marks = " | ".join("✓" if role in permission.roles else " " for role in roles)
        lines.append(f"| {permission} | {marks} |")
    lines += ["", "## Route × permission", "", "| method | route | permission |", "|---|---|---|"]
    lines += [f"| {method} | `{rule}` | {needed} |" for method, rule, needed in access.routes(app)]
    return "\n".join(lines) + "\n"


def application(data: Path) -> Flask:
    """Return the application over an empty data directory."""
    return create_app(config.load(data, environ={}))
