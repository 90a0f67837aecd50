"""The village's settings, groups and log as people see them."""

import re
from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import market, roster, villages
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, hidden, list_rows, words

SETTINGS, GROUPS, LOG = (f"/v/{VILLAGE}/{page}" for page in ("settings", "groups", "log"))


def test_a_setting_is_changed_on_a_page_that_says_what_will_happen(
    village: Chayuan, browser: Browser
) -> None:
    browser.sign_in("li")
    before = words(browser.get(f"{SETTINGS}/notice_days"))
    assert "从下一次公示起生效，正在公示的不变。" in before
    assert "1至60的整数" in before

    shown = words(browser.follow(browser.post(f"{SETTINGS}/notice_days", value="５")))

    assert "公示天数已改为5天。" in shown
    assert village.read(villages.settings).notice_days == 5
    assert "修改设置：公示天数：3天 → 5天" in list_rows(browser.get(f"{LOG}?kind=settings_changed"))


@pytest.mark.parametrize(
    ("name", "typed", "status"), [("notice_days", "61", 422), ("mayor", "1", 404), ("daily_limit", "", 303)]
)
def test_a_value_out_of_bounds_keeps_the_form(browser: Browser, name: str, typed: str, status: int) -> None:
    answer = browser.sign_in("li").post(f"{SETTINGS}/{name}", value=typed)

    assert answer.status_code == status
    assert status != 422 or 'value="61"' in words(answer)


def test_what_is_loosened_on_a_page_waits_for_somebody_else(
    app: Flask, village: Chayuan, browser: Browser
) -> None:
    browser.sign_in("sun")
    assert "放宽的先成为申请" in words(browser.get(f"{SETTINGS}/notice_days"))
    for name, typed in (("second_check_single", "100000"), ("notice_days", "1"), ("names_on_cards", "named")):
        asked = browser.follow(browser.post(f"{SETTINGS}/{name}", value=typed))
        assert "请另一位来确认" in words(asked)
        assert browser.post(f"{asked.request.path}/confirmation").status_code == 403
    assert browser.post(f"{SETTINGS}/notice_days", value="2").status_code == 409
    assert browser.post(f"{SETTINGS}/second_check_day", value="20").status_code == 303
    now = village.read(villages.settings)
    assert (now.second_check_single, now.notice_days, now.second_check_day) == (5000, 3, 2000)

    zhao = Browser(app).sign_in("zhao")
    assert "→ 写全名" in words(zhao.get(asked.request.path))
    # A list that is ticked in one go holds nothing that is to be thought about one by one.
    assert 'name="approval"' not in words(zhao.get(f"/v/{VILLAGE}/approvals"))
    zhao.post(f"{asked.request.path}/confirmation")
    assert village.read(villages.settings).names_on_cards == "named"
    assert "申请双人确认：放宽设置：积分卡上的姓名" in list_rows(zhao.get(LOG))


def test_the_supervisor_reads_settings_and_log_and_changes_nothing(app: Flask, village: Chayuan) -> None:
    zhao = Browser(app).sign_in("zhao")

    assert "公示天数" in words(zhao.get(SETTINGS))
    assert ">修改</a>" not in words(zhao.get(SETTINGS))
    assert zhao.get(LOG).status_code == 200
    assert zhao.post(f"{SETTINGS}/notice_days", value="5").status_code == 403
    assert Browser(app).sign_in("chen").get(LOG).status_code == 403


def test_a_group_is_made_renamed_and_closed_by_hand(village: Chayuan, browser: Browser) -> None:
    browser.sign_in("li")
    assert browser.post(GROUPS, name="四组").status_code == 303
    assert "设立小组：设立四组" in list_rows(browser.get(LOG))
    assert browser.post(GROUPS, name="四组").status_code == 409
    made = village.read(villages.group_by_name, name="四组")
    first = village.read(villages.group_by_name, name="一组")

    assert "不能撤销" in words(browser.get(f"{GROUPS}/{first.id}"))
    assert browser.post(f"{GROUPS}/{first.id}/close").status_code == 409
    assert browser.post(f"{GROUPS}/{made.id}/name", name="河东组").status_code == 303
    shown = words(browser.follow(browser.post(f"{GROUPS}/{made.id}/close")))

    assert "已撤销河东组。" in shown
    assert browser.get(f"{GROUPS}/{made.id}").status_code == 404


def test_the_log_says_each_kind_in_words_and_pages_back(village: Chayuan, browser: Browser) -> None:
    village.give(village.wang, 5)
    for _ in range(60):
        village.write(roster.issue, participants=[village.wang.id])
    browser.sign_in("zhao")

    newest = browser.get(LOG)
    oldest = browser.get(_next(newest))
    while "下一页" in words(oldest):
        oldest = browser.get(_next(oldest))

    assert "发卡：王建国" in list_rows(newest)
    assert "商品定价：新上架 rice 大米" in list_rows(oldest)
    assert browser.get(f"{LOG}?before=nonsense&kind=nonsense").status_code == 200


def _next(page: TestResponse) -> str:
    """The address of the page that follows in a list."""
    found = re.search(r'href="([^"]+)">下一页', words(page))
    assert found is not None
    return unescape(found[1])


def test_a_price_holds_from_the_day_that_is_typed(village: Chayuan, browser: Browser) -> None:
    browser.sign_in("li")
    page = f"/v/{VILLAGE}/goods/rice"

    assert browser.post(f"{page}/price", points="25", from_day="2026-08-31").status_code == 422
    browser.post(f"{page}/price", points="25", from_day="2026-10-01")
    assert browser.post(f"{page}/price", points="21", from_day="2026-09-01").status_code == 303

    shown = words(browser.get(page))
    assert "2026年10月1日00:00起" in shown
    assert [one.points for one in village.read(market.price_history, goods="rice")] == [2000, 2500, 2100]
    assert "商品定价：rice 25分，自2026年10月1日00:00起" in list_rows(browser.get(LOG))


def test_the_resolution_that_ends_the_black_board_is_recorded(browser: Browser) -> None:
    browser.sign_in("li")
    month = f"/v/{VILLAGE}/boards/2026-09"
    browser.post(f"{month}/resolution", resolution="第3号决议", on="2026-08-20")
    seen = {"participant": "0101", "rule": "HJ09", "fact": "柴草占道堆放，提醒后仍未搬走"}
    browser.post(f"{month}/black", **seen, seen_on="2026-09-01", days_up="30", outward="1")
    assert "还没有撤下的0条立即撤下，提名和待表决的1条撤回" in words(browser.get(month))

    assert browser.post(f"{month}/resolution/end", resolution="第9号决议", on="2026-08-01").status_code == 422
    browser.post(f"{month}/resolution/end", resolution="第9号决议", on="2026-09-01")

    assert "本村没有设黑榜" in words(browser.get(month))
    assert "取消黑榜：2026-09-01：第9号决议" in list_rows(browser.get(LOG))


def test_who_saw_another_value_is_asked_to_look_again(browser: Browser, village: Chayuan) -> None:
    page = f"{SETTINGS}/notice_days"
    opened = hidden(browser.sign_in("li").get(page), "seen")
    browser.post(page, value="5", seen=opened)

    refused = browser.post(page, value="7", seen=opened)

    assert refused.status_code == 409
    assert "被改成了5天" in words(refused) and 'value="7"' in words(refused)
    assert village.read(villages.settings).notice_days == 5
    assert browser.post(page, value="7", seen=hidden(refused, "seen")).status_code == 303
    assert village.read(villages.settings).notice_days == 7
