"""A stocktake through the API, from its beginning to the second signature."""

from typing import Any

import pytest

from pointsbank import proof
from tests.api.scene import Village
from tests.api.test_refusals import refused


def do(village: Village, path: str, by: str = "chen", **body: Any) -> Any:
    """One step of a stocktake."""
    return village.post(f"/stocktakes{path}", {"request_id": village.request_id()} | body, by=by)


def begun(village: Village) -> str:
    """The address of a stocktake that was begun."""
    made = do(village, "", note="九月盘点")
    assert (made.status_code, made.json["status"], made.json["state"]) == (201, "completed", "open")
    return f"/{made.json['id']}"


def test_the_shelf_is_counted_signed_by_two_and_follows(village: Village) -> None:
    place = begun(village)
    counted = do(village, f"{place}/counts", goods="G01", pieces=27)
    assert counted.status_code == 201
    assert {name: counted.json[name] for name in ("goods", "book", "counted", "difference")} == {
        "goods": "G01",
        "book": 30,
        "counted": 27,
        "difference": -3,
    }
    assert do(village, f"{place}/signatures").json["state"] == "signed"
    village.post("/redemptions", village.sale())
    posted = do(village, f"{place}/signatures", by="zhao")
    assert (posted.status_code, posted.json["state"]) == (201, "posted")

    assert [one["stock"] for one in village.get("/goods").json["items"]] == [26, 1]
    shown = village.get(f"/stocktakes{place}", by="zhao").json
    assert (shown["status"], shown["missing"], shown["surplus"]) == ("posted", 3, 0)
    assert (shown["first_signature"]["name"], shown["second_signature"]["name"]) == ("chen", "zhao")
    assert shown["index"] == posted.json["index"]
    [line] = shown["lines"]
    assert (line["goods"], line["name"], line["book"], line["difference"]) == ("G01", "肥皂", 30, -3)
    [listed] = village.get("/stocktakes").json["items"]
    assert (listed["id"], listed["goods"], "lines" in listed) == (place[1:], 1, False)
    assert proof.verify(village.database, village="chayuan").holds


def test_every_step_asked_for_again_is_told_again(village: Village) -> None:
    place = ""
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("", "chen", {"note": "九月盘点"}),
        ("/counts", "chen", {"goods": "G01", "pieces": 29}),
        ("/signatures", "chen", {}),
        ("/recount", "zhao", {}),
        ("/signatures", "chen", {}),
        ("/signatures", "li", {}),
    ]
    for path, by, body in steps:
        request = {"request_id": village.request_id()} | body
        first, again = (village.post(f"/stocktakes{place}{path}", request, by=by) for _ in range(2))
        place = place or f"/{first.json['id']}"
        assert (first.status_code, again.status_code, again.json["status"]) == (201, 200, "replayed")
        assert {**first.json, "status": ""} == {**again.json, "status": ""}
    assert village.get("/goods").json["items"][0]["stock"] == 29


@pytest.mark.parametrize("second", ["zhao", "li", "admin"])
def test_supervisor_committee_and_admin_may_sign_second(second: str, village: Village) -> None:
    place = begun(village)
    do(village, f"{place}/counts", goods="G01", pieces=30)
    do(village, f"{place}/signatures")

    assert do(village, f"{place}/signatures", by=second).json["state"] == "posted"


def test_each_refusal_has_its_reason(village: Village) -> None:
    place = begun(village)
    refused(do(village, ""), 409, "stocktake_under_way")
    refused(do(village, f"{place}/signatures"), 409, "stocktake_empty")
    refused(do(village, f"{place}/recount"), 409, "stocktake_not_signed")
    refused(do(village, f"{place}/counts", goods="G99", pieces=1), 404, "goods_unknown")
    refused(do(village, f"{place}/counts", goods="G01", pieces=-1), 422, "fields_invalid")
    do(village, f"{place}/counts", goods="G01", pieces=0)
    refused(do(village, f"{place}/signatures", by="zhao"), 409, "not_the_counter")
    refused(do(village, f"{place}/signatures", seen="open-0-0"), 409, "stocktake_changed")
    do(village, f"{place}/signatures")
    refused(do(village, f"{place}/counts", goods="G01", pieces=1), 409, "stocktake_signed")
    refused(do(village, f"{place}/discard"), 409, "stocktake_signed")
    refused(do(village, f"{place}/signatures"), 409, "same_signer")
    village.post("/redemptions", village.sale())
    outdated = do(village, f"{place}/signatures", by="zhao")
    refused(outdated, 409, "count_outdated")
    assert outdated.json["detail"].startswith("肥皂（G01）现有29件、盘亏30件")
    do(village, f"{place}/recount", by="zhao")
    do(village, f"{place}/discard")
    refused(do(village, f"{place}/signatures"), 409, "stocktake_ended")
