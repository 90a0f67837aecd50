"""Each kind of person goes through the site in a browser: who passes by, a household by its card, staff.

On a phone of 360 px who passes by and the household; with JavaScript, and without. No console error, nothing
against the policy. With `--full` everybody at each width, in small letters and in large ones.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from pointsbank import proof, publicity, questions, roster, spot_checks
from pointsbank.proof import Anchor
from pointsbank.web import large_mode
from tests.builders import VILLAGE, Chayuan
from tests.web.test_card_visit import PIN, give_pin, notice
from tests.web.test_in_chromium import chromium, clock, complaints, home, scan, sign_in

__all__ = ["chromium", "clock", "complaints", "home"]

pytestmark = pytest.mark.browser

AUGUST = "2026-08"
WIDTHS = (360, 390, 1366, 1920)
DESK, OPEN = f"/v/{VILLAGE}", f"/open/{VILLAGE}"
Opened = Callable[..., Page]


@pytest.fixture
def anchor(village: Chayuan) -> Anchor:
    """August is closed, and 王建国 stands in a notice that hangs; the household has a PIN."""
    for who in (village.wang, village.maimaiti, village.ouyang):
        village.give(who, 37)
    found: Anchor = village.write(proof.close_month, month=AUGUST)
    village.card(village.wang)
    give_pin(village)
    notice(village, village.wang)
    return found


VIEWS = [
    (None, False),
    *(pytest.param((width, large), marks=pytest.mark.full) for width in WIDTHS for large in (False, True)),
]


@pytest.fixture(params=VIEWS, ids=lambda view: "own" if view[0] is None else f"{view[0]}{'-large' * view[1]}")
def view(request: pytest.FixtureRequest) -> tuple[int | None, bool]:
    """How wide everybody's browser is, None for as each one's own is, and whether its letters are large."""
    wide: tuple[int | None, bool] = request.param
    return wide


@pytest.fixture
def opened(
    chromium: Browser, complaints: list[str], home: str, view: tuple[int | None, bool]
) -> Iterator[Opened]:
    """Opens a browser of somebody's own, and hears what it complains of."""
    contexts = []
    wide, large = view

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(f"{said.text} {said.location.get('url', '')}")

    def begin(width: int = 360, *, scripted: bool = True) -> Page:
        viewport = {"width": wide or width, "height": 740}
        context = chromium.new_context(viewport=viewport, locale="zh-CN", java_script_enabled=scripted)
        contexts.append(context)
        if large:
            context.add_cookies([{"name": large_mode.COOKIE, "value": "large", "url": home}])
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield begin
    for context in contexts:
        context.close()
    # What is refused on purpose is no complaint.
    refused = re.compile(r"status of (403|409|422|404 .*/c/\w{27}$)")
    assert [one for one in complaints if not refused.search(one)] == []


def said(page: Page, words: str) -> None:
    """Wait until the page says so."""
    expect(page.locator(".alert-success").first).to_contain_text(words)


@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "bare"])
def test_who_passes_by_finds_prices_rules_how_to_object_and_checks_a_poster(
    opened: Opened, home: str, anchor: Anchor, scripted: bool
) -> None:
    page = opened(scripted=scripted)
    for tapped, found in (("积分换什么", "大米"), ("积分怎么来", "清扫"), ("怎样提意见", "到哪里提")):
        page.goto(f"{home}/")
        page.click(f".shortcuts >> text={tapped}")
        expect(page.locator("main")).to_contain_text(found)

    page.goto(f"{home}/")
    page.click("a:text-is('怎样查2026年8月')")
    for digits, fits in ((anchor.digits, "✓ 对得上"), ("1" * 30, "✕ 对不上")):
        page.fill("#typed", digits)
        page.click("form:has(#typed) button[type=submit]")
        expect(page.locator("#poster-says")).to_contain_text(fits)
        assert page.locator("#poster-says div:visible").count() == 1
    assert {one["name"] for one in page.context.cookies()} <= {large_mode.COOKIE}


@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "bare"])
def test_a_household_looks_acts_with_its_pin_and_leaves_nothing_behind(
    opened: Opened, home: str, village: Chayuan, anchor: Anchor, scripted: bool
) -> None:
    card = village.card(village.wang).token
    page = opened(scripted=scripted)

    def begin() -> None:
        page.goto(f"{home}/c/{card}")
        assert village.wang.name not in page.content()
        page.click("main button")
        expect(page.locator("h1")).to_have_text(village.wang.name)

    begin()
    page.click("text=按月看每一笔")
    expect(page.locator("main")).to_contain_text("+37")
    page.goto(f"{home}/mine")
    page.locator("a[href^='/mine/object/']").first.click()
    for pin in ("000001", PIN):
        page.fill("#reason", "那天我家去了两个人")
        page.fill("#pin", pin)
        page.click("main form:has(#pin) button[type=submit]")
        if pin != PIN:
            expect(page.locator(".mistakes, .refused").first).to_contain_text("密码")
            assert page.input_value("#reason") == "那天我家去了两个人" and page.input_value("#pin") == ""
    said(page, "已提出异议")
    page.goto(f"{home}/mine/ask")
    page.fill("#words", "修路用了多少钱")
    page.fill("#pin", PIN)
    page.click("main form:has(#pin) button[type=submit]")
    said(page, "已记下")
    assert len(village.read(publicity.objections)) == len(village.read(questions.waiting)) == 1
    page.click("text=离开")
    assert village.wang.name not in page.content()
    page.go_back()
    assert village.wang.name not in page.content()

    begin()
    village.write(roster.lose, code=village.wang.code)
    page.reload()
    assert village.wang.name not in page.content() and "37" not in page.inner_text("main")
    page.go_back()
    page.goto(f"{home}/mine/statement")
    assert village.wang.name not in page.content() and "37" not in page.inner_text("main")


def test_a_clerk_serves_who_comes_with_a_card_that_is_lost_then(
    opened: Opened, home: str, village: Chayuan, anchor: Anchor
) -> None:
    page = opened(1366)
    page.goto(f"{sign_in(page, home, 'chen')}/reception")
    scan(page, village.card(village.wang).token, ".acts")
    expect(page.locator("main")).to_contain_text("37")
    with page.expect_download() as slip:
        page.click(".acts >> text=打印对账条")
    assert slip.value.suggested_filename.endswith(".pdf")
    page.click(".acts >> text=挂失")
    page.locator("button:text-is('挂失这张')").first.click()
    said(page, "已挂失")
    assert "active" not in {one.status for one in village.read(roster.known_cards, participant="0101")}

    page = opened(1366)
    sign_in(page, home, "li")
    page.goto(f"{home}{DESK}/reception/0101")
    page.click(".acts >> text=补卡、加卡")
    page.locator(
        "button:has-text('再发一张'), button:has-text('补打新卡'), button:has-text('发一张')"
    ).first.click()
    with page.expect_download():
        page.click("button:has-text('制作并下载')")
    assert "printed" in {one.status for one in village.read(roster.known_cards, participant="0101")}


def test_the_committee_answers_in_public_and_a_draw_is_planned_thrown_and_signed_by_two(
    opened: Opened, home: str, village: Chayuan, anchor: Anchor
) -> None:
    li, zhao = opened(1920), opened(390)
    sign_in(li, home, "li")
    li.goto(f"{home}{DESK}/questions")
    li.fill("#words", "王建国家门前为什么没人管")
    li.click("button:text-is('登记')")
    said(li, "已登记")
    li.fill("#question_words", "路口的垃圾为什么没人管")
    li.locator("#words").fill("已经清走")
    li.click("button:text-is('看看挂出去什么样')")
    li.click("button:text-is('公开这一问一答')")
    said(li, "公开")
    li.goto(f"{home}{OPEN}")
    expect(li.locator("main")).to_contain_text("路口的垃圾为什么没人管")

    draw = f"{home}{DESK}/spot-checks/{AUGUST}"
    li.goto(draw)
    # The month has three: fewer than ten are all looked at.
    li.fill("[name=size]", "3")
    li.click("button:text-is('定下')")
    said(li, "已定下")
    sign_in(zhao, home, "zhao")
    zhao.goto(draw)
    for field, words in (("dice", "3164522614"), ("thrower", "0102"), ("witness", "0203")):
        zhao.fill(f"[name={field}]", words)
    zhao.click("button:text-is('记下骰子')")
    said(zhao, "已记下骰子")
    for one in zhao.locator("[name^=answer-][value=true]").all():
        one.check()
    for field, code in (("first", "0102"), ("second", "0203")):
        zhao.fill(f"[name={field}]", code)
    zhao.click("button:text-is('登记结果')")
    zhao.click("button:has-text('签第一个字')")
    said(zhao, "已签第一个字")
    li.goto(draw)
    li.click("button:has-text('签第二个字')")
    said(li, "3条全部看了，3条属实")
    drawn = village.read(spot_checks.spot_check, month=AUGUST)
    assert drawn.status == "sealed"
    li.goto(f"{home}{OPEN}/spot-checks/{AUGUST}")
    expect(li.locator("main")).to_contain_text("3164522614")


def test_the_supervisor_answers_what_a_household_objected_to_by_its_card(
    opened: Opened, home: str, village: Chayuan, anchor: Anchor
) -> None:
    phone = opened()
    phone.goto(f"{home}/c/{village.card(village.wang).token}")
    phone.click("main button")
    phone.locator("a[href^='/mine/object/']").first.click()
    score = phone.url.rpartition("/")[2]
    phone.fill("#reason", "那天我家去了两个人")
    phone.fill("#pin", PIN)
    phone.click("main form:has(#pin) button[type=submit]")
    said(phone, "已提出异议")

    zhao = opened(390)
    sign_in(zhao, home, "zhao")
    zhao.goto(f"{home}{DESK}/scores/{score}")
    expect(zhao.locator("main")).to_contain_text("那天我家去了两个人")
    zhao.check("#rejected")
    zhao.fill("#reason", "签到表上只有一个人")
    zhao.click("button:text-is('看看会怎样')")
    zhao.click("button:text-is('答复')")
    said(zhao, "答复")
    phone.goto(f"{home}/mine")
    expect(phone.locator("#hanging")).not_to_contain_text("已提异议")
