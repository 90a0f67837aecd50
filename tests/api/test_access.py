"""Who may ask what: tokens, villages, permissions, and what strangers learn."""

from typing import Any

import pytest
from sqlalchemy import delete

from pointsbank import staff
from pointsbank.database import execute
from pointsbank.staff.models import SecondFactorRow
from tests.api.scene import NOW, Village
from tests.api.test_contract import OPERATIONS
from tests.api.test_refusals import refused
from tests.staff.people import PASSWORD

_PARTS = (
    "redemption",
    "stocktake",
    "meeting",
    "case",
    "claim",
    "ceremony",
    "question",
    "title_id",
    "inspection",
    "round",
    "panel",
    "notice",
    "score",
    "objection",
    "approval",
    "request_id",
    "township",
    "token",
    "group",
    "item",
    "batch",
    "position",
    "number",
    "index",
    "name",
    "table",
    "period",
    "listing",
    "copy",
    "kind",
    "run",
    "check",
)
_NOTHING = {
    "village": "chayuan",
    "code": "0101",
    "goods": "G01",
    "month": "2026-09",
    "year": "2026",
    "sheet": "x",
    "setting": "x",
    "name": "roster",
}
_NOTHING |= dict.fromkeys(_PARTS, "x")
ADDRESSES = [(method, path.format(**_NOTHING)) for method, path in OPERATIONS]


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_without_a_token_nothing_is_answered(method: str, path: str, served: Village) -> None:
    answer = served.call(method, path, by=None, data=b"rubbish")

    refused(answer, 401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic bGk6bGk=", "Bearer \xe9", "pb_x"]
)
def test_a_wrong_token_is_no_token(header: str, served: Village) -> None:
    refused(served.get("/participants", by=None, headers={"Authorization": header}), 401, "not_signed_in")


def test_a_cookie_is_no_token(village: Village) -> None:
    client = village.app.test_client()
    found = staff.sign_in(village.database, login="chen", password=PASSWORD, address="127.0.0.1", at=NOW)
    client.set_cookie("pointsbank_session", found)

    refused(client.get("/api/v1/villages"), 401, "not_signed_in")


def test_a_token_stops_working_when_its_owner_may_no_longer_sign_in(village: Village) -> None:
    with village.database.writing() as session:
        staff.disable(session, login="chen", by="setup", at=NOW)

    refused(village.get("/participants"), 401, "not_signed_in")


@pytest.mark.parametrize(("method", "path"), [each for each in ADDRESSES if "chayuan" in each[1]])
def test_a_village_of_others_looks_exactly_like_a_missing_one(
    method: str, path: str, served: Village
) -> None:
    others = served.call(method, path, by="wu", data=b"rubbish")
    missing = served.call(method, path.replace("chayuan", "nosuch"), by="wu", data=b"rubbish")

    refused(others, 404, "village_unknown")
    assert (others.data, dict(others.headers)) == (missing.data, dict(missing.headers))


@pytest.mark.parametrize(
    ("method", "path", "who"),
    [
        ("POST", "/card-scans", "li"),
        ("POST", "/card-scans", "zhao"),
        ("POST", "/redemptions", "zhao"),
        ("POST", "/redemptions/quote", "zhao"),
        ("POST", "/redemptions/shelf", "zhao"),
        ("POST", "/redemptions/x/reversal", "zhao"),
        ("POST", "/redemptions/x/returns", "zhao"),
        ("POST", "/redemptions/x/exchange", "zhao"),
        ("POST", "/goods/G01/stock-moves/1/undoing", "zhao"),
        ("POST", "/goods/G01/stock-moves", "zhao"),
        ("POST", "/stocktakes", "zhao"),
        ("POST", "/stocktakes", "li"),
        ("POST", "/stocktakes/x/counts", "li"),
        ("POST", "/stocktakes/x/discard", "zhao"),
        ("POST", "/stocktakes/x/signatures", "county"),
        ("POST", "/stocktakes/x/recount", "county"),
        ("GET", "/stocktakes", "county"),
        ("POST", "/claims", "zhao"),
        ("GET", "/claims", "county"),
        ("POST", "/ceremonies", "zhao"),
        ("GET", "/ceremonies", "county"),
        ("POST", "/year-end-rules", "chen"),
        ("POST", "/year-ends/2026", "chen"),
        ("POST", "/year-ends/2026/undoing", "zhao"),
        ("GET", "/year-ends/2026", "county"),
        ("POST", "/questions", "county"),
        ("GET", "/questions", "county"),
        ("POST", "/questions/x/answers", "chen"),
        ("POST", "/questions/x/pass-on", "chen"),
        ("POST", "/titles", "chen"),
        ("GET", "/titles", "county"),
        ("POST", "/titles/x/checks", "chen"),
        ("POST", "/titles/x/votes", "chen"),
        ("POST", "/title-notices", "chen"),
        ("POST", "/titles/x/taking-off", "chen"),
        ("POST", "/titles/x/name-agreement", "chen"),
        ("POST", "/titles/x/benefits", "chen"),
        ("POST", "/spot-checks", "chen"),
        ("POST", "/spot-checks/2026-08/dice", "chen"),
        ("POST", "/spot-checks/2026-08/answers", "chen"),
        ("POST", "/spot-checks/2026-08/signatures", "chen"),
        ("GET", "/spot-checks", "chen"),
        ("POST", "/inspection-rounds", "zhao"),
        ("POST", "/inspection-rounds/x/inspections", "chen"),
        ("GET", "/inspections", "chen"),
        ("POST", "/meetings", "chen"),
        ("POST", "/meetings/x/scores", "zhao"),
        ("POST", "/meetings/x/close", "chen"),
        ("POST", "/notices/x/hangings", "zhao"),
        ("POST", "/scores/x/hangings", "zhao"),
        ("POST", "/notices/x/settle", "zhao"),
        ("POST", "/objections/x/decision", "li"),
        ("POST", "/objections/x/decision", "admin"),
        ("GET", "/ledger/transactions", "chen"),
        ("GET", "/participants", "county"),
        ("GET", "/participants/0101/statement", "county"),
        ("GET", "/notices", "county"),
    ],
)
def test_who_may_not_is_told_so_before_anything_is_read(
    method: str, path: str, who: str, served: Village
) -> None:
    refused(served.call(method, path, by=who, data=b"rubbish"), 403, "not_allowed")


@pytest.mark.parametrize(
    "path",
    [
        "/nosuch",
        "/participants/",
        "/participants/0101/x",
        "/goods/%00",
        "/participants/" + "a" * 65,
    ],
)
def test_an_unknown_address_is_a_problem_too(path: str, served: Village) -> None:
    answer: Any = served.get(path)

    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_a_wrong_method_names_the_right_ones(served: Village) -> None:
    answer = served.call("DELETE", "/participants/0101")

    refused(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


def test_what_is_not_there_is_said_so(served: Village) -> None:
    refused(served.get("/participants/0999"), 404, "participant_unknown")
    refused(served.get("/participants/%27%20OR%201"), 404, "participant_unknown")
    refused(served.get("/meetings/nosuch", by="li"), 404, "meeting_unknown")
    refused(served.get("/stocktakes/nosuch", by="zhao"), 404, "stocktake_unknown")
    refused(served.post("/notices/nosuch/settle", by="li"), 404, "notice_unknown")
    body = {"raised_by": "匿名", "reason": "不对"}
    refused(served.post("/scores/nosuch/objections", body, by="zhao"), 404, "score_unknown")
    decision = {"upheld": True, "reason": "对"}
    refused(served.post("/objections/nosuch/decision", decision, by="zhao"), 404, "objection_unknown")


def test_a_program_waits_for_the_second_factor_that_its_person_needs(village: Village) -> None:
    assert village.get("/goods", by="admin").status_code == 200
    with village.database.writing() as session:
        execute(session, delete(SecondFactorRow))

    refused = village.get("/goods", by="admin")
    assert (refused.status_code, refused.json["reason"]) == (403, "second_factor_needed")
    assert village.get("/goods", by="chen").status_code == 200
