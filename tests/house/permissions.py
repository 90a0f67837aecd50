"""Writes docs/permissions.md, who may ask which route for what: `python -m tests.house.permissions`."""

import tempfile
from pathlib import Path

from flask import Flask

from pointsbank import config
from pointsbank.staff import Permission, Role
from pointsbank.staff.permissions import ALLOWED
from pointsbank.web import access
from pointsbank.web.app import create_app
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "permissions.md"

OPENING = """# Who may do what

Written by `python -m tests.house.permissions` from the one table in `pointsbank/staff/permissions.py` and the
permission that each route declares; a test fails when this page is not what it would write.
`public` asks for nobody; every other route asks for a signed-in person with that permission in that village.
Admin and county roles may hold everywhere; a supervisor is never also on the committee of the same village.
"""


def matrix(app: Flask) -> str:
    """The page: permissions by role, then routes by permission."""
    roles = list(Role)
    lines = [OPENING, "## Permission × role", "", "| permission | " + " | ".join(roles) + " |"]
    lines.append("|---|" + ":-:|" * len(roles))
    for permission in Permission:
        marks = " | ".join("✓" if permission in ALLOWED[role] else " " for role in roles)
        lines.append(f"| {permission} | {marks} |")
    lines += ["", "## Route × permission", "", "| method | route | permission |", "|---|---|---|"]
    lines += [f"| {method} | `{rule}` | {needed} |" for method, rule, needed in access.routes(app)]
    return "\n".join(lines) + "\n"


def application(data: Path) -> Flask:
    """The application, over an empty data directory."""
    return create_app(config.load(data, environ={}))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(matrix(application(Path(folder))), encoding="utf-8")
