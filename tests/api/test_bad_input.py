"""What people and programs send by mistake or on purpose: refused by name, and nothing is written."""

import json
from typing import Any

import pytest

from tests.api.scene import Village, enter, open_meeting
from tests.api.test_refusals import refused

ODD = [
    "-1",
    "0",
    "1.5",
    '"１"',
    '"1"',
    "true",
    "null",
    "9223372036854775808",
    "1" + "0" * 30,
    "[1]",
    "{}",
    '""',
]
NOT_JSON = ["NaN", "Infinity", "-Infinity", "1e400", "1" * 5000, '"\\ud800"']


def body_with(body: dict[str, Any], place: str, literal: str) -> bytes:
    """The body with one value spelt literally, as no JSON library would write it."""
    target = body["lines"][0] if place in body.get("lines", [{}])[0] else body
    target[place] = "@@"
    return json.dumps(body).replace('"@@"', literal).encode()


def send(
    village: Village, path: str, data: bytes, content_type: str = "application/json", by: str = "chen"
) -> Any:
    """What the API answers to these very bytes."""
    return village.call("POST", path, by=by, data=data, content_type=content_type)


@pytest.mark.parametrize("literal", ODD)
def test_an_odd_number_of_pieces_is_refused(literal: str, served: Village) -> None:
    sale, before = served.sale(), served.holdings()

    answer = send(served, "/redemptions", body_with(sale, "quantity", literal))

    refused(answer, 422, "fields_invalid")
    assert answer.json["errors"][0]["field"] == "lines.0.quantity"
    assert served.holdings() == before


@pytest.mark.parametrize(
    "literal", [each for each in ODD if each not in ("0", "1.5")] + ["5.001", "1e-3", "-0.01"]
)
def test_an_odd_price_is_refused(literal: str, served: Village) -> None:
    answer = send(served, "/redemptions", body_with(served.sale(), "points", literal))

    refused(answer, 422, "fields_invalid")


@pytest.mark.parametrize("literal", [each for each in ODD if each != '""'])
def test_an_odd_quantity_is_refused_at_the_shelf_as_well(literal: str, served: Village) -> None:
    move = {"request_id": served.request_id(), "kind": "received", "quantity": 1, "note": ""}
    before = served.holdings()

    refused(
        send(served, "/goods/G01/stock-moves", body_with(move, "quantity", literal)), 422, "fields_invalid"
    )

    assert served.holdings() == before


@pytest.mark.parametrize("literal", NOT_JSON)
@pytest.mark.parametrize("place", ["quantity", "points", "request_id"])
def test_what_is_not_json_is_refused_as_such(place: str, literal: str, served: Village) -> None:
    before = served.holdings()

    refused(send(served, "/redemptions", body_with(served.sale(), place, literal)), 400, "body_malformed")

    assert served.holdings()[2] == before[2]


@pytest.mark.parametrize("data", [b"[]", b"null", b"1", b'"text"', b"true", b"[[]]"])
def test_a_body_that_is_no_object_is_refused(data: bytes, served: Village) -> None:
    refused(send(served, "/redemptions", data), 422, "fields_invalid")


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"", 400, "body_malformed"),
        (b"{", 400, "body_malformed"),
        (b'{"code": "a", "code": "b"}', 400, "body_malformed"),
        (b'{"code": "\xff"}', 400, "body_malformed"),
        (b"[" * 60_000, 400, "body_malformed"),
        (b'{"code": "' + b"a" * 70_000 + b'"}', 413, "body_too_large"),
    ],
)
def test_a_broken_body_is_refused(data: bytes, status: int, reason: str, served: Village) -> None:
    refused(send(served, "/card-scans", data), status, reason)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=gbk", "json"],
)
def test_another_content_type_is_refused(content_type: str, served: Village) -> None:
    refused(send(served, "/card-scans", b'{"code": "x"}', content_type), 415, "media_type_wrong")


@pytest.mark.parametrize(
    "smuggled", ["price", "village_id", "balance", "role", "by", "at", "status", "total"]
)
def test_a_field_nobody_asked_for_is_refused(smuggled: str, served: Village) -> None:
    sale = served.sale()

    in_body = served.post("/redemptions", {**sale, smuggled: 0})
    in_line = served.post("/redemptions", {**sale, "lines": [{**sale["lines"][0], smuggled: 0}]})

    refused(in_body, 422, "fields_invalid")
    refused(in_line, 422, "fields_invalid")
    assert [each["field"] for each in in_line.json["errors"]] == [f"lines.0.{smuggled}"]


@pytest.mark.parametrize("name", ["request_id", "scan_ticket", "lines"])
def test_what_is_missing_is_named(name: str, served: Village) -> None:
    sale = served.sale()
    del sale[name]

    assert served.post("/redemptions", sale).json["errors"] == [{"field": name, "detail": "请填写这一项。"}]


@pytest.mark.parametrize(
    "given", ["short", "a" * 65, "has space", "中文编号中文编号", "a/b/c/d/e", None, 12345678]
)
def test_a_misshapen_request_id_is_refused(given: Any, served: Village) -> None:
    refused(served.post("/redemptions", served.sale(request_id=given)), 422, "fields_invalid")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": "2"}, "quantity"),
        ({"points": -5}, "points"),
        ({"points": True}, "points"),
        ({"points": 5, "quantity": 1}, "points"),
        ({"occurred_on": "2026-02-30"}, "occurred_on"),
        ({"occurred_on": 20260901}, "occurred_on"),
        ({"note": "a\u202eb"}, "note"),
        ({"participant": ""}, "participant"),
        ({"village": "zhuyuan"}, "village"),
    ],
)
def test_a_score_with_a_wrong_field_is_refused(changes: dict[str, Any], place: str, served: Village) -> None:
    meeting = open_meeting(served)
    body = {
        "request_id": served.request_id(),
        "participant": "0201",
        "item": "A1",
        "occurred_on": "2026-09-01",
    }

    answer = served.post(f"/meetings/{meeting}/scores", {**body, **changes}, by="li")

    refused(answer, 422, "fields_invalid")
    assert [each["field"] for each in answer.json["errors"]] == [place]
    assert served.get(f"/meetings/{meeting}", by="li").json["scores"] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"participant": "0999"},
        {"item": "Z9"},
        {"occurred_on": "2026-10-01"},
        {"item": "A2", "points": 11},
        {"item": "A2"},
        {"item": "A3"},
    ],
)
def test_a_score_the_rules_do_not_know_is_refused_with_its_column(
    changes: dict[str, Any], served: Village
) -> None:
    meeting = open_meeting(served)
    body = {
        "request_id": served.request_id(),
        "participant": "0201",
        "item": "A1",
        "occurred_on": "2026-09-01",
    }

    answer = served.post(f"/meetings/{meeting}/scores", {**body, **changes}, by="li")

    assert answer.status_code == 422 and answer.json["errors"][0]["detail"].endswith("。"), answer.text


def test_nothing_is_entered_once_the_minutes_are_closed(village: Village) -> None:
    meeting = open_meeting(village)
    enter(village, meeting)
    village.post(f"/meetings/{meeting}/close", by="li")
    body = {
        "request_id": village.request_id(),
        "participant": "0201",
        "item": "A1",
        "occurred_on": "2026-09-01",
    }

    refused(village.post(f"/meetings/{meeting}/scores", body, by="li"), 409, "meeting_closed")
    refused(village.post(f"/meetings/{meeting}/close", by="li"), 409, "meeting_closed")


def test_a_notice_is_not_settled_before_its_days_are_over(village: Village) -> None:
    meeting = open_meeting(village)
    enter(village, meeting)
    notice = village.post(f"/meetings/{meeting}/close", by="li").json["id"]

    refused(village.post(f"/notices/{notice}/settle", by="li"), 409, "notice_not_hung")
    hangings = f"/notices/{notice}/hangings"
    for day in ("2026-08-31", "2026-09-02"):
        wrong = village.post(hangings, {"place": "村务公开栏", "hung_on": day}, by="li")
        refused(wrong, 422, "hanging_day_invalid")
    refused(village.post(hangings, {"hung_on": "2026-09-01"}, by="li"), 422, "fields_invalid")
    assert village.post(hangings, {"place": "村务公开栏"}, by="li").status_code == 201
    refused(village.post(hangings, {"place": "村务公开栏"}, by="li"), 409, "hanging_stands")
    refused(village.post(f"/notices/{notice}/settle", by="li"), 409, "notice_still_open")
    refused(village.post(f"/notices/{notice}/settle", {"force": True}, by="li"), 422, "fields_invalid")


WRONG_LIMITS = ["0", "201", "-1", "1.5", "１", "x", "", "1&limit=2"]
WRONG_FILTERS = ["nosuch=1", "kind=nosuch", "query=%00", "query=" + "a" * 301, "cursor="]


@pytest.mark.parametrize("query", [*WRONG_FILTERS, *(f"limit={given}" for given in WRONG_LIMITS)])
def test_a_wrong_filter_is_refused(query: str, served: Village) -> None:
    refused(served.get(f"/participants?{query}"), 422, "fields_invalid")


@pytest.mark.parametrize("month", ["2026-13", "2026-9", "202609", "１９９９-01", "x", "0000-00"])
def test_a_month_that_is_none_is_refused(month: str, served: Village) -> None:
    refused(served.get(f"/boards/{month}"), 422, "month_invalid")
