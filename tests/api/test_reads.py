"""Whatever the API hands out can be read again, one by one, and mirrored from its beginning."""

from typing import Any

import pytest

from tests.api import scene
from tests.api.scene import Village, enter, open_meeting
from tests.api.test_refusals import refused


@pytest.fixture
def busy(village: Village) -> Village:
    """A village after a day: a sale taken back, a meeting closed, an objection raised, a shelf counted."""
    sold = village.post("/redemptions", village.sale()).json["id"]
    undo = {"request_id": village.request_id(), "reason": "拿错了"}
    assert village.post(f"/redemptions/{sold}/reversal", undo).status_code == 201
    meeting = open_meeting(village)
    score = enter(village, meeting, note="扫了全巷")["id"]
    enter(village, meeting, item="A3", quantity=2)
    assert village.post(f"/meetings/{meeting}/close", by="li").status_code == 200
    doubt = {"raised_by": "本户", "reason": "那天不在家"}
    assert village.post(f"/scores/{score}/objections", doubt, by="chen").status_code == 201
    return village


READS = {
    "/participants": "code",
    "/groups": "name",
    "/cards": "number",
    "/card-batches": "number",
    "/goods": "code",
    "/redemptions": "id",
    "/items": "code",
    "/meetings": "id",
    "/notices": "id",
    "/objections": "id",
    "/months": "month",
    "/ledger/transactions": "index",
    "/api/v1/villages": "code",
    "/api/v1/tokens": "id",
}
"""Each list, and by what one of it is read below it."""


def test_one_read_by_itself_is_what_the_list_says_of_it(busy: Village) -> None:
    for path, key in READS.items():
        items = busy.get(path, by="li").json["items"]
        assert items, path
        assert [busy.get(f"{path}/{one[key]}", by="li").json for one in items] == items, path
        assert busy.get(f"{path}/zzz", by="li").status_code in (404, 422), path

    meeting = busy.get("/meetings", by="li").json["items"][0]["id"]
    scores = busy.get(f"/meetings/{meeting}/scores", by="li").json["items"]
    assert [one["number"] for one in scores] == [1, 2]
    assert [busy.get(f"/scores/{one['id']}", by="li").json for one in scores] == scores
    assert (scores[0]["state"], scores[0]["note"], scores[1]["quantity"]) == ("contested", "扫了全巷", 2)


def test_a_sale_tells_what_was_sold_by_whom_and_when_it_was_taken_back(busy: Village) -> None:
    (sold,) = busy.get("/redemptions", by="zhao").json["items"]

    assert (sold["participant"], sold["sold_by"], sold["total"]) == ("0101", "chen", 5)
    assert sold["reversed_at"] and sold["lines"][0]["goods"] == "G01"
    moves = busy.get("/goods/G01/stock-moves?limit=1").json
    assert (moves["items"][0]["kind"], moves["items"][0]["redemption"]) == ("returned", sold["id"])
    before = busy.get(f"/goods/G01/stock-moves?limit=1&cursor={moves['next']}").json["items"][0]
    assert (before["kind"], before["quantity"], before["redemption"]) == ("redeemed", -1, sold["id"])


def test_one_move_of_the_stock_is_read_by_its_place(busy: Village) -> None:
    moves = busy.get("/goods/G01/stock-moves").json["items"]

    assert [busy.get(f"/goods/G01/stock-moves/{one['position']}").json for one in moves] == moves
    for place in ("0", str(len(moves) + 1), "x", "9" * 30):
        missing = busy.get(f"/goods/G01/stock-moves/{place}")
        assert (missing.status_code, missing.json["reason"]) == (404, "move_unknown")
    assert busy.get("/goods/nosuch/stock-moves/1").json["reason"] == "goods_unknown"


def test_the_ledger_is_mirrored_from_its_beginning_by_number(busy: Village) -> None:
    newest = busy.get("/ledger/transactions?limit=200", by="zhao").json["items"]
    mirrored: list[Any] = []
    after = -1
    while page := busy.get(f"/ledger/transactions?after={after}&limit=2", by="zhao").json["items"]:
        mirrored += page
        after = page[-1]["index"]

    assert mirrored == newest[::-1] and len(mirrored) == 4
    reversal = mirrored[-1]
    assert (reversal["kind"], reversal["reverses"]) == ("reversal", mirrored[-2]["index"])
    assert (reversal["words"]["reason"], reversal["words"]["lines"][0]["goods"]) == ("拿错了", "G01")
    first = busy.get("/ledger/transactions?after=-1&limit=2", by="zhao").json
    second = busy.get(f"/ledger/transactions?after=-1&limit=2&cursor={first['next']}", by="zhao").json
    assert first["items"] + second["items"] == mirrored
    for odd in ("-2", "x", "１", "1.5"):
        refused(busy.get(f"/ledger/transactions?after={odd}", by="zhao"), 422, "fields_invalid")


def test_whatever_has_a_number_in_the_log_is_told_in_words(busy: Village) -> None:
    told = [busy.get(f"/ledger/entries/{index}", by="zhao").json for index in range(6)]

    assert [one["index"] for one in told] == list(range(6))
    assert told[0]["kind"] == "opening" and all(one["sentence"] for one in told)
    refused(busy.get("/ledger/entries/99999", by="zhao"), 404, "log_entry_unknown")


def test_nothing_of_the_books_is_told_by_an_inner_id(busy: Village) -> None:
    with busy.database.reading() as session:
        inner = [one[0] for one in session.connection().exec_driver_sql("SELECT id FROM participant")]
        inner += [one[0] for one in session.connection().exec_driver_sql("SELECT id FROM goods")]
        inner += [one[0] for one in session.connection().exec_driver_sql("SELECT id FROM staff")]
    told = "".join(busy.get(path, by="li").text for path in (*READS, "/participants/0101/statement"))

    # Some of the cast have a login for an id; a made one has sixteen characters.
    made = [one for one in inner if len(one) == 16]
    assert len(made) > 10 and not [one for one in made if one in told]


def test_a_month_is_open_until_it_is_closed(village: Village) -> None:
    with scene.later(40):
        months = village.get("/months").json["items"]

    assert [(one["month"], one["closed"], one["anchor"]) for one in months] == [
        ("2026-10", False, None),
        ("2026-09", False, None),
    ]
    refused(village.get("/months/2026-13"), 422, "month_invalid")


def test_cards_are_found_by_household_and_status(village: Village) -> None:
    (card,) = village.get("/cards?participant=0101&status=active", by="li").json["items"]

    assert card["participant"] == "0101" and len(card["number"]) == 9
    assert village.get("/cards?status=printed", by="li").json["items"] == []
    refused(village.get("/cards"), 403, "not_allowed")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"participant": "9999"}, "participant"),
        ({"item": "Z9"}, "item"),
        ({"occurred_on": "2026-09-02"}, "occurred_on"),
        ({"item": "A3"}, "quantity"),
        ({"item": "A3", "quantity": 0}, "quantity"),
        ({"item": "A2", "points": None, "quantity": None}, "points"),
    ],
)
def test_a_score_that_is_wrong_names_its_field_and_no_row(
    given: dict[str, Any], field: str, village: Village
) -> None:
    body = {"request_id": village.request_id(), "participant": "0201", "item": "A1"}
    body |= {"occurred_on": "2026-09-01", **given}

    answer = village.post(f"/meetings/{open_meeting(village)}/scores", body, by="li")

    refused(answer, 422, "fields_invalid")
    assert [one["field"] for one in answer.json["errors"]] == [field] and "第1行" not in answer.text


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("sort=bogus", "list_sort_unknown"),
        ("kind=bogus", "list_choice_unknown"),
    ],
)
def test_a_list_names_the_parameter_that_it_does_not_know(village: Village, asked: str, reason: str) -> None:
    answer = village.get(f"/lists/roster?{asked}", by="li")

    refused(answer, 422, reason)
    assert [one["field"] for one in answer.json["errors"]] == [asked.partition("=")[0]]


def test_a_day_or_month_that_is_none_is_named_too(village: Village) -> None:
    day = village.get("/lists/sales?first=2026-99-01", by="li")
    month = village.get("/lists/standings?month=2026-13", by="li")

    assert [day.json["errors"][0]["field"], month.json["errors"][0]["field"]] == ["first", "month"]
