"""Turning pages: nothing twice, nothing missing, and no page that was not offered."""

from typing import Any

import pytest

from tests.api.scene import Village
from tests.api.test_refusals import refused


def pages(village: Village, path: str, **options: Any) -> list[Any]:
    """All items, turning a page at a time."""
    joint = "&" if "?" in path else "?"
    found: list[Any] = []
    following = ""
    while True:
        page = village.get(f"{path}{joint}limit=1{following}", **options).json
        found += page["items"]
        if page["next"] is None:
            return found
        following = f"&cursor={page['next']}"


@pytest.mark.parametrize(
    "path",
    [
        "/participants",
        "/participants?query=wjg",
        "/goods",
        "/stocktakes",
        "/ledger/transactions",
        "/participants/0101/statement",
    ],
)
def test_pages_hold_every_item_once(path: str, village: Village) -> None:
    for _ in range(2):
        village.post("/redemptions", village.sale())
        begun = village.post("/stocktakes", {"request_id": village.request_id()}).json["id"]
        village.post(f"/stocktakes/{begun}/discard", {"request_id": village.request_id()})

    assert pages(village, path, by="admin") == village.get(path, by="admin").json["items"]
    assert len(pages(village, path, by="admin")) > 1


def test_villages_are_paged_too(village: Village) -> None:
    assert [one["code"] for one in pages(village, "/api/v1/villages", by="admin")] == ["chayuan", "zhuyuan"]


@pytest.mark.parametrize("forged", ["x", "MQ", "ImEi.x", "a.b.c", "%00", "0", "e30", "'", "1 OR 1=1"])
def test_a_cursor_made_up_is_refused(forged: str, village: Village) -> None:
    for path in (
        "/participants",
        "/goods",
        "/stocktakes",
        "/ledger/transactions",
        "/participants/0101/statement",
    ):
        assert village.get(path, query_string={"cursor": forged}, by="admin").status_code == 422


def test_every_changed_character_of_a_cursor_is_noticed(village: Village) -> None:
    good = village.get("/participants?limit=1").json["next"]

    for place in range(len(good)):
        other = "A" if good[place] != "A" else "B"
        refused(
            village.get(f"/participants?limit=1&cursor={good[:place]}{other}{good[place + 1 :]}"),
            422,
            "cursor_invalid",
        )


def test_a_cursor_belongs_to_one_list_with_its_filters(village: Village) -> None:
    good = village.get("/participants?limit=1").json["next"]

    refused(village.get(f"/participants?cursor={good}&query=wjg"), 422, "cursor_invalid")
    refused(village.get(f"/goods?cursor={good}"), 422, "cursor_invalid")
    refused(village.get(f"/participants?cursor={good}", by="admin", village="zhuyuan"), 422, "cursor_invalid")
    assert village.get(f"/participants?cursor={good}&limit=2").status_code == 200
