"""The text of docs/permissions.md: which role has which permission, and which route needs it."""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from pointsbank import config, staff
from pointsbank.registers import import_all
from pointsbank.staff import Control, Permission, Role
from pointsbank.web import access
from pointsbank.web.app import create_app
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "permissions.md"

OPENING = """# Who may do what

Written by `pytest tests/house/test_permissions.py --write` from the one table in
`pointsbank/staff/permissions.py` and the permission that each route declares (`pointsbank.web.access.routes`
reads them from an application); a test fails when this page is not what it would write.
A `public` route is open to everybody; a `card` route to a telephone on which a household's card was scanned
within a quarter of an hour, for that household alone, and what it does asks for the PIN; every other needs a
signed-in person with that permission there.
Admin and county roles may hold everywhere; a supervisor never holds another role in the same village.
A leader holds a role in one group: what he may, he may for households of that group, by the routes marked
`group` below; every other route is closed to him, and households of other groups look like none.
A county role may hold in townships: then it counts in their villages alone, as they are at that moment.
`township.manage`, `jobs.manage`, `backup.take` and `address.set` need a role of the whole installation; but
where it has one village and no other, that village's admin has the last three, until a second one is founded.
Never in the practice village: there anybody plays the admin. See
[the decision](decisions/1467-the-admin-of-the-only-village.md).
"""

CONTROLS = """
## Who controls whom

Nobody administers the control over himself. Each line is declared beside its rule (`staff.declare`); one
without people is an act that one person does alone, with what keeps it honest all the same. Where two people
are needed they are two persons, and no login of one is in the other's hands: see
[the decision](decisions/0721-who-has-a-login-in-hand.md). A village works with three people at least, one of
each: committee, clerk, supervisor. What needs somebody who is not there stays shut; the home page says so.
An act whose rule stands in `approvals` waits as a request, seven days and on the home page, until the other
one confirms it from a sign-in of their own, or by the code of their telephone on the first one's screen: see
[the decision](decisions/1301-two-people.md). The second person's password serves at the till alone.

| act | who is controlled | who controls | people it needs | rule |
|---|---|---|---|---|
"""

NOT_HELD = """
What no control holds, said so that nobody relies on it:

- A card is a picture of a code. Who printed or photographed one can buy up to the limit without a PIN as if
  he held it, until its household sees the sale on its statement and the card is written down as lost. So a
  PIN is offered at hand-out, and above the limit it is asked for.
- Who keeps the roster can give a household another name. Code, card and points stay with it and its next
  statement bears the new name; the log says how it was called before, by whom it was changed and why.
"""


def matrix(app: Flask) -> str:
    """Return the page: permissions by role, then routes by permission."""
    roles = list(Role)
    import_all("pointsbank")
    lines = [OPENING, "## Permission × role", "", "| permission | " + " | ".join(roles) + " |"]
    lines.append("|---|" + ":-:|" * len(roles))
    for permission in Permission:
        marks = " | ".join("✓" if role in permission.roles else " " for role in roles)
        lines.append(f"| {permission} | {marks} |")
    lines += [CONTROLS + "\n".join(map(_line, staff.controls()))]
    lines += [NOT_HELD, "## Route × permission", "", "| method | route | permission |", "|---|---|---|"]
    inside = set(routes_in_group(app))
    lines += [
        f"| {method} | `{rule}` | {needed}{' · group' if (method, rule) in inside else ''} |"
        for method, rule, needed in access.routes(app)
    ]
    return "\n".join(lines) + "\n"


def routes_in_group(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield method and rule of every route that is open to who leads a group alone."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if access.is_in_group(app.view_functions[rule.endpoint], method):
                yield method, rule.rule


def _line(control: Control) -> str:
    """Return one line of the table of controls."""
    people = " + ".join(" / ".join(role for role in Role if role in roles) for roles in control.people)
    rule = control.where.removeprefix("pointsbank.")
    return f"| {control.act} | {control.controlled} | {control.controls} | {people} | `{rule}` |"


def application(data: Path) -> Flask:
    """Return the application over an empty data directory."""
    return create_app(config.load(data, environ={}))
