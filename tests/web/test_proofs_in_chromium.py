"""Proof on the telephone itself: SHA-256 in plain script over plain http, a poster, an entry of one's own."""

import hashlib
import io
from contextlib import nullcontext

import pytest
import qrcode
from flask import Flask
from playwright.sync_api import Page, expect

from pointsbank import proof
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser
from tests.web.test_in_chromium import chromium, clock, complaints, home, page
from tests.web.test_open_proofs import AUGUST, CHECK, anchor, last, wide
from tests.web.test_spot_checks import DICE, thrown

__all__ = ["anchor", "chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser

# FIPS 180-4's examples and the lengths around the ends of blocks.
TEXTS = ["", "abc", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "王" * 40, "a" * 1000]
TEXTS += ["x" * length for length in (54, 55, 56, 57, 63, 64, 65, 119, 120, 128)]
WRONG = "00000 11111 22222 33333 44444 55555"


def test_the_pages_own_sha_256_is_sha_256(page: Page, home: str, anchor: proof.Anchor) -> None:
    page.goto(f"{home}/open/{VILLAGE}/months/{AUGUST}")
    made = page.evaluate(
        """async (texts) => {
             const { src } = document.querySelector('script[src*="poster"]');
             const own = await import(src.replace("poster", "sha256"));
             return [typeof crypto.subtle, texts.map((text) => own.hex(own.sha256(own.utf8(text)))),
                     own.thirtyDigits(own.sha256(own.utf8("abc")))];
           }""",
        TEXTS,
    )

    assert made[0] == "undefined"
    assert made[1] == [hashlib.sha256(text.encode()).hexdigest() for text in TEXTS]
    assert made[2] == f"{int.from_bytes(hashlib.sha256(b'abc').digest()) % 10**30:030d}"


def test_a_poster_is_checked_by_the_page_and_its_photo_by_the_server(
    page: Page, home: str, anchor: proof.Anchor, complaints: list[str]
) -> None:
    sent: list[str] = []
    page.goto(f"{home}/open/{VILLAGE}/months/{AUGUST}")
    # The browser fetches a page's icon when it likes.
    page.on("request", lambda request: None if "/static/" in request.url else sent.append(request.method))
    says = page.locator("#poster-says")
    # That digits fit nothing the page says itself; whether the log fits them only the server can tell.
    for typed, posts in ((WRONG, 0), (anchor.digits, 1), (wide(anchor.code), 2)):
        page.fill("#typed", typed)
        with nullcontext() if typed == WRONG else page.expect_navigation():
            page.click("form[data-content] button >> visible=true")
        expect(says).to_contain_text("✕ 对不上" if typed == WRONG else "✓ 对得上")
        assert says.locator("div:visible").count() == 1
        assert sent.count("POST") == posts

    # A telephone's photo has megabytes, and a stranger may send 128 KB: the page makes it smaller.
    page.set_input_files("#photo", {"name": "p.bmp", "mimeType": "image/bmp", "buffer": picture(anchor.code)})
    page.click("form[data-content] button")
    expect(page.locator("h1")).to_contain_text("核对")
    expect(page.locator("#poster-says")).to_contain_text("✓ 对得上")
    assert complaints == []


def test_a_slip_that_a_telephone_scans_opens_its_check(
    page: Page, home: str, village: Chayuan, anchor: proof.Anchor, complaints: list[str]
) -> None:
    found = village.read(proof.sealed_inclusion, index=last(village), origin="x", seed=None, brief=True)
    page.goto(f"{home}/open/{VILLAGE}")
    page.goto(f"{home}{CHECK}#{proof.slip_digits(found.text)}")

    expect(page.locator("#poster-says")).to_contain_text("✓ 这一笔在账里")
    assert "#" not in page.url
    # Back leads to where one was, and does not send it once more.
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator("#poster-says")).to_be_hidden()
    assert complaints == []


def test_an_entry_of_ones_own_is_checked_step_by_step(
    page: Page, home: str, village: Chayuan, anchor: proof.Anchor, complaints: list[str]
) -> None:
    page.goto(f"{home}/c/{village.card(village.wang).token}")
    page.click("main button")
    page.goto(f"{home}/mine/entries/{last(village)}")
    page.fill("#typed", anchor.digits)
    page.click("#own-entry button")
    expect(page.locator("#own-says")).to_contain_text("✓ 对得上")
    assert page.locator("#own-steps .tag").all_inner_texts() == ["✓ 相符"] * 4

    page.fill("#typed", WRONG)
    page.click("#own-entry button")
    expect(page.locator("#own-says")).to_contain_text("✕ 与海报对不上")
    assert page.locator("#own-steps .tag").all_inner_texts() == [*["✓ 相符"] * 3, "✕ 不符"]

    # One sign changed in what the page was given, anywhere, and a step does not fit.
    page.fill("#typed", anchor.digits)
    for name, step in (("private", 0), ("salt", 0), ("public", 1), ("path", 1), ("content", 3)):
        before = page.evaluate(SPOIL, name)
        page.click("#own-entry button")
        assert page.locator("#own-steps .tag").nth(step).inner_text() == "✕ 不符", name
        expect(page.locator("#own-says")).to_contain_text("✕")
        page.evaluate(MEND, [name, before])
    assert complaints == []


def test_a_draw_is_worked_out_by_the_page(
    page: Page, home: str, village: Chayuan, app: Flask, complaints: list[str]
) -> None:
    for number in range(12):
        village.give((village.wang, village.maimaiti)[number % 2], 5)
    village.write(proof.close_month, month=AUGUST)
    thrown(Browser(app).sign_in("zhao"))
    page.goto(f"{home}/open/{VILLAGE}/spot-checks/{AUGUST}")
    page.click("summary")
    says = page.locator("#draw-says")
    for dice, words in ((DICE["dice"], "✓ 一样"), ("1111111111", "✕ 不一样"), ("12345", "骰子应为10个")):
        page.fill("#dice", dice)
        page.click("#draw button")
        expect(says).to_contain_text(words)
        assert says.locator("> div:visible").count() == 1
    assert complaints == []


MEND = "([name, value]) => { document.getElementById('own-entry').dataset[name] = value }"
SPOIL = """(name) => {
  const given = document.getElementById("own-entry").dataset;
  const before = given[name];
  given[name] = before.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10));
  return before;
}"""


def picture(text: str) -> bytes:
    """A code on a picture of some megabytes."""
    out = io.BytesIO()
    qrcode.make(text, box_size=24).convert("RGB").save(out, "BMP")
    assert len(out.getvalue()) > 1_000_000
    return out.getvalue()
