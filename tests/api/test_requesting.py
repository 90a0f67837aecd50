"""What takes two people is requested by a program as on a page, and confirmed by no program."""

from typing import Any

import pytest

from pointsbank import approvals, roster
from tests.api.scene import NOW, Village
from tests.builders import VILLAGE

KINDS_AND_DOORS: dict[str, tuple[str, dict[str, Any]]] = {
    "close_household": ("/participants/0102/closing", {"decision": "全家迁出", "heir": "0101"}),
    "close_month": ("/months/2026-08/close", {"heeded": True}),
    "give_points": ("/participants/0101/gifts", {"points": 5, "reason": "村民代表会议决定，春节赠送"}),
    "split_household": (
        "/participants/0101/split",
        {"code": "0199", "name": "王小军", "people": 1, "decision": "8月20日村民小组会议"},
    ),
    "move_household": ("/participants/0101/move", {"group": "二组", "decision": "8月20日村民小组会议"}),
    "lower_price": ("/goods/G01/price", {"points": 4}),
    "describe_goods": ("/goods/G01/words", {"name": "肥皂", "spec": "2块"}),
    "loosen_limit": ("/goods/G02/limit", {"limit": None}),
    "loosen_setting": ("/settings/notice_days", {"value": "2"}),
}
"""Requested here by the committee, and confirmed by the supervisor."""
OTHER_DOORS = {
    "pin_set": "/pins, tests/api/test_month.py",
    "pin_reset": "/pins, once there is one",
    "hand_out": "/hand-outs, below",
    "erase_household": "/participants/…/erasure, below",
    "open_balances": "no door: a table is looked at on the page or the command line",
    "bar_awards": "no door: asked on the page of the warning that it rests on",
    "lift_bar": "no door: asked on the page of the warning that it rests on",
    "lift_restriction": "no door: asked where its household's file says why it stands",
    "post_year_end": "/year-ends/…, tests/api/test_numbers.py: its day is in January",
    "undo_year_end": "/year-ends/…/undoing, tests/api/test_numbers.py",
    "correct_score": "/scores/…/corrections, tests/api/test_corrections.py",
}


def test_every_kind_can_be_requested_by_a_program() -> None:
    assert approvals.listing.KINDS.keys() == KINDS_AND_DOORS.keys() | OTHER_DOORS.keys()


@pytest.mark.parametrize("kind", KINDS_AND_DOORS)
def test_what_takes_two_people_waits_and_no_token_confirms_it(village: Village, kind: str) -> None:
    path, body = KINDS_AND_DOORS[kind]
    if kind == "loosen_limit":
        assert village.post(path, {"limit": 3}, by="li").json == {"done": True, "approval": None}
    asked = village.post(path, body, by="li")
    waiting = asked.json.get("approval") or asked.json
    assert "kind" in waiting, asked.json
    assert (waiting["kind"], waiting["status"], waiting["mine"]) == (kind, "waiting", True), asked.json

    answer = f"/approvals/{waiting['id']}/confirmation"
    refused = village.post(answer, {}, by="zhao")
    assert (refused.status_code, refused.json["reason"]) == (403, "own_sign_in_needed")
    assert village.get(f"/approvals/{waiting['id']}").json["status"] == "waiting"
    assert village.confirm(waiting["id"])


def test_a_new_card_is_handed_out_by_what_the_scanner_read(village: Village) -> None:
    with village.database.writing() as session:
        who = roster.by_code(session, village=VILLAGE, code="0102").id
        [card] = roster.issue(session, village=VILLAGE, participants=[who], by="li", at=NOW)
    number = {"cards": [{"code": "0102"}]}
    assert village.post("/hand-outs", number, by="admin").status_code in (404, 422)

    asked = village.post("/hand-outs", {"cards": [{"code": card.token, "pin": "274913"}]}, by="admin")

    assert (asked.status_code, asked.json["kind"]) == (201, "hand_out")
    assert "发放" in village.confirm(asked.json["id"])


def test_only_a_closed_household_is_erased_and_only_by_who_keeps_the_roster(village: Village) -> None:
    path, reason = "/participants/0101/erasure", {"reason": "own_request"}
    assert village.post(path, reason, by="li").json["type"].endswith("not_closed_yet")
    assert village.post(path, reason, by="zhao").status_code == 403
