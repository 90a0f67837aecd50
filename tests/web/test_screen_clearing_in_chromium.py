"""A minute without a touch, in a browser whose clock is driven: the data are gone, Back brings nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.builders import VILLAGE, Chayuan
from tests.scoring.counter import adopt
from tests.web.test_in_chromium import chromium, clock, complaints, home, page, scan, sign_in

__all__ = ["chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser

NAME = "王建国"
Step = Callable[[Page, str, str], None]


@pytest.fixture
def card(village: Chayuan) -> str:
    village.give(village.wang, 60)
    return f"http://village.test/c/{village.card(village.wang).token}"


@pytest.fixture
def desk(page: Page, home: str, village: Chayuan) -> str:
    """The site as 陈 uses it, with a clock that the test drives."""
    adopt(village)
    place = sign_in(page, home, "chen")
    page.clock.install()
    return place


def at_desk(page: Page, place: str, card: str) -> None:
    """The card is scanned at the desk."""
    page.goto(f"{place}/reception")
    scan(page, card, ".acts")


def at_file(page: Page, place: str, card: str) -> None:
    """The file is opened from there."""
    at_desk(page, place, card)
    page.click(".acts >> text=完整档案")
    page.wait_for_selector("h2:text-is('明细')")


def at_goods(page: Page, place: str, card: str) -> None:
    """The till, the card just scanned."""
    page.goto(f"{place}/till")
    scan(page, card, "#basket")


def at_receipt(page: Page, place: str, card: str) -> None:
    """A sale was made."""
    at_goods(page, place, card)
    page.fill("#q-rice", "1")
    page.click(".bar [type=submit]")
    page.click("button[name=confirmed]")
    page.wait_for_selector("text=兑换完成")


def at_counter(page: Page, place: str, card: str) -> None:
    """What is brought to the counter is about to be entered."""
    page.goto(f"{place}/counter")
    scan(page, card, ".customer")


def at_pins(page: Page, place: str, card: str) -> None:
    """A PIN is about to be set."""
    page.goto(f"{place}/pins")
    scan(page, card, "#pin")


PAGES: dict[str, Step] = {
    "desk": at_desk,
    "file": at_file,
    "goods": at_goods,
    "receipt": at_receipt,
    "counter": at_counter,
    "pins": at_pins,
}


@pytest.mark.parametrize(
    "step",
    [one if one in ("desk", "receipt") else pytest.param(one, marks=pytest.mark.full) for one in PAGES],
)
def test_a_minute_without_a_touch_takes_the_data_off_the_screen(
    page: Page, desk: str, card: str, step: str, complaints: list[str]
) -> None:
    PAGES[step](page, desk, card)
    opened = page.url
    page.clock.run_for(44_000)
    assert page.query_selector(".clearing-soon") is None
    page.clock.run_for(2_000)
    expect(page.locator(".clearing-soon")).to_contain_text("15秒后收起")

    # One touch keeps it for another minute.
    page.mouse.move(100, 200)
    page.clock.run_for(44_000)
    assert page.url == opened and NAME in page.inner_text("main")

    page.clock.run_for(17_000)
    page.wait_for_selector("text=上一户的资料已经收起")
    assert NAME not in page.locator("main").inner_text()
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert NAME not in page.locator("body").inner_text()
    assert complaints == []


def test_words_half_typed_go_with_a_word_and_what_was_kept_for_back_is_asked_for_anew(
    page: Page, desk: str, card: str
) -> None:
    at_desk(page, desk, card)
    page.click(".acts >> text=申报好事")
    page.fill("#words", "清了村口的沟")
    page.clock.run_for(61_000)
    page.wait_for_selector("text=没有提交的内容没有保存")

    at_desk(page, desk, card)
    # As a browser does that keeps whole pages for Back: what it keeps is emptied first.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert page.inner_text("body") == ""
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert page.url.startswith(f"{desk}/reception/0101")


def test_a_page_of_the_staff_s_own_work_stays(page: Page, desk: str) -> None:
    page.goto(f"{desk}/roster/0101")
    page.clock.run_for(300_000)

    assert page.url == f"{desk}/roster/0101" and NAME in page.inner_text("main")
    assert VILLAGE in page.url


def test_a_scan_at_one_household_s_page_leads_to_the_next(
    page: Page, desk: str, card: str, village: Chayuan
) -> None:
    at_desk(page, desk, card)
    scan(page, f"http://village.test/c/{village.card(village.zeng).token}", "h1:text-is('曾䶮')")

    page.go_back()
    page.wait_for_load_state()
    assert NAME not in page.locator("body").inner_text()
