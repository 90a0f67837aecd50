"""The grid by keyboard: arrows, filled down, a block from Excel, a bad cell mended, saved; keys counted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pointsbank import scoring, villages
from tests.builders import VILLAGE, Chayuan
from tests.web.test_in_chromium import chromium, clock, complaints, home, page, sign_in

__all__ = ["chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser

EXCEL = "户主\t参加环境清扫\t志愿服务\t补贴\n欧阳犇\t\t三小时\t9\n李秀英\t✓\t1.5\t\n钱多多\t√\t\t\n"

PASTE = """([cell, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_a_group_by_keyboard(
    page: Page,
    home: str,
    village: Chayuan,
    complaints: list[str],
    record_property: Callable[[str, Any], None],
) -> None:
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    meeting = village.write(scoring.open_meeting, **held).id
    group = village.read(villages.group_by_name, name="三组").id
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, home, "li")
    path = f"{home}/v/{VILLAGE}/meetings/{meeting}/grid?group={group}&item=清扫&item=志愿&item=助邻"
    page.goto(path)
    keys = 0

    def press(*pressed: str) -> None:
        nonlocal keys
        for key in pressed:
            page.keyboard.press(key)
        keys += len(pressed)

    def cell(code: str, item: str) -> Any:
        row = page.locator(f"tr[data-code='{code}'] input")
        return row.nth(["清扫", "志愿", "助邻"].index(item))

    # The cursor stands in the first cell; the third item of all three is filled down from it.
    expect(cell("0301", "清扫")).to_be_focused()
    press("ArrowRight", "ArrowRight", "v", "Control+d")
    assert [cell(code, "助邻").input_value() for code in ("0301", "0302", "0303")] == ["v", "v", "v"]
    press("Enter", "ArrowLeft")
    expect(cell("0302", "志愿")).to_be_focused()

    page.evaluate(PASTE, [cell("0302", "志愿").element_handle(), EXCEL])
    expect(page.locator("[data-part=said]")).to_have_text("粘贴了3格。没有填：“钱多多”、“补贴”。")
    # A reload loses nothing of it.
    page.reload()
    assert cell("0303", "志愿").input_value() == "1.5"
    page.click("#grid-form >> text=核对")
    expect(cell("0302", "志愿")).to_be_focused()
    expect(page.locator(".mistakes")).to_contain_text("“三小时”看不懂。请写多少小时，例如 2，不写分值。")
    assert cell("0303", "清扫").input_value() == "√"
    assert village.read(scoring.scores, meeting=meeting) == []

    press("3", "Control+Enter")
    expect(page.get_by_role("button", name="录入6条")).to_be_focused()
    press("Enter")
    expect(page.locator(".alert-success")).to_contain_text("已录入6条。")
    assert "entered" not in page.url and cell("0303", "志愿").input_value() == ""
    page.reload()
    assert cell("0303", "志愿").input_value() == ""
    expect(page.locator("tr[data-code='0302']")).to_contain_text("已记+6")
    assert len(village.read(scoring.scores, meeting=meeting)) == 6
    record_property("keys", keys)
    assert keys <= 10
    assert [one for one in complaints if "422" not in one] == []
