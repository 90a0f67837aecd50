"""Large letters for a browser that asked, and every page measured in both modes as Chromium draws it."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route
from werkzeug.test import TestResponse

from pointsbank.database import Database
from tests.builders import HOUSEHOLDS, VILLAGE, Chayuan
from tests.web import test_in_chromium
from tests.web.browser import Browser, hidden, words
from tests.web.every_page import Pages, closed_month_pages, every_page, first_pages
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

HEAVIEST, MINE = 150_000, 40_000
"""Bytes that a page may weigh, and one on a household's telephone."""

ELSEWHERE = {
    "/open/<village>/corrections/<score>": "drawn as a notice is",
    "/open/<village>/checkpoint": "what programs read",
    "/open/<village>/consistency/<first>/<second>": "what programs read",
    "/open/<village>/proofs/<index>": "what programs read",
    "/v/<village>/find": "what the script of a field reads",
    "/v/<village>/find-items": "what the script of a field reads",
    "/v/<village>/meetings/<meeting>/lines": "what the script of the entry line reads",
    "/v/<village>/claims/<claim>/photos/<photo>": "a photo",
    "/v/<village>/ceremonies/<ceremony>/photos/<photo>": "a photo",
    "/v/<village>/meetings/<meeting>/sheets/<sheet>/photos/<photo>": "a photo",
    "/v/<village>/inspections/<inspection>/photos/<photo>": "a photo",
    "/v/<village>/keepers/<keeper>/checks/<check>/photos/<photo>": "a photo",
    "/v/<village>/runs/<kind>/<run>/file": "a file",
    "/v/<village>/print/<sheet>.escpos": "a file for a receipt printer",
}
"""Pages that are not measured here, and why."""

BAD = """<style>body { font: 17px/1.5 sans-serif; color: #000; } a { display: inline-block; }</style>
    <h1 style="font-size: 16px">小标题</h1><p style="font-size: 12px">小字</p>
    <p style="line-height: 1.1">挤</p><p style="color: #999">淡</p><p style="opacity: 0.5">也淡</p>
    <a href="#">小</a><a href="#" style="width: 60px; white-space: nowrap">伸到外面去的字</a>
    <div style="width: 500px">宽</div>
    <p style="width: 30px; overflow: hidden; white-space: nowrap">切掉了的字</p>
    <form style="margin: 0"><button style="padding: 20px">查看</button></form>
    <ul class="list" style="margin: 0"><li>紧挨着</li></ul>
    <p class="sub" style="width: 17px">一行只有一个字的一句话</p>
    <main><button class="btn-primary">通过</button><button class="btn-primary">不通过</button></main>"""
"""A page with one fault of each kind."""


def there_are(app: Flask) -> set[str]:
    """Return the rules of all pages; files and what programs read are none."""
    found = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    other = ("/api/v", "/api/openapi", "/static", "/bootstrap", "/healthz")
    files = ("pdf", "csv", "xlsx", "png", "txt", "py", "gz")
    return {rule for rule in found if not rule.startswith(other) and rule.rpartition(".")[2] not in files}


@pytest.fixture
def pages(app: Flask, village: Chayuan, sqlite_database: Database) -> Pages:
    pages = every_page(app, village)
    first_pages(pages, sqlite_database)
    closed_month_pages(pages, sqlite_database)
    return pages


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
    page.set_default_timeout(120_000)
    yield page


@pytest.mark.browser
def test_every_page_is_read_and_touched_in_both_modes_on_a_small_phone_and_hangs_without_names(
    paper: Page, pages: Pages, app: Flask
) -> None:
    assert there_are(app) - pages.rules() == ELSEWHERE.keys()
    faults = dict[str, list[str]]()  # each once, with the pages that have it
    paper.goto("http://village.test/page/0")
    # Those for villagers have a style of their own before the theme, and come last.
    ordered = sorted(enumerate(pages.found.items()), key=lambda one: "open.css" in one[1][1])
    for number, (name, page) in ordered:
        if "basket.js" in page or "open.css" in page:
            paper.goto(f"http://village.test/page/{number}")
        else:
            # No script changes how it looks, and the style is there already: quicker than opening it.
            paper.evaluate("text => { document.body.innerHTML = text; }", page.partition("<body>")[2])
        paper.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for mode, need in MODES.items():
            paper.evaluate(
                "large => document.documentElement.classList.toggle('large', large)", mode == "large"
            )
            for fault in paper.evaluate(MEASURE, need):
                faults.setdefault(f"{mode}: {fault}", []).append(name)

    assert not faults, "\n".join(f"{fault} ({len(on)}: {on[0]})" for fault, on in faults.items())
    assert printed_with_names(paper, pages) == []
    assert too_heavy(pages, app) == []


def printed_with_names(paper: Page, pages: Pages) -> list[str]:
    """Return pages that Ctrl+P prints with a household's full name, and no word that it may not hang."""
    named = re.compile("|".join(re.escape(name) for _, name, _, _ in HOUSEHOLDS.values()))
    paper.emulate_media(media="print")
    found = []
    for name, page in pages.found.items():
        # The help is for everybody, and has people of no village.
        if named.search(page) and " /help/" not in name:
            paper.evaluate("text => { document.body.innerHTML = text; }", page.partition("<body>")[2])
            printed = paper.inner_text("body")
            found += [name] if named.search(printed) and "请勿张贴" not in printed else []
            left = paper.evaluate(
                "[...document.querySelectorAll('summary, .no-paper')].some(one => one.offsetHeight)"
            )
            found += [f"{name}: prints what is for the screen"] if left else []
    return found


def too_heavy(pages: Pages, app: Flask) -> list[str]:
    """Return pages whose words, styles and scripts, compressed, are more than a page may weigh."""
    files, weights = app.test_client(), dict[str, int]()
    found = []
    for name, page in pages.found.items():
        loaded = set(re.findall(r'(?:src|href)="(/[^"]+?\.(?:css|js)(?:\?[^"]*)?)"', page))
        for one in loaded - weights.keys():
            weights[one] = len(gzip.compress(files.get(one).data))
        whole = len(gzip.compress(page.encode())) + sum(weights[one] for one in loaded)
        assert loaded, name
        found += [f"{name}: {whole}"] if whole > (MINE if " /mine" in name else HEAVIEST) else []
    return found


def choose(somebody: Browser, size: str, at: str, **fields: str) -> TestResponse:
    """Ask for letters of a size on a page: browsers say from which."""
    form = {"csrf_token": hidden(somebody.get("/sign-in"), "csrf_token"), "large": size, **fields}
    return somebody.client.post("/look/size", data=form, headers={"Referer": at})


def test_one_tap_makes_letters_large_and_the_browser_remembers(app: Flask) -> None:
    somebody = Browser(app)
    assert 'class="large"' not in words(somebody.get("/sign-in"))

    led = choose(somebody, "1", "http://village.test/sign-in")

    assert led.headers["Location"] == "/sign-in"
    assert 'class="large"' in words(somebody.follow(led))
    assert 'class="large"' in words(somebody.sign_in("li").get(f"/v/{VILLAGE}/roster"))
    assert 'class="large"' not in words(Browser(app).get("/sign-in"))
    assert 'class="large"' not in words(
        somebody.follow(choose(somebody, "", f"http://village.test/v/{VILLAGE}"))
    )


@pytest.mark.parametrize(
    ("at", "led"),
    [
        (f"http://village.test/v/{VILLAGE}/roster?q=%E7%8E%8B", f"/v/{VILLAGE}/roster?q=%E7%8E%8B"),
        ("http://village.test/c/0D9N388CZWS9HBKNVJQV4PB3HJH", "/c/0D9N388CZWS9HBKNVJQV4PB3HJH"),
        # A page that answers a form cannot be opened by its address.
        (f"http://village.test/v/{VILLAGE}/till/redeem", "/"),
        ("http://village.test//evil.test/", "/"),
        ("javascript:1", "/"),
        ("", "/"),
    ],
)
def test_the_choice_leads_back_to_where_one_stood_and_nowhere_else(app: Flask, at: str, led: str) -> None:
    assert choose(Browser(app), "1", at).headers["Location"] == led


def test_a_choice_needs_no_token_for_public_pages_set_no_cookie(app: Flask) -> None:
    assert choose(Browser(app), "1", "", csrf_token="forged").status_code == 303


@pytest.mark.browser
def test_letters_change_under_a_form_that_is_half_filled_in(page: Page, home: str, village: Chayuan) -> None:
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/meetings")
    page.fill("#title", "九月评议会")

    with page.expect_response("**/look/size"):
        page.click("#text-size button")

    assert page.input_value("#title") == "九月评议会"
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "23.8px"
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "23.8px"
    assert page.inner_text("#text-size button") == "标准字"


@pytest.mark.browser
def test_a_mistake_takes_the_focus_to_a_list_that_leads_to_the_field(
    page: Page, home: str, village: Chayuan
) -> None:
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/meetings")
    page.fill("#title", "九月评议会")
    page.fill("#judges", "李会计")
    page.fill("#held_on", "")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("button:has-text('开始评议')")
    page.wait_for_selector(".mistakes")

    assert page.evaluate("document.activeElement.className") == "mistakes"
    assert page.inner_text(".mistakes a") == "日期：" + page.inner_text("#held_on-wrong")
    page.click(".mistakes a")
    assert page.evaluate("location.hash") == "#held_on"
    assert page.get_attribute("#held_on", "aria-describedby") == "held_on-wrong"


@pytest.mark.browser
def test_what_is_too_small_pale_near_or_cut_off_would_be_found(page: Page) -> None:
    page.set_content(BAD)

    found = "\n".join(page.evaluate(MEASURE, MODES["normal"]))

    for fault in (
        "words of 16px, not 17: <h1",
        "words of 12px, not 16",
        "lines 1.10 apart",
        "contrast of words 2.85",
        "> 也淡",
        "touched at 17 ×",
        "px wide",
        "cut off",
        "words stick out",
        "px under what stands above",
        "17 px for its words",
        "2 main acts: 通过, 不通过",
    ):
        assert fault in found, found
