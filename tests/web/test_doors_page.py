"""What had no page before: a red entry by choice, carry-over, goods off the shelf, a gift."""

from flask import Flask
from time_machine import Traveller

from pointsbank import boards, market
from tests.builders import HANDED, NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"
FACT = "门前堆放建筑垃圾，经两次提醒未清理"


def test_a_household_is_proposed_for_the_red_board_by_choice(village: Chayuan, browser: Browser) -> None:
    month = f"{HOME}/boards/2026-08"
    browser.sign_in("li")

    shown = words(browser.follow(browser.post(f"{month}/red/chosen", participants="0101、0302")))

    assert "已提名2户，请逐户表决。" in shown
    assert browser.post(f"{month}/red/chosen", participants="9999").status_code == 422
    found = village.read(boards.board, month="2026-08", at=NOW).listings
    assert {one.participant.code for one in found} == {"0101", "0302"}


def test_an_uncorrected_warning_is_carried_over(
    app: Flask, village: Chayuan, browser: Browser, clock: Traveller
) -> None:
    month = f"{HOME}/boards/2026-08"
    browser.sign_in("li")
    browser.post(f"{month}/resolution", resolution="第3号决议", on="2026-08-20")
    made = browser.post(f"{month}/black", participant="0302", rule="环境卫生公约第3条", fact=FACT)
    listing = made.headers["Location"]
    assert browser.post(f"{listing}/carry-over", month="2026-10").status_code == 409
    browser.post(f"{listing}/letter", on="2026-09-01", **HANDED)
    clock.shift(9 * 24 * 3600)
    zhao = Browser(app).sign_in("zhao")
    zhao.post(f"{listing}/visa")
    assert zhao.post(f"{listing}/vote", votes_for="5", votes_against="0", on="2026-09-10").status_code == 303

    li = Browser(app).sign_in("li")
    assert "结转到以后的月份" in words(li.get(listing))
    assert li.post(f"{listing}/carry-over", month="2026-08").status_code == 422
    carried = li.post(f"{listing}/carry-over", month="2026-10")

    assert "请重新送达告知书" in words(li.follow(carried))
    [later] = village.read(boards.board, month="2026-10", at=NOW).listings
    assert (later.participant.code, later.fact) == ("0302", FACT)


def test_goods_go_off_the_shelf_and_come_back(app: Flask, village: Chayuan, browser: Browser) -> None:
    rice = f"{HOME}/goods/rice"
    browser.sign_in("li").post(f"{rice}/off-shelf")

    assert "已下架" in words(browser.get(rice))
    assert [one.code for one in village.read(market.goods_list, at=NOW)] == ["soap"]
    assert "下架" in words(browser.get(f"{HOME}/log?kind=goods_described"))
    assert "已重新上架" in words(browser.follow(browser.post(f"{rice}/on-shelf")))
    assert [one.code for one in village.read(market.goods_list, at=NOW)] == ["rice", "soap"]
    assert Browser(app).sign_in("chen").post(f"{rice}/off-shelf").status_code == 403


def test_a_gift_is_asked_for_on_the_file_and_waits(app: Flask, village: Chayuan, browser: Browser) -> None:
    browser.sign_in("li")
    assert browser.post(f"{HOME}/roster/0101/gift", points="0", reason="春节").status_code == 422
    asked = browser.post(f"{HOME}/roster/0101/gift", points="5", reason="村民代表会议决定，春节赠送")

    zhao = Browser(app).sign_in("zhao")
    assert "赠送5积分，可以兑换，不计荣誉、不上榜" in words(zhao.get(asked.headers["Location"]))
    zhao.post(f"{asked.headers['Location']}/confirmation")

    assert village.balance(village.wang).points == 500
