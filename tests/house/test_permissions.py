"""No route without a permission, and the printed matrix is the one that holds."""

import sys
from importlib.util import find_spec
from pathlib import Path

from pointsbank import staff
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.help_topics import TOPICS
from tests.house.permissions import PAGE, application, matrix

OPEN_TO_ALL = {
    "/open/<village>/questions",
    "/open/<village>/titles/<title>",
    "/help",
    *(f"/help/{topic.name}" for topic in TOPICS),
    "/look/size",
    "/setup",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/lost",
    "/sign-out",
    "/healthz",
    "/c/<token>",
    "/mine/leave",
    "/open",
    "/open/<village>",
    "/open/<village>/corrections/<score>",
    "/open/<village>/months",
    "/open/<village>/months/<month>",
    "/open/<village>/notices/<notice>",
    "/open/<village>/objecting",
    "/open/<village>/openness",
    "/open/<village>/prices",
    "/open/<village>/rules",
    "/open/<village>/months/<month>/picture.png",
    "/open/<village>/spot-checks/<month>",
    "/judge/<village>",
    "/judge/<village>/<code>",
    "/judge/<village>/marks",
    "/api/openapi.json",
    "/api/docs",
    "/api/docs/<name>",
    "/api/docs/reasons",
    *("/open/<village>/verify.py", "/open/<village>/checkpoint", "/open/<village>/proofs/<index>"),
    *("/open/<village>/consistency/<first>/<second>", "/open/<village>/months/<month>/ledger.jsonl.gz"),
    "/open/<village>/months/<month>/check",
}
"""What may be asked for by anybody, besides files that ship with us. Add to it with care."""


UNCONTROLLED = {
    Permission.HOME: "one's own tokens and the check of a wording: nobody else is touched",
    Permission.TOTALS_VIEW: "going into the practice village, in which nothing counts",
    Permission.PANEL_VIEW: "a folder is what the same person prints sheet by sheet, and nothing changes",
    Permission.ACCOUNT_OWN: "one's own password and second factor, each by a secret of one's own",
}
"""Permissions of routes that change something, and why nobody need control them. Add to it with care."""


def test_every_permission_to_change_something_has_a_control_or_a_reason(tmp_path: Path):
    changing = {
        needed for method, _, needed in access.routes(application(tmp_path)) if method not in ("GET", "HEAD")
    } - {access.PUBLIC, access.CARD}
    controlled = {permission for one in staff.controls() for permission in one.permissions}

    assert changing - controlled == set(UNCONTROLLED)


def test_every_control_names_the_module_of_its_rule_and_every_act_of_two_is_known_to_the_program(
    tmp_path: Path,
):
    application(tmp_path)
    astray = [one.act for one in staff.controls() if find_spec(one.where) is None]
    unimported = [one.act for one in staff.controls() if one.people and one.where not in sys.modules]

    assert astray == unimported == []


def test_every_route_declares_its_permission(tmp_path: Path):
    known = {*Permission, access.PUBLIC, access.CARD}
    silent = [
        (method, rule) for method, rule, needed in access.routes(application(tmp_path)) if needed not in known
    ]

    assert not silent


def test_only_these_routes_are_open_to_everybody(tmp_path: Path):
    public = {rule for _, rule, needed in access.routes(application(tmp_path)) if needed == access.PUBLIC}
    files = {rule for rule in public if rule.endswith("<path:filename>")}

    assert public - files <= OPEN_TO_ALL


def test_the_printed_matrix_is_the_one_that_holds(tmp_path: Path, write: bool):
    now = matrix(application(tmp_path))
    if write:
        PAGE.write_text(now, encoding="utf-8")

    assert PAGE.read_text("utf-8") == now


def test_a_route_that_declares_nothing_would_be_found(tmp_path: Path):
    app = application(tmp_path)
    app.add_url_rule("/forgotten", view_func=lambda: "")

    assert ("GET", "/forgotten", None) in access.routes(app)
