"""Settings with what they change, and proofs that a program checks by itself."""

from pointsbank import merkle
from tests.api.scene import Village


def test_every_setting_is_told_with_its_last_change(village: Village) -> None:
    found = {one["name"]: one for one in village.get("/settings?limit=200", by="li").json["items"]}
    assert len(found) == 19 and all(one["shows"] and one["source"] for one in found.values())
    hours = "周一至周五 8点半到11:30"
    changed = village.post("/settings/opening_hours", {"value": hours}, by="li")
    assert changed.json == {"done": True, "approval": None}

    one = village.get("/settings/opening_hours", by="li").json

    assert (one["value"], one["changed"]["before"]) == ("周一至周五 08:30-11:30", "")
    assert village.get("/settings/mayor", by="li").status_code == 404
    assert village.post("/settings/opening_hours", {"value": "随时"}, by="li").status_code == 422
    asked = village.post("/settings/notice_days", {"value": "1"}, by="li").json
    assert asked["done"] is False and asked["approval"]["kind"] == "loosen_setting"


def test_an_entry_and_a_longer_log_are_proved(village: Village) -> None:
    village.scan()
    told = village.get("/ledger/proofs/inclusion?index=1", by="li").json
    leaf, root, path = (bytes.fromhex(told["leaf"]), bytes.fromhex(told["root"]), told["path"])
    hashes = [bytes.fromhex(one) for one in path]

    assert merkle.included(leaf, 1, told["size"], hashes, root)
    assert not merkle.included(leaf, 0, told["size"], hashes, root)
    grown = village.get("/ledger/proofs/consistency?first=2", by="li").json
    old, new = bytes.fromhex(grown["first_root"]), bytes.fromhex(grown["second_root"])
    assert new == root
    assert merkle.consistent(2, grown["second"], old, new, [bytes.fromhex(one) for one in grown["path"]])
    assert village.get(f"/ledger/proofs/inclusion?index={told['size']}", by="li").status_code == 404
    assert village.get("/ledger/proofs/consistency?first=2&second=999999", by="li").status_code == 404


def test_what_a_rule_finds_wrong_names_the_field(village: Village) -> None:
    for path, body, field in (
        ("/settings/notice_days", {"value": "很久"}, "value"),
        ("/settings/opening_hours", {"value": "随时"}, "value"),
        (
            "/participants/0101/split",
            {"code": "9001", "name": "王小明", "people": 99, "decision": "决议"},
            "people",
        ),
    ):
        refused = village.post(path, body, by="li")
        assert refused.status_code == 422 and refused.json["errors"][0]["field"] == field, refused.text
        assert refused.json["errors"][0]["detail"] == refused.json["detail"]
