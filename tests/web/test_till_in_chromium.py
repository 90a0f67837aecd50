"""The till's jobs done by a hand that counts its clicks and keys; the counts are printed (`pytest -s`).

None may take more than it could: the column of that name in the walk through the product that began this.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Page, expect

from pointsbank import market
from pointsbank.points import whole
from tests.builders import Chayuan
from tests.web.test_in_chromium import chromium, clock, complaints, home, page, scan, sign_in

__all__ = ["chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser

COULD_BE = {
    "one kind, scanner and mouse": (3, 0),
    "one kind, keyboard alone: code, number, Enter, Enter": (0, 8),
    "one kind, phone and photo": (4, 0),
    "too dear: known": (1, 0),
    "taken back: after the reason": (3, 0),
}
"""Clicks and keys of each job; a scanner's own keys and a photo's shutter are none."""


class Hand:
    """Clicks and presses keys, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, what: str) -> None:
        """One click or tap."""
        self.clicks += 1
        self.page.click(what)

    def press(self, *keys: str) -> None:
        """One key after the other, slower than a scanner."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(70)

    def check(self, job: str) -> None:
        """Print what a job took; it may not take more than it could."""
        clicks, keys = COULD_BE[job]
        print(f"{job}: {self.clicks} clicks, {self.keys} keys (could be {clicks}, {keys})")  # noqa: T201
        assert self.clicks <= clicks and self.keys <= keys


@pytest.fixture
def card(village: Chayuan) -> str:
    """王建国's card; there are 60 points, and rice costs 20."""
    village.give(village.wang, 60)
    return f"http://village.test/c/{village.card(village.wang).token}"


@pytest.fixture
def desk(page: Page, home: str, card: str) -> Iterator[Page]:
    """The till at a desk, the card just scanned."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{sign_in(page, home, 'chen')}/till")
    scan(page, card, "#basket")
    yield page


def test_a_basket_by_scanner_and_mouse(desk: Page, village: Chayuan, complaints: list[str]) -> None:
    hand = Hand(desk)
    hand.click(".goods:has(#q-rice) [data-step=more]")
    hand.click(".bar [type=submit]")
    # Back from the confirmation is the shelf with what was chosen.
    desk.wait_for_url("**/till/confirm*")
    desk.go_back()
    expect(desk.locator("#q-rice")).to_have_value("1")
    desk.go_forward()
    hand.click("button[name=confirmed]")
    expect(desk.locator("h1")).to_have_text("兑换完成")

    hand.check("one kind, scanner and mouse")
    assert village.balance(village.wang).points == whole(40)
    # Back opens no step of a sale that is made: nobody is asked to send anything twice, and nothing is shown.
    desk.go_back()
    expect(desk.locator("h1")).to_have_text("兑换")
    assert village.wang.name not in desk.inner_text("body")
    assert complaints == []


def test_a_basket_by_keys_alone(desk: Page, village: Chayuan) -> None:
    hand = Hand(desk)
    hand.press(*"rice", "Space", "2", "Enter")
    expect(desk.locator("button[name=confirmed]")).to_be_focused()
    hand.press("Enter")
    expect(desk.locator("h1")).to_have_text("兑换完成")

    hand.check("one kind, keyboard alone: code, number, Enter, Enter")
    assert village.balance(village.wang).points == whole(20)


def test_a_basket_by_photo_with_a_pay_code_beside_the_card(
    page: Page, home: str, card: str, village: Chayuan, tmp_path: Path
) -> None:
    page.goto(f"{sign_in(page, home, 'chen')}/till")
    photo = tmp_path / "counter.png"
    photo.write_bytes(_beside(card, "wxp://f2f0AbCdEfGhIjKlMnOpQrStUvWxYz0123"))
    hand = Hand(page)
    with page.expect_file_chooser() as asked:
        hand.click(".camera")
    asked.value.set_files(photo)
    page.wait_for_selector("#basket")
    hand.click(".goods:has(#q-rice) [data-step=more]")
    hand.click(".bar [type=submit]")
    hand.click("button[name=confirmed]")
    expect(page.locator("h1")).to_have_text("兑换完成")

    hand.check("one kind, phone and photo")


def test_what_is_too_dear_is_known_at_the_first_click(desk: Page, village: Chayuan) -> None:
    village.write(market.set_price, goods="rice", points=whole(40))
    desk.reload()
    hand = Hand(desk)
    hand.click(".goods:has(#q-rice) [data-step=more]")

    expect(desk.locator(".goods:has(#q-rice) [data-step=more]")).to_be_disabled()
    hand.check("too dear: known")
    desk.fill("#q-rice", "2")
    expect(desk.locator(".bar [type=submit]")).to_be_disabled()
    expect(desk.locator("#total")).to_contain_text("超出 20")


def test_the_next_card_is_scanned_at_the_goods_and_types_nothing_into_a_number(
    desk: Page, village: Chayuan
) -> None:
    other = f"http://village.test/c/{village.card(village.zeng).token}"
    desk.focus("#q-rice")
    scan(desk, other, f".customer:has-text('{village.zeng.name}')")

    assert desk.input_value("#q-rice") == ""


def test_a_scan_at_the_confirmation_presses_no_button(desk: Page, village: Chayuan) -> None:
    Hand(desk).press(*"rice", "Enter")
    expect(desk.locator("button[name=confirmed]")).to_be_focused()
    other = f"http://village.test/c/{village.card(village.zeng).token}"
    scan(desk, other, f".customer:has-text('{village.zeng.name}')")

    assert village.balance(village.wang).points == whole(60)


def test_a_sale_is_taken_back(desk: Page, village: Chayuan) -> None:
    Hand(desk).press(*"rice", "Enter")
    expect(desk.locator("button[name=confirmed]")).to_be_focused()
    Hand(desk).press("Enter")
    expect(desk.locator("h1")).to_have_text("兑换完成")
    hand = Hand(desk)
    hand.click("summary:has-text('撤销这笔兑换')")
    hand.click("form[action*='/reversal'] [name=reason]")
    desk.keyboard.type("拿错商品", delay=90)
    hand.click("form[action*='/reversal'] [type=submit]")
    expect(desk.locator("h1")).to_have_text("兑换（已撤销）")

    hand.check("taken back: after the reason")
    assert village.balance(village.wang).points == whole(60)


def _beside(*texts: str) -> bytes:
    """A photo of codes side by side."""
    codes = [qrcode.make(text).get_image().convert("L") for text in texts]
    picture = Image.new("L", (sum(code.width for code in codes), max(code.height for code in codes)), 255)
    left = 0
    for code in codes:
        picture.paste(code, (left, 0))
        left += code.width
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
