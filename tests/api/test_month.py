"""The village's month over the API: each route once, as it is meant."""

from datetime import date

from pointsbank import proof
from tests.api.scene import NOW, Village, enter, later, open_meeting


def test_a_token_sees_its_own_villages(village: Village) -> None:
    assert village.get("/api/v1/villages").json == {
        "items": [{"code": "chayuan", "name": "茶源村"}],
        "next": None,
    }
    assert len(village.get("/api/v1/villages", by="county").json["items"]) == 2


def test_participants_are_listed_with_what_they_hold(village: Village) -> None:
    listed = village.get("/participants?limit=3").json

    assert [one["code"] for one in listed["items"]] == ["0101", "0102", "0201"]
    assert listed["items"][1]["balance"] == 20.5
    assert listed["items"][0]["group"] == "一组"


def codes(village: Village, query: str) -> list[str]:
    """Whom a search finds."""
    return [one["code"] for one in village.get(f"/participants?{query}").json["items"]]


def test_participants_are_found_by_pinyin_initials_by_group_and_by_kind(village: Village) -> None:
    assert codes(village, "query=wjg") == ["0101", "0102", "D01"]
    assert codes(village, "group=二组") == ["0201", "0202", "0203"]
    assert codes(village, "kind=party_branch") == ["Z01"]


def test_a_participant_is_shown_under_its_code(village: Village) -> None:
    shown = village.get("/participants/0102").json

    assert shown == {
        "code": "0102",
        "name": "王建国",
        "kind": "household",
        "group": "一组",
        "people": 3,
        "status": "active",
        "balance": 20.5,
        "honour": 20.5,
    }


def test_points_are_written_without_trailing_zeros(village: Village) -> None:
    assert '"balance":100,' in village.get("/participants/0101").text
    assert '"balance":20.5,' in village.get("/participants/0102").text


def test_the_items_in_force_are_listed_with_shape_and_label(village: Village) -> None:
    listed = village.get("/items").json

    assert [(one["code"], one["shape"], one["label"]) for one in listed["items"]] == [
        ("A1", "fixed", "+5，每月最多10分"),
        ("A2", "range", "+5至10"),
        ("A3", "per_unit", "+2/小时，可在柜台登记，每户每天最多100分"),
        ("B1", "fixed", "−5"),
    ]
    assert listed["next"] is None


def test_a_scan_gives_the_household_and_a_ticket(village: Village) -> None:
    scan = village.scan()

    assert scan.status_code == 201
    assert scan.json["participant"] == {"code": "0101", "name": "王建国", "group": "一组"}
    assert (scan.json["balance"], scan.json["honour"]) == (100, 100)
    assert scan.json["expires_at"] == "2026-09-01T02:02:00Z"


def test_a_sale_is_made_once_repeated_and_taken_back(village: Village) -> None:
    sale = village.sale()
    made, again = village.post("/redemptions", sale), village.post("/redemptions", sale)
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json["status"] == "completed" and made.json["total"] == 5 and made.json["balance"] == 95
    assert again.json == {**made.json, "status": "replayed"}

    undo = {"request_id": village.request_id(), "reason": "拿错了"}
    place = f"/redemptions/{made.json['id']}/reversal"
    undone, undone_again = village.post(place, undo), village.post(place, undo)
    assert (undone.status_code, undone_again.status_code) == (201, 200)
    assert undone.json["balance"] == 100
    assert undone_again.json == {**undone.json, "status": "replayed"}
    assert village.get("/goods").json["items"][0]["stock"] == 30


def test_a_statement_has_running_balances_newest_first(village: Village) -> None:
    village.post("/redemptions", village.sale())

    lines = village.get("/participants/0101/statement").json["items"]

    assert [(line["kind"], line["amount"], line["balance"]) for line in lines] == [
        ("redemption", -5, 95),
        ("opening", 100, 100),
    ]
    words = lines[0]["words"]
    assert words["sentence"] == "王建国：兑换 肥皂×1" and words["participant"] == "0101"
    assert words["lines"] == [{"goods": "G01", "quantity": 1, "points": 5}]


def test_honour_has_a_statement_of_its_own(village: Village) -> None:
    village.post("/redemptions", village.sale())

    assert len(village.get("/participants/0101/statement?unit=honour").json["items"]) == 1


def test_goods_are_listed_with_price_and_stock(village: Village) -> None:
    more = {"category": "", "limit_per_month": None, "active": True}
    assert village.get("/goods").json["items"] == [
        {"code": "G01", "name": "肥皂", "spec": "1块", "points": 5, "stock": 30, **more},
        {"code": "G02", "name": "大米", "spec": "5公斤", "points": 45, "stock": 1, **more},
    ]


def test_stock_comes_in_and_spoils_by_the_kind_of_move(village: Village) -> None:
    move = {"request_id": village.request_id(), "kind": "received", "quantity": 3, "note": "捐来的"}
    came, again = village.post("/goods/G02/stock-moves", move), village.post("/goods/G02/stock-moves", move)
    spoiled = {"request_id": village.request_id(), "kind": "spoiled", "quantity": 2, "note": "受潮"}
    went = village.post("/goods/G02/stock-moves", spoiled)

    assert (came.status_code, came.json["stock"]) == (201, 4)
    assert (again.status_code, again.json["status"], again.json["stock"]) == (200, "replayed", 4)
    assert (went.json["quantity"], went.json["stock"]) == (2, 2)


def test_scores_are_entered_by_item_quantity_or_judgement(village: Village) -> None:
    meeting = open_meeting(village)

    assert enter(village, meeting)["points"] == 5
    assert enter(village, meeting, item="A2", points=7.5)["points"] == 7.5
    assert enter(village, meeting, item="A3", quantity=4)["points"] == 8
    assert enter(village, meeting, item="B1", note="门口")["points"] == -5
    assert village.get(f"/meetings/{meeting}", by="li").json["scores"] == 4


def test_a_score_sent_twice_is_entered_once(village: Village) -> None:
    meeting, same = open_meeting(village), village.request_id()

    first, again = enter(village, meeting, request_id=same), enter(village, meeting, request_id=same)

    assert (first["status"], again["status"], first["state"]) == ("completed", "replayed", "entered")
    assert again["id"] == first["id"]
    assert village.get("/meetings", by="li").json["items"][0]["scores"] == 1


def test_what_nobody_contests_is_posted_once_after_the_notice(village: Village) -> None:
    meeting = open_meeting(village)
    enter(village, meeting)
    contested = enter(village, meeting, item="A2", points=6)
    notice = village.post(f"/meetings/{meeting}/close", by="li").json
    body = {"raised_by": "村民", "reason": "那天不在家"}
    objection = village.post(f"/scores/{contested['id']}/objections", body, by="chen")
    assert objection.status_code == 201
    hung = village.post(f"/notices/{notice['id']}/hangings", {"place": "村务公开栏"}, by="li")
    assert (hung.status_code, hung.json["number"], hung.json["hung_on"]) == (201, 1, "2026-09-01")
    with later(4):
        settled = village.post(f"/notices/{notice['id']}/settle", {}, by="li").json
        again = village.post(f"/notices/{notice['id']}/settle", by="li").json
        decision = {"upheld": False, "reason": "有照片为证"}
        decided = village.post(f"/objections/{objection.json['id']}/decision", decision, by="zhao")
        held = village.get("/participants/0201").json

    assert (settled["posted"], settled["contested"], settled["already"]) == (1, 1, False)
    assert (again["posted"], again["already"]) == (0, True)
    assert (decided.status_code, decided.json["status"]) == (200, "rejected")
    assert (held["balance"], held["honour"]) == (11, 11)


def test_notices_are_listed_newest_first(village: Village) -> None:
    notice = village.post(f"/meetings/{open_meeting(village)}/close", by="li").json
    assert (notice["status"], notice["days"], notice["hung_on"], notice["ends_on"]) == ("open", 3, None, None)
    for place in ("村务公开栏", "一组路口"):
        body = {"place": place, "hung_on": "2026-09-01"}
        assert village.post(f"/notices/{notice['id']}/hangings", body, by="li").status_code == 201

    (notice,) = village.get("/notices", by="zhao").json["items"]
    hangings = village.get(f"/notices/{notice['id']}/hangings", by="zhao").json["items"]

    assert (notice["status"], notice["hung_on"], notice["ends_on"]) == ("open", "2026-09-01", "2026-09-04")
    assert [one["place"] for one in hangings] == ["村务公开栏", "一组路口"]


def test_a_board_is_shown_without_a_black_board_nobody_resolved(village: Village) -> None:
    board = village.get("/boards/2026-09").json

    assert (board["month"], board["closed"], board["red"], board["black"]) == ("2026-09", False, [], None)


def test_transactions_are_listed_with_their_postings(village: Village) -> None:
    village.post("/redemptions", village.sale())

    listed = village.get("/ledger/transactions", by="zhao").json["items"]

    assert [one["kind"] for one in listed] == ["redemption", "opening", "opening"]
    assert listed[0]["postings"] == [
        {
            "source": {"kind": "participant", "participant": "0101"},
            "destination": {"kind": "market", "participant": None},
            "unit": "points",
            "amount": 5,
        }
    ]
    assert (listed[0]["actor"], listed[1]["words"]["sentence"]) == ("chen", "王建国：期初积分")
    assert len(listed[0]["leaf"]) == 64


def test_a_closed_month_has_an_anchor_with_thirty_digits(village: Village) -> None:
    assert village.get("/ledger/anchors", by="zhao").json == {"items": [], "next": None}
    with later(40), village.database.writing() as session:
        proof.close_month(
            session, village="chayuan", month="2026-09", by="li", at=NOW.replace(month=10, day=11)
        )

    (anchor,) = village.get("/ledger/anchors", by="zhao").json["items"]

    assert anchor["month"] == "2026-09" and anchor["digits"].isdigit() and len(anchor["digits"]) == 30
    assert date.fromisoformat(anchor["made_at"][:10]) == date(2026, 10, 11)
