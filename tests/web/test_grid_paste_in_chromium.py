"""Blocks from Excel, pasted into the grid: each value lands where name and heading say, or nowhere."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from pointsbank import roster, scoring, villages
from tests.builders import VILLAGE, Chayuan
from tests.web.test_in_chromium import chromium, clock, complaints, home, page, sign_in
from tests.web.test_meeting_grid_in_chromium import PASTE

__all__ = ["chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser

READ = """() => Object.fromEntries([...document.querySelectorAll('tr[data-code]')].map((row) =>
  [row.dataset.code, [...row.querySelectorAll('input')].map((one) => one.value).join('|')]))"""

NOTHING = {"1": "||", "2": "||", "3": "||", "0104": "||"}

# What is pasted into the first cell, what then stands in which row, what is said.
BLOCKS: list[tuple[str, dict[str, str], str]] = [
    # Larger than the table: what lies beside and below is named.
    (
        "\n".join(["√\t2\t√\t9"] * 6),
        {"1": "√|2|√", "2": "√|2|√", "3": "√|2|√", "0104": "√|2|√"},
        "粘贴了12格。没有填：表右边的列、表下面的行。",
    ),
    # Numbers of the lines are neither codes nor values, although this village counts its households so.
    (
        "1\t何平\t√\t2\n2\t周燕\t\t3\n3\t合计\t1\t5\n",
        {"1": "|3|", "2": "√|2|"},
        "粘贴了3格。没有填：“合计”。",
    ),
    # Mere numbers are values, though there are households of these codes.
    ("1\t2\n1\t3", {"1": "1|2|", "2": "1|3|"}, "粘贴了4格。"),
    # Under their heading they are codes; an Excel sheet drops the noughts before them.
    ("户号\t参加环境清扫\n2\t√\n104\t√", {"2": "√||", "0104": "√||"}, "粘贴了2格。"),
    # The sheet's own title, a heading with a line break and a remark, columns in another order.
    (
        '三组八月评分表\n序号\t户主\t"志愿服务\n（小时）"\t参加环境清扫\t合计\n1\t何平\t1.5\t√\t8\n',
        {"2": "√|1.5|"},
        "粘贴了2格。没有填：“合计”。",
    ),
    # Headings of which none is known here: their order proves nothing.
    ("户主\t值班\t打扫\n何平\t√\t2", {}, "粘贴了0格。表头和这里的条目对不上。没有填：“值班”、“打扫”。"),
    # Two households of one name, a code that belongs to another, somebody's second line.
    (
        "户号\t户主\t参加环境清扫\n1\t周燕\t√\n2\t周燕\t√\n\t李芳\t√\n\t周燕\t5\n3\t李芳\t√",
        {"1": "√||", "3": "√||"},
        "粘贴了2格。没有填：“2 周燕”、“李芳”（这里有2户，请写户号）、“周燕”后面的一行。",
    ),
]


@pytest.fixture
def family(village: Chayuan) -> str:
    """A group of four, numbered as places in a list are; two of one name."""
    named = {"1": "周燕", "2": "何平", "3": "李芳", "0104": "李芳"}
    with village.database.writing() as session:
        villages.add_groups(session, village=VILLAGE, names=["四组"])
    for code, name in named.items():
        village.write(roster.add, code=code, name=name, kind="household", group="四组", people=1)
    return str(village.read(villages.group_by_name, name="四组").id)


def test_a_block_lands_where_its_names_and_headings_say(
    page: Page, home: str, village: Chayuan, family: str, complaints: list[str]
) -> None:
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    meeting = village.write(scoring.open_meeting, **held).id
    sign_in(page, home, "li")
    page.goto(f"{home}/v/{VILLAGE}/meetings/{meeting}/grid?group={family}&item=清扫&item=志愿&item=助邻")
    seen: list[tuple[dict[str, str], str]] = []
    for block, _, _ in BLOCKS:
        page.click("[data-part=clear]")
        page.evaluate(PASTE, [page.locator("table.score-grid input").first.element_handle(), block])
        seen.append((page.evaluate(READ), page.inner_text("[data-part=said]")))

    expected: list[tuple[Any, str]] = [(NOTHING | rows, says) for _, rows, says in BLOCKS]
    assert seen == expected
    assert complaints == []
