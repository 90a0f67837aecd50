"""The entry line by keyboard, keys counted: a household, an item, an amount where one is needed, saved."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pointsbank import scoring
from pointsbank.points import show
from tests.builders import VILLAGE, Chayuan
from tests.web.test_in_chromium import chromium, clock, complaints, home, page, sign_in

__all__ = ["chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser


@pytest.fixture
def meeting(village: Chayuan) -> str:
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    return str(village.write(scoring.open_meeting, **held).id)


@pytest.fixture
def line(page: Page, home: str, meeting: str) -> Page:
    """The page of an open meeting, the cursor in the line."""
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/meetings/{meeting}")
    expect(page.locator("#line")).to_be_focused()
    return page


def press(page: Page, *keys: str) -> int:
    """Press keys, wait for what the last step came to, and return how many they were."""
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def chosen(page: Page, words: str) -> None:
    expect(page.locator("#entry-line .meant").first).to_contain_text(words)


def entered(village: Chayuan, meeting: str) -> list[tuple[str, str, str]]:
    found = village.read(scoring.scores, meeting=meeting)
    return [(one.code, one.item_code, show(one.counted_points)) for one in found if one.status == "entered"]


def test_an_empty_meeting_leads_to_the_line_and_not_to_the_folded_form(line: Page) -> None:
    line.click("h1")
    line.click(".empty a:has-text('录入评分')")

    expect(line.locator("#line")).to_be_focused()


def test_an_evening_s_lines_by_keyboard(
    line: Page,
    village: Chayuan,
    meeting: str,
    complaints: list[str],
    record_property: Callable[[str, Any], None],
) -> None:
    keys = {"first": press(line, "o", "y", "b", "Enter")}
    chosen(line, "0302 欧阳犇（三组）")
    keys["first"] += press(line, "h", "j", "Enter")
    expect(line.locator("#line-said")).to_contain_text("录入后计+5分")
    assert entered(village, meeting) == []
    keys["first"] += press(line, "Enter")
    expect(line.locator("#line-said")).to_contain_text("已录入1条：0302 欧阳犇")

    keys["next"] = press(line, "l", "x", "y", "Enter")
    chosen(line, "0303 李秀英")
    keys["next"] += press(line, "Enter")
    expect(line.locator("#entry-lines li")).to_have_count(2)

    keys["amount"] = press(line, "o", "y", "b", "Enter")
    chosen(line, "0302")
    keys["amount"] += press(line, "z", "y", "Enter")
    expect(line.locator("label[for=line]")).to_have_text("数量（小时）")
    keys["amount"] += press(line, "3", "Enter")
    expect(line.locator("#entry-lines li")).to_have_count(3)

    record_property("keys", keys)
    assert keys["first"] <= 9 and keys["next"] <= 5
    assert line.evaluate("document.activeElement.id") == "line"
    assert entered(village, meeting) == [("0302", "清扫", "5"), ("0303", "清扫", "5"), ("0302", "志愿", "6")]
    assert complaints == []


def test_a_doubled_deed_is_asked_about_and_enter_does_not_double_it(
    line: Page, village: Chayuan, meeting: str
) -> None:
    for _ in range(2):
        press(line, "o", "y", "b", "Enter")
        chosen(line, "0302")
        if line.locator("label[for=line]").inner_text() == "条目":
            press(line, "l", "l", "b", "f", "Enter")
        expect(line.locator("#line-said")).to_contain_text("录入后计")
        press(line, "Enter")
        expect(line.locator("label[for=line]")).to_have_text("哪一户")
    assert len(entered(village, meeting)) == 1

    press(line, "o", "y", "b", "Enter")
    expect(line.locator("#line-said")).to_contain_text("已经记过（第1条）")
    line.click("text=确实又有一次，录入")
    expect(line.locator("#entry-lines li")).to_have_count(2)
    assert len(entered(village, meeting)) == 2


def test_the_last_line_is_taken_back_and_what_failed_is_kept(
    line: Page, village: Chayuan, meeting: str
) -> None:
    press(line, "o", "y", "b", "Enter")
    chosen(line, "0302")
    press(line, "t", "y", "Enter")
    expect(line.locator("label[for=line]")).to_have_text("分值")
    press(line, "5", "0", "Enter")
    expect(line.locator("#line-said")).to_contain_text("分值应在5至10分之间")
    assert line.input_value("#line") == "50"
    line.fill("#line", "5")
    press(line, "Enter")
    expect(line.locator("#entry-lines li")).to_have_count(1)

    press(line, "Control+z")
    expect(line.locator("#entry-lines li")).to_contain_text("已撤回")
    assert entered(village, meeting) == []
