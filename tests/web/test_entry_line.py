"""The entry line asks before it saves, and a script is told in sentences what a page would show."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import households, scoring, villages
from pointsbank.scoring import ScoreRow
from pointsbank.web.pages.meeting_entry import LATEST
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser
from tests.web.test_group_leaders import lead

AUGUST = date(2026, 8, 20)
SCRIPT = {"Accept": "application/json"}
ID = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


@pytest.fixture
def meeting(village: Chayuan) -> str:
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    return str(village.write(scoring.open_meeting, **held).id)


def send(browser: Browser, address: str, **fields: Any) -> TestResponse:
    """As the page's script sends it."""
    token = browser.token or (browser.get(f"/v/{VILLAGE}/meetings") and browser.token)
    return browser.client.post(
        f"/v/{VILLAGE}/meetings/{address}", data={"csrf_token": token, **fields}, headers=SCRIPT
    )


def foresee(browser: Browser, meeting: str, codes: str, **more: str) -> TestResponse:
    return send(browser, f"{meeting}/foresee", codes=codes, **{"occurred_on": str(AUGUST), **more})


def save(browser: Browser, meeting: str, codes: str, item: str, **more: str) -> TestResponse:
    given = {"request_id": ID, "codes": codes, "item": item, "occurred_on": str(AUGUST), **more}
    return send(browser, f"{meeting}/scores", **given)


def test_a_merged_household_is_named_with_where_it_went(li: Browser, village: Chayuan, meeting: str) -> None:
    given = {"participant": "0101", "heir": "0102", "decision": "村委会议", "request_id": "merge-0101"}
    village.write(households.close, **given)
    seen = foresee(li, meeting, "0101", item="清扫").json

    assert (seen["ended"], seen["wrong"]) == (True, "户号0101已经并入0102王建国，请记到这一户。")


def test_a_deed_of_a_closed_month_is_offered_as_entered_late(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    with village.database.writing() as session:
        villages.mark_closed(session, village=VILLAGE, month="2026-08", at=NOW)
    late = "那个月已经月结：这是补录，计入2026年9月。"

    assert late in foresee(li, meeting, "0101", item="清扫").json["said"]
    assert late not in foresee(li, meeting, "0101", item="清扫", occurred_on="2026-09-01").json["said"]


def test_whose_household_it_is_and_what_would_count_is_said_before(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    village.write(scoring.enter_scores, meeting=meeting, rows=[ScoreRow("0302", "助邻", AUGUST)])
    seen = foresee(li, meeting, "oyb", item="清扫").json

    assert seen["household"] == {"code": "0302", "name": "欧阳犇", "group": "三组", "kind": "household"}
    assert seen["said"] == [
        "这次评议会已经记了1条：邻里帮扶+10。",
        "每月最多12分，还有12分。",
        "录入后计+5分。",
    ]
    assert (seen["asks"], seen["doubt"], seen["wrong"]) == ("", "", "")


def test_a_scanned_card_and_several_namesakes_are_settled_as_in_every_box(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    card = village.card(village.shan)

    assert foresee(li, meeting, f"http://village.test/c/{card.token}").json["household"]["code"] == "0203"
    namesakes = foresee(li, meeting, "wjg")
    assert namesakes.status_code == 422
    assert [one["code"] for one in namesakes.json["offers"]["codes"]] == ["0101", "0102", "D01"]
    assert foresee(li, meeting, "没有这个人").status_code == 422


def test_a_doubled_deed_is_asked_about_and_saved_once_it_was_meant(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    saved = save(li, meeting, "0302", "助邻")
    again = save(li, meeting, "0302", "助邻")
    other = save(li, meeting, "0302", "助邻", request_id=ID[::-1])
    meant = save(li, meeting, "0302", "助邻", request_id=ID[::-1], confirmed="1")

    assert saved.json["message"].startswith("已录入1条：0302 欧阳犇")
    # The answer was lost and the same was sent again.
    assert again.json["message"] == saved.json["message"]
    assert (other.status_code, other.json["code"]) == (422, "rows_in_doubt")
    assert "已经记过（第1条）" in other.json["sentences"][0]
    assert meant.status_code == 200
    assert len(village.read(scoring.scores, meeting=meeting)) == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"item": "志愿"}, "请填写数量（单位：小时），应大于0。"),
        ({"item": "庭院", "points": "50"}, "分值应在5至10分之间，填的是50分。"),
        ({"item": "庭院", "points": "很多"}, "请填数字，最多两位小数"),
        ({"item": "助邻", "occurred_on": "2027-01-01"}, "还没有到"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_written(
    li: Browser, village: Chayuan, meeting: str, given: dict[str, str], sentence: str
) -> None:
    refused = save(li, meeting, "0302", **given)

    assert refused.status_code == 422
    assert sentence in refused.json["sentences"][0]
    assert village.read(scoring.scores, meeting=meeting) == []


def test_two_people_see_each_other_s_lines_and_take_back_one(
    app: Flask, li: Browser, village: Chayuan, meeting: str
) -> None:
    village.write(scoring.enter_scores, meeting=meeting, rows=[ScoreRow("0101", "助邻", AUGUST)])
    save(li, meeting, "0302", "清扫")
    address = f"/v/{VILLAGE}/meetings/{meeting}/lines"
    mine, other = li.get(address).json["lines"]
    undone = li.client.post(mine["undo"], data={"csrf_token": li.token}, headers=SCRIPT)

    assert (mine["mine"], mine["name"], mine["counted"]) == (True, "欧阳犇", "+5")
    assert (other["mine"], other["number"]) == (False, 1)
    assert undone.status_code == 200
    assert [one["undo"] == "" for one in li.get(address).json["lines"]] == [True, False]


def test_only_items_that_apply_to_the_household_are_offered(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    offered = li.get(f"/v/{VILLAGE}/find-items?q=&kind=household").json["items"]

    assert "助邻" in {one["code"] for one in offered}
    assert "否决" not in {one["code"] for one in offered}


def test_who_leads_a_group_foresees_and_sees_his_own_alone(
    app: Flask, village: Chayuan, meeting: str
) -> None:
    village.write(scoring.enter_scores, meeting=meeting, rows=[ScoreRow("0302", "助邻", AUGUST)])
    lead(village, village.read(villages.group_by_name, name="一组").id)
    leader = Browser(app).sign_in("qian")

    assert foresee(leader, meeting, "0302").status_code == 422
    assert foresee(leader, meeting, "0101").status_code == 200
    assert leader.get(f"/v/{VILLAGE}/meetings/{meeting}/lines").json["lines"] == []


def test_who_leads_a_group_keeps_own_lines_in_sight_whatever_others_enter(
    app: Flask, village: Chayuan, meeting: str
) -> None:
    lead(village, village.read(villages.group_by_name, name="一组").id)
    leader = Browser(app).sign_in("qian")
    save(leader, meeting, "0101", "清扫")
    rows = [ScoreRow("0302", "助邻", AUGUST, note=str(number)) for number in range(LATEST + 1)]
    village.write(scoring.enter_scores, meeting=meeting, rows=rows)

    lines = leader.get(f"/v/{VILLAGE}/meetings/{meeting}/lines").json["lines"]
    assert [(one["code"], one["mine"]) for one in lines] == [("0101", True)]


def test_what_may_be_the_same_deed_is_offered_and_counts_once(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    save(li, meeting, "0302", "清扫")

    seen = foresee(li, meeting, "0302", item="助邻").json
    [deed] = seen["deeds"]
    chosen = foresee(li, meeting, "0302", item="助邻", same_deed=deed["id"]).json
    saved = save(li, meeting, "0302", "助邻", request_id=ID[::-1], same_deed=deed["id"])

    assert deed["name"] == "与第1条是同一件事：参加环境清扫+5"
    assert chosen["said"][-1] == "录入后计+5分：同一件事，按最高的一项计（第1条已计5分），再计5分。"
    assert "再计5分" in saved.json["message"]
    first = village.read(scoring.scores, meeting=meeting)[0]
    gone = send(li, f"{meeting}/scores/{first.id}/withdraw").json["message"]
    assert gone == "已撤回这一条。同一件事的第2条“邻里帮扶”只计了+5，要按它计，请撤回再录。"


def test_no_faults_may_be_left_empty_on_the_line(li: Browser, village: Chayuan, meeting: str) -> None:
    seen = foresee(li, meeting, "0302", item="宅旁").json

    assert (seen["asks"], seen["may_be_empty"]) == ("quantity", True)
    assert seen["said"][-1] == "录入后计+25分。"
    assert save(li, meeting, "0302", "宅旁").status_code == 200
    assert save(li, meeting, "0301", "宅旁", request_id=ID[::-1], quantity="0").status_code == 200
    assert [one.counted_points for one in village.read(scoring.scores, meeting=meeting)] == [2500, 2500]
