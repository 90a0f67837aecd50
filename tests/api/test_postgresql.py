"""The same answers over PostgreSQL, which refuses other things than SQLite does."""

from collections.abc import Iterator

import pytest

from pointsbank.database import Database
from tests.api import scene
from tests.api.scene import Village, enter, open_meeting
from tests.api.test_refusals import refused


@pytest.fixture
def village(founded: Village, postgresql_database: Database) -> Iterator[Village]:
    """The village on PostgreSQL, served by the application of all these tests."""
    made = Village(founded.app, postgresql_database)
    scene.found(made)
    with scene.later(0):
        yield made


def test_the_till_and_the_meeting_work_over_postgresql(village: Village) -> None:
    sale = village.sale()
    made = village.post("/redemptions", sale)
    assert (made.status_code, village.post("/redemptions", sale).status_code) == (201, 200)
    undo = {"request_id": village.request_id(), "reason": "拿错了"}
    assert village.post(f"/redemptions/{made.json['id']}/reversal", undo).json["balance"] == 100

    meeting = open_meeting(village)
    enter(village, meeting)
    notice = village.post(f"/meetings/{meeting}/close", by="li").json["id"]
    assert village.post(f"/notices/{notice}/hangings", {"place": "村务公开栏"}, by="li").status_code == 201
    with scene.later(4):
        assert village.post(f"/notices/{notice}/settle", by="li").json["posted"] == 1


def test_everything_can_be_looked_at_over_postgresql(village: Village) -> None:
    lists = ["/participants", "/participants?query=王", "/goods", "/meetings", "/notices", "/ledger/anchors"]
    lists += ["/cards", "/cards?participant=0101&status=active", "/groups", "/redemptions", "/objections"]
    lists += ["/months", "/items", "/goods/G01/stock-moves", "/ledger/transactions?after=-1"]
    number = village.get("/cards", by="admin").json["items"][0]["number"]
    pages = ["/participants/0101/statement", "/boards/2026-09", "/ledger/transactions?limit=1"]
    pages += [f"/cards/{number}", "/goods/G01", "/groups/一组", "/items/A1", "/months/2026-09"]
    pages += ["/ledger/transactions/0", "/ledger/entries/0"]

    assert {village.get(path, by="admin").status_code for path in lists + pages} == {200}


def test_what_postgresql_cannot_store_is_refused_before_it_is_asked(village: Village) -> None:
    for path in (
        "/participants/%00",
        "/participants/%ED%A0%80",
        "/participants/%F0%9F%92%A9",
        "/meetings/%C2%80",
    ):
        assert village.get(path, by="admin").status_code == 404
    refused(village.get("/participants?query=%00", by="admin"), 422, "fields_invalid")
    assert village.get("/participants?query=%25_%27", by="admin").json["items"] == []
    refused(village.post("/card-scans", {"code": "a\x00b"}), 422, "fields_invalid")
