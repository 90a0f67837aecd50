"""The month on pages: meeting, notice, objection, settling, boards."""

import html
import re

import pytest
from flask import Flask
from time_machine import Traveller
from werkzeug.test import TestResponse

from pointsbank import scoring
from pointsbank.points import whole
from pointsbank.web.bound import new_request_id
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, hidden, list_rows, words

HOME = f"/v/{VILLAGE}"
MEETING = {"title": "八月评议会", "held_on": "2026-08-31", "judges": "李会计、老支书"}
DEED = {"item": "助邻", "occurred_on": "2026-08-20"}


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


def open_meeting(li: Browser) -> TestResponse:
    return li.follow(li.post(f"{HOME}/meetings", **MEETING))


def enter(li: Browser, meeting: TestResponse, codes: str, **more: str) -> TestResponse:
    fields = {"request_id": hidden(meeting, "request_id"), "codes": codes, **DEED, **more}
    return li.post(f"{meeting.request.path}/scores", **fields)


def close(li: Browser, meeting: TestResponse) -> TestResponse:
    """End a meeting, and hang its notice."""
    notice = li.follow(li.post(f"{meeting.request.path}/close"))
    hung = {"place": hidden(notice, "place"), "hung_on": hidden(notice, "hung_on")}
    return li.follow(li.post(f"{notice.request.path}/hangings", **hung))


def test_rules_page_and_item_list_show_what_each_shape_counts(li: Browser, village: Chayuan) -> None:
    rules, meeting = words(li.get(f"{HOME}/scheme")), words(open_meeting(li))

    for shown in (
        "满10小时1分，满20小时2分，满50小时5分",
        "每100计1分（满1000后每400计1分）",
        "满分25，每处扣5",
    ):
        assert shown in rules
        assert shown in meeting


def test_the_rules_page_offers_the_import_template(li: Browser, village: Chayuan) -> None:
    assert f"{HOME}/scheme/template.csv" in words(li.get(f"{HOME}/scheme"))

    assert li.get(f"{HOME}/scheme/template.csv").data == scoring.scheme_template()


def test_one_item_is_entered_for_several_households_at_once(li: Browser, village: Chayuan) -> None:
    meeting = open_meeting(li)

    page = li.follow(enter(li, meeting, "0101 0102、0201"))

    assert "已录入3条" in words(page)
    assert len(village.read(scoring.scores)) == 3


def test_the_same_entry_sent_twice_scores_once(li: Browser, village: Chayuan) -> None:
    meeting = open_meeting(li)

    assert enter(li, meeting, "0101").status_code == enter(li, meeting, "0101").status_code == 303

    assert len(village.read(scoring.scores)) == 1


def test_a_wrong_row_writes_none_and_keeps_what_was_typed(li: Browser, village: Chayuan) -> None:
    refused = enter(li, open_meeting(li), "0101 9999", note="雨天也来")

    assert refused.status_code == 422
    assert hidden(refused, "codes") == "0101 9999"
    assert 'value="雨天也来"' in words(refused)
    assert village.read(scoring.scores) == []


def test_what_was_typed_by_hand_is_answered_by_household_and_not_by_rows(li: Browser) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101 0102")

    asked = enter(li, meeting, "0101 0201 0102", request_id=new_request_id())
    shown = words(asked)
    assert asked.status_code == 422 and "有2处要先核对，一条也没有录入" in shown
    assert "0101：条目：0101王建国的“邻里帮扶”" in shown
    assert "表里有" not in shown and "行“" not in shown and "再导入" not in shown


def test_a_judge_s_household_is_typed_beside_the_name_and_recused(li: Browser, village: Chayuan) -> None:
    begun = li.post(f"{HOME}/meetings", **MEETING | {"judges": "王建国 0101、老支书"})
    meeting = li.follow(begun)
    entered = li.follow(enter(li, meeting, "0101 0303"))

    [his] = [one for one in village.read(scoring.scores) if one.code == "0101"]
    assert "王建国" in his.recused and "已录入2条" in words(entered)
    assert "回避" in words(li.get(f"{HOME}/scores/{his.id}"))
    [other] = [one for one in village.read(scoring.scores) if one.code == "0303"]
    assert other.recused == ""


def test_a_bad_date_is_said_beside_its_field(li: Browser) -> None:
    refused = li.post(f"{HOME}/meetings", **{**MEETING, "held_on": "2026-02-30"})

    assert refused.status_code == 422
    assert 'id="held_on-wrong"' in words(refused)
    assert 'value="八月评议会"' in words(refused)


def test_the_same_deed_is_asked_about_before_it_counts_again(li: Browser, village: Chayuan) -> None:
    meeting = open_meeting(li)
    fields = {"item": "助邻", "occurred_on": "2026-08-20", "codes": "0101"}

    def enter(**more: str) -> TestResponse:
        return li.post(f"{meeting.request.path}/scores", request_id=new_request_id(), **fields, **more)

    assert enter().status_code == 303
    asked = enter()
    assert asked.status_code == 422 and "这次评议会已经记过（第1条）" in words(asked)
    assert "已核对，确实又有一次" in words(asked) and len(village.read(scoring.scores)) == 1
    assert enter(note="另一家的稻").status_code == 303
    assert enter(confirmed="1").status_code == 303
    assert len(village.read(scoring.scores)) == 3


def test_a_score_may_be_struck_out_until_the_meeting_closes(li: Browser, village: Chayuan) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101")
    [score] = village.read(scoring.scores)

    page = li.follow(li.post(f"{meeting.request.path}/scores/{score.id}/withdraw"))

    assert "已撤回" in words(page)


def test_an_objection_freezes_its_entry_only_and_the_rest_is_posted_once(
    app: Flask, li: Browser, village: Chayuan, clock: Traveller
) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101 0102")
    notice = close(li, meeting)
    contested = village.read(scoring.scores)[0]
    path = f"{HOME}/scores/{contested.id}"
    li.post(f"{path}/objections", raised_by="买买提·艾力", reason="那天他不在村里")
    assert li.post(f"{notice.request.path}/settle").status_code == 409

    clock.shift(4 * 24 * 3600)
    li.sign_in("li")
    assert "已入账1条，另有1条有异议" in words(li.follow(li.post(f"{notice.request.path}/settle")))
    assert "没有重复入账" in words(li.follow(li.post(f"{notice.request.path}/settle")))
    zhao = Browser(app).sign_in("zhao")
    answer = {"verdict": "rejected", "reason": "照片为证"}
    outlook = re.search(r'action="([^"]+/decision/outlook)"', words(zhao.get(path)))
    assert outlook is not None
    decision = re.search(r'formaction="([^"]+/decision)"', words(zhao.post(outlook[1], **answer)))
    assert decision is not None
    zhao.post(decision[1], **answer)

    assert village.balance(village.wang).points == whole(10)
    assert village.balance(village.namesake).points == whole(10)


def test_words_of_an_objection_that_comes_too_late_are_shown_again(li: Browser, village: Chayuan) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101")
    close(li, meeting)
    [score] = village.read(scoring.scores)
    path = f"{HOME}/scores/{score.id}/objections"
    li.post(path, raised_by="买买提·艾力", reason="那天他不在村里")

    # The page offers no objection while one waits: there is no field for these words any more.
    refused = li.post(path, raised_by="李秀英", reason="我家那天也去了")

    assert refused.status_code == 409
    assert "您刚才填写的，没有保存" in words(refused)
    assert "李秀英" in words(refused) and "我家那天也去了" in words(refused)


def test_an_empty_objection_is_said_beside_its_fields(li: Browser, village: Chayuan) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101")
    close(li, meeting)
    [score] = village.read(scoring.scores)

    refused = li.post(f"{HOME}/scores/{score.id}/objections", raised_by=" ", reason="")

    assert refused.status_code == 422
    assert len(re.findall(r'-wrong">请填写这一项。', words(refused))) == 2
    assert "没有保存" not in words(refused)


def test_a_month_is_closed_on_its_page_and_shows_its_digits(
    app: Flask, li: Browser, village: Chayuan, clock: Traveller
) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101")
    notice = close(li, meeting)
    clock.shift(4 * 24 * 3600)
    li.sign_in("li")
    board = f"{HOME}/boards/2026-08"
    early = li.post(f"{board}/close", heeded="1")
    assert (early.status_code, "条评分还没有入账" in words(early)) == (409, True)
    waiting = f"{HOME}/lists/scores?month=2026-08&status=published"
    assert f'href="{waiting}"' in html.unescape(words(li.get(f"{board}/close")))
    assert list_rows(li.get(waiting)).count("0101") == 1

    li.post(f"{notice.request.path}/settle")
    unread = li.post(f"{board}/close")
    assert (unread.status_code, "红榜上一户也没有" in words(unread)) == (409, True)
    asked = li.follow(li.post(f"{board}/close", heeded="1"))
    assert "未月结" in words(li.get(board))
    chen = Browser(app).sign_in("chen")
    chen.post(f"{asked.request.path}/confirmation")
    closed = li.get(board)

    assert "已月结" in words(closed)
    assert re.search(r"(\d{5} ){5}\d{5}", words(closed))
    poster = li.get(f"{HOME}/print/poster-2026-08.pdf")
    assert poster.data.startswith(b"%PDF")


def test_a_red_listing_is_proposed_and_voted_up(li: Browser) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101")
    board = f"{HOME}/boards/2026-08"

    page = li.follow(li.post(f"{board}/red"))

    assert "没有新的提名" in words(page)


def test_the_black_board_is_off_until_a_resolution_is_recorded(li: Browser) -> None:
    board = f"{HOME}/boards/2026-08"
    black = {"participant": "0101", "rule": "乱堆", "fact": "门前堆放垃圾，两次提醒未清理"}
    assert li.post(f"{board}/black", **black).status_code == 409

    refused = li.post(f"{board}/resolution", resolution="", on="2026-08-20")
    recorded = li.post(f"{board}/resolution", resolution="村民代表会议第3号决议", on="2026-08-20")
    assert (refused.status_code, "2026年8月红黑榜" in words(refused)) == (422, True)
    assert recorded.headers["Location"].endswith(board)
    proposed = li.follow(li.post(f"{board}/black", **black))
    too_early = li.post(f"{proposed.request.path}/vote", votes_for="9", votes_against="1", on="2026-09-01")

    assert too_early.status_code == 409
    assert "告知" in words(too_early)


def test_a_fact_of_nothing_outward_is_read_again_and_answered_for(li: Browser) -> None:
    board = f"{HOME}/boards/2026-08"
    li.post(f"{board}/resolution", resolution="村民代表会议第3号决议", on="2026-08-20")
    unusual = {"participant": "0101", "rule": "乱堆", "fact": "正午在居民区放礼花"}
    tick = 'name="outward"'

    assert tick not in words(li.get(board))
    refused = li.post(f"{board}/black", **unusual)
    assert refused.status_code == 422
    assert (tick in words(refused), unusual["fact"] in words(refused)) == (True, True)
    assert li.post(f"{board}/black", **unusual, outward="1").status_code == 303


def test_who_keeps_the_shop_sees_what_hangs_and_nothing_that_was_proposed(
    app: Flask, li: Browser, village: Chayuan
) -> None:
    board = f"{HOME}/boards/2026-08"
    li.post(f"{board}/resolution", resolution="村民代表会议第3号决议", on="2026-08-20")
    fact = "门前堆放垃圾，两次提醒未清理"
    listing = li.post(f"{board}/black", participant="0101", rule="乱堆", fact=fact).headers["Location"]
    chen = Browser(app).sign_in("chen")

    assert fact in words(li.get(board))
    assert fact not in words(chen.get(board))
    assert chen.get(listing).status_code == 404
