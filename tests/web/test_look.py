"""Large letters for a browser that asked, and every page measured in both modes as Chromium draws it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route

from tests.builders import VILLAGE, Chayuan
from tests.web import test_in_chromium
from tests.web.browser import Browser, words
from tests.web.every_page import Pages, every_page
from tests.web.test_in_chromium import sign_in

chromium, home, page, complaints = (
    test_in_chromium.chromium,
    test_in_chromium.home,
    test_in_chromium.page,
    test_in_chromium.complaints,
)
MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")
MODES = {
    "normal": {"text": 16, "main": 17, "touch": 44},
    "large": {"text": 23.8, "main": 30, "touch": 60},
}
"""Least sizes in px: of words, of the main acts of a page, of what is touched (as 适老化 rules ask)."""

ELSEWHERE = {
    "/api/docs": "a library's page about the API, for programmers",
    "/setup": "measured by itself below",
    "/sign-in/code": "as the page before it: the same form with one field",
    "/townships": "for who runs the whole installation",
    "/townships/<township>": "for who runs the whole installation",
    "/v/<village>/staff/<login>/lost-telephone": "one button, once somebody has lost a telephone",
}
"""Pages that nobody of the cast gets, and why they are not measured here."""


@pytest.fixture
def pages(app: Flask, village: Chayuan) -> Pages:
    return every_page(app, village)


@pytest.fixture
def paper(page: Page, app: Flask, pages: Pages) -> Iterator[Page]:
    """A phone of 360 px that is handed every page as it was drawn, with the site's own style."""
    files, names = app.test_client(), list(pages.found)

    def hand(route: Route) -> None:
        path = route.request.url.partition("village.test")[2]
        if path.startswith("/page/"):
            route.fulfill(body=pages.found[names[int(path[6:])]], content_type="text/html; charset=utf-8")
        else:
            got = files.get(path)
            route.fulfill(body=got.data, content_type=got.content_type)

    page.route("**/*", hand)
    yield page


@pytest.mark.browser
def test_every_page_can_be_read_and_touched_in_both_modes_on_a_small_phone(paper: Page, pages: Pages) -> None:
    faults = dict[str, list[str]]()
    for number, name in enumerate(pages.found):
        paper.goto(f"http://village.test/page/{number}")
        paper.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for mode, need in MODES.items():
            paper.evaluate(
                "large => document.documentElement.classList.toggle('large', large)", mode == "large"
            )
            if found := paper.evaluate(MEASURE, need):
                faults[f"{mode}: {name}"] = found

    assert faults == {}


def test_every_page_there_is_was_measured(app: Flask, pages: Pages) -> None:
    files = {"pdf", "csv", "xlsx", "json", "healthz"}
    there = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api/", "/static", "/bootstrap"))
    }
    there = {rule for rule in there if rule.rpartition(".")[2] not in files and rule != "/healthz"}

    assert there - pages.rules() - ELSEWHERE.keys() == set()
    assert ELSEWHERE.keys() & pages.rules() == set()


def test_one_tap_makes_letters_large_and_the_browser_remembers(app: Flask) -> None:
    somebody = Browser(app)
    assert 'class="large"' not in words(somebody.get("/sign-in"))

    led = somebody.post("/look/size", large="1", next="/sign-in")

    assert led.headers["Location"] == "/sign-in"
    assert 'class="large"' in words(somebody.follow(led))
    assert 'class="large"' in words(somebody.sign_in("li").get(f"/v/{VILLAGE}/roster"))
    assert 'class="large"' not in words(Browser(app).get("/sign-in"))

    back = somebody.follow(somebody.post("/look/size", large="", next=f"/v/{VILLAGE}/roster"))
    assert back.request.path == f"/v/{VILLAGE}/roster"
    assert 'class="large"' not in words(back)


def test_the_choice_leads_back_to_where_one_stands_and_nowhere_else(app: Flask, browser: Browser) -> None:
    browser.sign_in("li")

    assert 'name="next" value="/v/chayuan/roster?q=王"' in words(browser.get("/v/chayuan/roster?q=王"))
    assert browser.post("/look/size", large="1", next="//evil.test/").headers["Location"] == "/"
    browser.token = "forged"
    assert browser.post("/look/size", large="1").status_code == 400


@pytest.mark.browser
def test_letters_change_under_a_form_that_is_half_filled_in(page: Page, home: str, village: Chayuan) -> None:
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/meetings")
    page.fill("#title", "九月评议会")

    with page.expect_response("**/look/size"):
        page.click("#size button")

    assert page.input_value("#title") == "九月评议会"
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "23.8px"
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "23.8px"
    assert page.inner_text("#size button") == "标准字"


@pytest.mark.browser
def test_a_mistake_takes_the_focus_to_a_list_that_leads_to_the_field(
    page: Page, home: str, village: Chayuan
) -> None:
    page.goto(f"{home}/sign-in")
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/meetings")
    page.fill("#title", "九月评议会")
    page.fill("#judges", "李会计")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("button:has-text('开始评议')")
    page.wait_for_selector(".mistakes")

    assert page.evaluate("document.activeElement.className") == "mistakes"
    assert page.inner_text(".mistakes a") == "日期：" + page.inner_text("#held_on-wrong")
    page.click(".mistakes a")
    assert page.evaluate("location.hash") == "#held_on"
    assert page.get_attribute("#held_on", "aria-describedby") == "held_on-wrong"
