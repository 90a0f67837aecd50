"""Keys and clicks of the jobs at the desk, counted in Chromium and printed beside what they may be.

The bounds are those of a committee member who does it with the hands on the keyboard, or the mouse alone.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from pointsbank import boards, publicity, scoring
from tests.builders import NOW, VILLAGE, Chayuan, hang_out
from tests.scoring.panel import AUGUST
from tests.web.test_in_chromium import chromium, clock, complaints, home, page, sign_in

__all__ = ["chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser

DESK = f"/v/{VILLAGE}"


@dataclass
class Hands:
    """Whoever sits there: each key and each click is counted."""

    page: Page
    home: str
    keys: int = 0
    clicks: int = 0

    def at(self, path: str) -> None:
        """Go to where a job begins, which counts for nothing."""
        self.page.goto(f"{self.home}{DESK}{path}")
        self.keys = self.clicks = 0

    def press(self, *keys: str) -> None:
        """Press these keys; a word is pressed letter by letter."""
        for key in keys:
            for one in [key] if key in ("Enter", "Tab", "ArrowDown") else key:
                self.page.keyboard.press(one)
                self.keys += 1

    def click(self, what: str) -> None:
        """Click once."""
        self.page.click(what)
        self.clicks += 1

    def done(self, job: str, *, keys: int | None = None, clicks: int = 0) -> None:
        """Print what a job took; None are as many keys as words take."""
        sys.stdout.write(f"{job}: {self.keys} keys (bound {keys}), {self.clicks} clicks (bound {clicks})\n")
        assert (keys is None or self.keys <= keys, self.clicks <= clicks) == (True, True), job


@pytest.fixture
def meeting(village: Chayuan) -> str:
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计", "老支书"]}
    return str(village.write(scoring.open_meeting, **held).id)


@pytest.fixture
def hands(page: Page, home: str, complaints: list[str]) -> Iterator[Hands]:
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, home, "li")
    yield Hands(page, home)
    assert complaints == []


def test_scores_are_entered_without_the_mouse(hands: Hands, village: Chayuan, meeting: str) -> None:
    hands.at(f"/meetings/{meeting}")
    chosen = hands.page.locator("#entry-line .meant").first
    said = hands.page.locator("#line-said")

    def name(typed: str, whose: str) -> None:
        hands.press(typed, "Enter")
        expect(chosen).to_contain_text(whose)

    name("0201", "0201")
    hands.press("hj", "Enter")
    expect(said).to_contain_text("录入后计+5分")
    hands.press("Enter")
    expect(said).to_contain_text("已录入1条：0201")

    hands.keys = 0
    name("0101", "0101 王建国")
    hands.press("Enter")
    expect(said).to_contain_text("已录入1条：0101")
    hands.done("score a household, same item, code known", keys=6)

    hands.keys = 0
    name("oy", "0302 欧阳犇")
    hands.press("Enter")
    expect(said).to_contain_text("已录入1条：0302")
    hands.done("the same, by initials", keys=4)

    hands.keys = 0
    name("sxm", "0203 单雪梅")
    hands.press("zy", "Enter")
    expect(hands.page.locator("label[for=line]")).to_have_text("数量（小时）")
    hands.press("1", "Enter")
    expect(said).to_contain_text("已录入1条：0203")
    hands.done("score a household, another item with quantity, only the name known", keys=9)

    entered = village.read(scoring.scores, meeting=meeting)
    assert [(one.item_code, one.quantity) for one in entered] == [
        ("清扫", None),
        ("清扫", None),
        ("清扫", None),
        ("志愿", 100),
    ]


def test_a_meeting_is_opened_in_two_clicks(hands: Hands, village: Chayuan, meeting: str) -> None:
    hands.at("")

    hands.click(".tabs a:text-is('评议')")
    hands.click("button:text-is('开始评议')")
    hands.page.wait_for_url("**/meetings/*")
    hands.done("open a meeting", keys=0, clicks=2)

    opened = max(village.read(scoring.meetings), key=lambda one: one.opened_at)
    assert (opened.title, opened.judges) == ("2026年9月评议会", ("李会计", "老支书"))


def test_the_red_board_is_voted_on_in_three_clicks(hands: Hands, village: Chayuan, meeting: str) -> None:
    rows = [scoring.ScoreRow(code, "助邻", AUGUST) for code in ("0101", "0102", "0201", "0202")]
    village.write(scoring.enter_scores, meeting=meeting, rows=rows)
    post(village, meeting)
    hands.at("/boards/2026-08")

    hands.click("button:text-is('按荣誉积分提名')")
    hands.click("a:has-text('一起表决')")
    expect(hands.page.locator("#votes_for")).to_be_focused()
    hands.press("9")
    hands.click("button:text-is('登记表决')")
    expect(hands.page.locator(".alert-success")).to_contain_text("4户上红榜")
    hands.done("red board, from nothing to hung", keys=2, clicks=3)

    assert {one.status for one in village.read(boards.listings, month="2026-08")} == {"up"}


def test_a_file_leads_to_who_decided_and_to_an_objection(
    hands: Hands, village: Chayuan, meeting: str
) -> None:
    rows = [scoring.ScoreRow("0101", "助邻", AUGUST), scoring.ScoreRow("0101", "清扫", AUGUST)]
    village.write(scoring.enter_scores, meeting=meeting, rows=rows)
    notice = village.write(hang_out, meeting=meeting)
    hands.at("/roster/0101")

    hands.click("main a:has-text('邻里帮扶')")
    hands.page.fill("#raised_by", "王建国")
    hands.page.fill("#reason", "那天是两个人去的")
    hands.click("button:text-is('登记')")
    expect(hands.page.locator(".alert-success")).to_contain_text("异议已登记")
    hands.done("file an objection, from the household's file", clicks=3)

    settle(village, notice.id)
    hands.at("/roster/0101")
    hands.click("main a:has-text('参加环境清扫')")
    expect(hands.page.locator("main")).to_contain_text("到场：李会计、老支书")
    hands.done("why has a household N points: one line", keys=0, clicks=1)


def test_one_score_of_a_past_meeting_is_found(hands: Hands, village: Chayuan, meeting: str) -> None:
    rows = [scoring.ScoreRow(code, "助邻", AUGUST) for code in ("0101", "0102", "0302")]
    village.write(scoring.enter_scores, meeting=meeting, rows=rows)
    post(village, meeting)
    hands.at(f"/meetings/{meeting}")

    hands.click("#by-household")
    hands.press("oyb", "Enter")
    expect(hands.page.locator(".rows-table tbody tr")).to_have_count(1)
    hands.click(".rows-table tbody a")
    expect(hands.page.locator("h1")).to_contain_text("欧阳犇")
    hands.done("find one score in a past meeting", keys=4, clicks=2)


def post(village: Chayuan, meeting: str) -> None:
    """End a meeting and post what it decided, once its notice is over."""
    settle(village, village.write(hang_out, meeting=meeting).id)


def settle(village: Chayuan, notice: str) -> None:
    """Post a notice once it is over."""
    village.write(publicity.settle, notice=notice, at=NOW + timedelta(days=4))
