"""A stocktake through the API, from its beginning to the second signature."""

from typing import Any

import pytest

from pointsbank import market, proof
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
    refused(do(village, f"{place}/signatures", by="zhao"), 403, "own_sign_in_needed")
    posted = village.sign(place[1:])
    assert posted.state == "posted"

    assert [one["stock"] for one in village.get("/goods").json["items"]] == [26, 1]
    shown = village.get(f"/stocktakes{place}", by="zhao").json
    assert (shown["status"], shown["missing"], shown["surplus"]) == ("posted", 3, 0)
    assert (shown["first_signature"]["name"], shown["second_signature"]["name"]) == ("chen", "zhao")
    assert shown["index"] == posted.index
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
    ]
    for path, by, body in steps:
        request = {"request_id": village.request_id()} | body
        first, again = (village.post(f"/stocktakes{place}{path}", request, by=by) for _ in range(2))
        place = place or f"/{first.json['id']}"
        assert (first.status_code, again.status_code, again.json["status"]) == (201, 200, "replayed")
        assert {**first.json, "status": ""} == {**again.json, "status": ""}
    assert village.sign(place[1:], by="li").state == "posted"
    assert village.get("/goods").json["items"][0]["stock"] == 29


def test_no_program_signs_second_for_whomever_may(village: Village) -> None:
    place = begun(village)
    do(village, f"{place}/counts", goods="G01", pieces=30)
    do(village, f"{place}/signatures")
    for second in ("zhao", "li", "admin"):
        refused(do(village, f"{place}/signatures", by=second), 403, "own_sign_in_needed")

    assert village.sign(place[1:], by="admin").state == "posted"


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
    with pytest.raises(market.problems.CountOutdated, match="肥皂（G01）现有29件、盘亏30件"):
        village.sign(place[1:])
    do(village, f"{place}/recount", by="zhao")
    do(village, f"{place}/discard")
    refused(do(village, f"{place}/signatures"), 409, "stocktake_ended")
