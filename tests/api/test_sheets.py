"""Sheets for programs: listed with their options, given as PDFs, each under its own permission."""

from urllib.parse import unquote

import pytest

from pointsbank import roster, sheets
from tests.api import scene
from tests.api.scene import Village
from tests.api.test_refusals import refused
from tests.builders import COMMITTEE, NOW, VILLAGE


def test_the_list_names_what_may_be_printed_and_how(village: Village) -> None:
    told = {each["name"]: each for each in village.get("/sheets", by="li").json["items"]}

    assert told.keys() == {sheet.name for sheet in sheets.every()}
    assert (told["cards"]["method"], told["notice"]["method"]) == ("POST", "GET")
    assert [option["name"] for option in told["receipt"]["options"]] == ["redemption", "proof", "width"]
    assert all(option["label"] for each in told.values() for option in each["options"])


def test_the_list_names_the_values_to_choose_from(village: Village) -> None:
    meeting = scene.open_meeting(village)
    scene.enter(village, meeting)
    notice = village.post(f"/meetings/{meeting}/close", {}, by="li").json["id"]

    told = {each["name"]: each for each in village.get("/sheets", by="li").json["items"]}
    choices = {
        (name, option["name"]): [choice["value"] for choice in option["choices"]]
        for name, each in told.items()
        for option in each["options"]
    }

    assert choices["receipt", "width"] == ["80", "58"]
    assert choices["notice", "notice"] == [notice]
    assert choices["cards", "participant"] == []


def test_a_clerk_is_not_told_of_what_only_the_committee_prints(village: Village) -> None:
    assert "cards" not in {each["name"] for each in village.get("/sheets", by="chen").json["items"]}

    refused(village.post("/sheets/cards.pdf", {}, by="chen"), 403, "not_allowed")


def test_cards_are_issued_by_post_and_nothing_is_by_get(village: Village) -> None:
    given = village.post("/sheets/cards.pdf", {"participant": ["0101"]}, by="li")

    assert given.status_code == 200 and given.mimetype == "application/pdf"
    assert given.data.startswith(b"%PDF") and given.headers["Cache-Control"] == "no-store"
    assert village.get("/sheets/cards.pdf", by="li").status_code == 404


def test_a_notice_is_given_and_its_name_names_nobody(village: Village) -> None:
    meeting = scene.open_meeting(village)
    scene.enter(village, meeting)
    notice = village.post(f"/meetings/{meeting}/close", {}, by="li").json["id"]

    given = village.get(f"/sheets/notice.pdf?notice={notice}", by="li")

    assert given.data.startswith(b"%PDF")
    assert given.headers["Content-Disposition"].startswith("attachment; filename=notice-20")


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("/sheets/poster.pdf?month=2026-01", 404, "anchor_unknown"),
        ("/sheets/poster.pdf?colour=red", 422, "fields_invalid"),
        ("/sheets/receipt.pdf", 422, "fields_invalid"),
        ("/sheets/receipt.pdf?redemption=x&width=60", 422, "fields_invalid"),
        ("/sheets/ledger.pdf", 404, "page_unknown"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_reason(
    path: str, status: int, reason: str, village: Village
) -> None:
    refused(village.get(path, by="li"), status, reason)


def test_what_no_font_draws_is_told_in_a_header(village: Village) -> None:
    body = {"participant": ["0101"]}
    drawn = village.post("/sheets/cards.pdf", body, by="li")
    with village.database.writing() as session:
        common = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}
        roster.add(session, code="0909", name="བཀྲ", group="一组", people=3, **common)

    given = village.post("/sheets/cards.pdf", {"participant": ["0909"]}, by="li")

    assert "Pointsbank-Undrawn" not in drawn.headers
    assert unquote(given.headers["Pointsbank-Undrawn"]) == "户号0909"
    assert given.data.startswith(b"%PDF")


def test_a_slip_is_given_to_a_receipt_printer_and_no_other_sheet_is(village: Village) -> None:
    given = village.post("/sheets/slip.escpos", {"participant": ["0101"], "width": "80"}, by="li")

    assert given.status_code == 200 and given.mimetype == "application/octet-stream"
    assert given.data.startswith(b"\x1b@") and "积分对账条".encode("gb18030") in given.data
    assert given.headers["Content-Disposition"] == "attachment; filename=slip-80.bin"
    refused(village.post("/sheets/cards.escpos", {}, by="li"), 404, "page_unknown")
    refused(village.get("/sheets/receipt.escpos", by="li"), 422, "fields_invalid")
