"""The box for households as Chromium has it: a list below, keys, an input method, the name before saving."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from pointsbank import scoring
from tests.builders import VILLAGE, Chayuan
from tests.web.test_in_chromium import chromium, clock, complaints, home, page, sign_in

__all__ = ["chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser


@pytest.fixture
def meeting(village: Chayuan) -> str:
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    return str(village.write(scoring.open_meeting, **held).id)


@pytest.fixture
def entry(page: Page, home: str, meeting: str) -> Page:
    """The page of an open meeting, the cursor in the box."""
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/meetings/{meeting}")
    page.click("#entry > summary")
    page.fill("#item", "清扫")
    page.focus("#codes")
    return page


def scored(village: Chayuan, meeting: str) -> list[str]:
    return [one.code for one in village.read(scoring.scores, meeting=meeting)]


def test_four_keys_enter_a_household_and_the_cursor_is_back(
    entry: Page, village: Chayuan, meeting: str, complaints: list[str]
) -> None:
    for key in ("o", "y", "b", "Enter"):
        entry.keyboard.press(key)
    expect(entry.locator(".alert-success")).to_contain_text("已录入1条：0302 欧阳犇")

    # With a script the entry line above stands in the form's place.
    assert entry.evaluate("document.activeElement.id") == "line"
    assert scored(village, meeting) == ["0302"]
    assert complaints == []


def test_namesakes_are_chosen_by_arrows_and_shown_before_anything_is_saved(
    entry: Page, village: Chayuan, meeting: str
) -> None:
    entry.keyboard.type("wjg")
    expect(entry.locator("#codes-found [role=option]")).to_have_count(3)
    entry.keyboard.press("Enter")
    expect(entry.locator(".finder:has(#codes) [role=status]")).to_contain_text("不止一户")
    entry.keyboard.press("ArrowDown")
    entry.keyboard.press("ArrowDown")
    assert entry.get_attribute("#codes", "aria-activedescendant") == "codes-found-1"
    entry.keyboard.press("Enter")
    expect(entry.locator(".finder:has(#codes) [role=status]")).to_have_text("0102 王建国（一组）")
    assert scored(village, meeting) == []

    entry.keyboard.press("Enter")
    expect(entry.locator(".alert-success")).to_contain_text("0102")


def test_escape_shuts_the_list_and_keeps_what_was_typed(entry: Page) -> None:
    entry.keyboard.type("wjg")
    entry.wait_for_selector("#codes-found:not([hidden])")
    entry.keyboard.press("Escape")

    assert entry.is_hidden("#codes-found")
    assert entry.input_value("#codes") == "wjg"
    expect(entry.locator("#codes-found")).to_be_hidden()


def test_an_input_method_s_keys_are_its_own(entry: Page, village: Chayuan, meeting: str) -> None:
    """What is composed is looked for once it is there; the Enter that ends it sends nothing."""
    session = entry.context.new_cdp_session(entry)
    session.send("Input.imeSetComposition", {"text": "ou'yang", "selectionStart": 7, "selectionEnd": 7})
    entry.wait_for_timeout(300)
    assert entry.is_hidden("#codes-found")
    session.send("Input.insertText", {"text": "欧阳"})
    expect(entry.locator("#codes-found [role=option]")).to_have_count(1)
    composing = (
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    )
    assert entry.evaluate(f"document.querySelector('#codes').dispatchEvent({composing})")

    assert scored(village, meeting) == []


def test_the_roster_leads_to_whom_alone_it_finds(page: Page, home: str) -> None:
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/roster")
    page.fill("#by-q", "oyb")
    page.press("#by-q", "Enter")

    page.wait_for_url("**/roster/0302")
