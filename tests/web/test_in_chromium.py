"""In a real browser, by a host name, because 127.0.0.1 would hide what plain http lacks."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from werkzeug.serving import make_server

from tests.builders import NOW, VILLAGE, Chayuan
from tests.staff.people import PASSWORD

pytestmark = pytest.mark.browser
CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=True) as coordinates:
        yield coordinates


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM) and os.environ.get("POINTSBANK_TEST_COMPLETE") != "1":
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        rules = "--host-resolver-rules=MAP village.test 127.0.0.1"
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", rules])


@pytest.fixture
def home(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://village.test:{server.server_port}"
    server.shutdown()


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


def sign_in(page: Page, home: str, login: str) -> str:
    page.goto(f"{home}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"**/v/{VILLAGE}")
    return page.url


def scan(page: Page, text: str, shows: str) -> None:
    """Type `text` as a scanner does until `shows` is there, four times at most.

    A busy machine pauses between two keys for longer than a scanner may; people then scan again.
    """
    for _ in range(3):
        page.keyboard.type(text, delay=2)
        page.keyboard.press("Enter")
        with suppress(TimeoutError):
            page.wait_for_selector(shows, timeout=5_000)
            # What takes the next key is loaded after what is seen.
            page.wait_for_load_state("load")
            return
    page.keyboard.type(text, delay=2)
    page.keyboard.press("Enter")
    page.wait_for_selector(shows)


def test_a_usb_scanner_is_heard_though_no_text_box_has_the_focus(
    page: Page, home: str, village: Chayuan, complaints: list[str]
) -> None:
    village.give(village.wang, 60)
    token = village.card(village.wang).token
    page.goto(f"{sign_in(page, home, 'chen')}/till")

    scan(page, f"HTTP://JF.EXAMPLE.CN/C/{token}", shows="#basket")
    page.click("li.goods:has-text('大米') button[aria-label=多一件]")

    assert page.inner_text("#total") == "合计 20，剩余 40"
    assert complaints == []


def test_a_scanner_is_heard_under_a_chinese_input_method(page: Page, home: str, village: Chayuan) -> None:
    token = village.card(village.wang).token
    page.goto(f"{sign_in(page, home, 'chen')}/till")

    page.evaluate(
        """token => {
            const code = sign => /[0-9]/.test(sign) ? "Digit" + sign : "Key" + sign;
            const press = (key, code) => document.dispatchEvent(new KeyboardEvent("keydown", {key, code}));
            for (const sign of token) press("Process", code(sign));
            press("Process", "Enter");
        }""",
        token,
    )

    page.wait_for_selector("#basket")
    assert village.wang.name in page.inner_text("main")


def test_slow_typing_is_no_scan(page: Page, home: str, village: Chayuan) -> None:
    page.goto(f"{sign_in(page, home, 'chen')}/till")
    # Within the box that waits for a scanner, what is typed and sent is looked for, however slowly.
    page.evaluate("document.activeElement.blur()")

    page.keyboard.type(village.card(village.wang).token, delay=70)
    page.keyboard.press("Enter")

    assert page.url.endswith("/till")
    assert page.query_selector("#basket") is None


# All pages of all roles are measured by test_look.py; here whoever has most of them walks through.
@pytest.mark.parametrize(
    "login", ["li", *(pytest.param(login, marks=pytest.mark.full) for login in ("chen", "zhao", "sun"))]
)
def test_no_page_is_wider_than_a_small_phone_nor_breaks_the_policy(
    page: Page, home: str, login: str, complaints: list[str]
) -> None:
    start = sign_in(page, home, login)
    addresses = page.eval_on_selector_all("a.tile, .tabs a", "all => all.map(one => one.href)")

    for address in [start, *addresses, f"{start}/roster/0301", f"{start}/goods/rice"]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address

    assert complaints == []


def test_a_shelf_is_counted_on_a_small_phone(page: Page, home: str, complaints: list[str]) -> None:
    page.goto(f"{sign_in(page, home, 'chen')}/stocktakes")
    page.click("main button:text-is('开始盘点')")
    page.fill("[id='n-rice']", "4")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=盘亏 1")

    page.fill("[id='n-soap']", "3")
    page.click("button:text-is('签字')")
    assert page.input_value("[id='n-soap']") == "3"
    page.fill("[id='n-soap']", "")
    page.click("button:text-is('签字')")

    page.wait_for_selector("text=您已签过字")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # The refusal above is a page with a status of its own, which the console mentions.
    assert [said for said in complaints if "409" not in said] == []


def test_a_clerk_alone_sets_no_pin_and_the_committee_confirms_on_a_phone(
    page: Page, home: str, village: Chayuan, chromium: Browser, complaints: list[str]
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{sign_in(page, home, 'chen')}/pins")
    scan(page, f"HTTP://JF.EXAMPLE.CN/C/{village.card(village.wang).token}", shows="#pin")
    page.fill("#pin", "274916")
    page.fill("#again_pin", "274916")
    page.click("button:has-text('申请设置')")
    page.wait_for_selector("text=请另一位来确认")
    assert page.query_selector("button:text-is('确认')") is None

    phone = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    sign_in(phone, home, "li")
    phone.click("a:has-text('设置兑换密码：王建国')")
    phone.wait_for_selector("h1:has-text('设置兑换密码')")
    for each in (page, phone):
        assert each.evaluate("document.documentElement.scrollWidth") <= 390
    phone.click("button:text-is('确认')")
    phone.wait_for_selector("text=的兑换密码已设好")
    page.goto(f"{home}/v/{VILLAGE}/approvals")
    assert "设置密码" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.context.close()
    assert complaints == []


def test_a_list_has_flat_rows_on_a_desk_two_lines_on_a_phone_and_masked_names_on_paper(
    page: Page, home: str, village: Chayuan, complaints: list[str]
) -> None:
    heights = "[...document.querySelectorAll('.rows-table tbody tr')].map(row => row.offsetHeight)"
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/roster")
    name, code = (
        page.locator(f".rows-table tr:first-child td[data-place={place}]").first for place in ("main", "sub")
    )

    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert name.bounding_box()["y"] < code.bounding_box()["y"]  # type: ignore[index]

    page.set_viewport_size({"width": 1366, "height": 768})
    assert all(36 <= height <= 40 for height in page.evaluate(heights))
    page.emulate_media(media="print")
    shown = page.locator(".rows-table").inner_text()

    assert "王*国" in shown and "王建国" not in shown
    assert not page.locator("main form").first.is_visible()
    assert complaints == []
