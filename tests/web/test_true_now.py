"""What pages show is what is true now: numbers taken away, listings that are over, dates nobody knows yet."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import boards, publicity, scoring
from tests.builders import HANDED, NOW, SUPERVISOR, Chayuan
from tests.publicity.desk import LATER, Desk, august
from tests.scoring.panel import Panel, hold
from tests.web.browser import Browser, list_rows, words

HOME = "/v/chayuan"
BOARD = f"{HOME}/boards/2026-08"
FACT = "门前杂物堆放，三次提醒未清理"


@pytest.fixture
def scores(village: Chayuan) -> list[str]:
    """王建国 was marked down in August and praised; both hang."""
    panel = Panel(village, hold(village).id)
    entered = panel.enter(august("0101", "乱堆"), august("0101", "志愿", quantity=Decimal(1)))
    panel.write(publicity.close_and_publish, meeting=panel.meeting)
    return [one.id for one in entered]


def up(village: Chayuan, *, at: datetime = NOW, vote: bool = True, **more: Any) -> str:
    """The id of a black listing of 王建国, told of on that day and voted up a fortnight later."""
    village.write(boards.resolve_black_board, resolution="第3号决议", on=date(2026, 8, 20))
    named = {"month": "2026-08", "participant": "0101", "rule": "乱堆", "fact": FACT, "days_up": 30}
    listing = village.write(boards.propose_black, at=at, **named).id
    village.write(boards.deliver, listing=listing, on=at.date(), at=at, **HANDED)
    if vote:
        later = at + timedelta(days=14)
        given = {"votes_for": 5, "votes_against": 1, "by": SUPERVISOR, "at": later, "on": later.date()}
        village.write(boards.countersign, listing=listing, by=SUPERVISOR, at=later)
        village.write(boards.decide, listing=listing, **given)
    return str(listing)


def test_a_number_that_an_objection_took_away_is_struck_through(
    browser: Browser, village: Chayuan, scores: list[str]
) -> None:
    raised = village.write(publicity.raise_objection, score=scores[0], raised_by="本户", reason="不是我家")
    answer = {"upheld": True, "reason": "现场查看", "by": SUPERVISOR}
    village.write(publicity.decide_objection, objection=raised.id, **answer)
    li = browser.sign_in("li")

    for page in (f"{HOME}/scores/{scores[0]}", f"{HOME}/lists/scores"):
        shown = words(li.get(page))
        assert ("<s>−10</s>" in shown, "已撤销" in shown) == (True, True)
    assert "已撤回" not in words(li.get(f"{HOME}/scores/{scores[0]}"))
    assert "计分合计 +2" in words(li.get(f"{HOME}/lists/scores"))


def test_a_listing_whose_days_are_over_says_so_everywhere(
    browser: Browser, village: Chayuan, clock: Traveller
) -> None:
    listing = up(village)
    clock.move_to(NOW + timedelta(days=50))
    li = browser.sign_in("li")

    pages = (
        BOARD,
        f"{HOME}/listings/{listing}",
        f"{HOME}/roster/0101",
        f"{HOME}/lists/listings?status=expired",
    )
    for page in pages:
        assert "已到期" in words(li.get(page)), page
    for page in pages[:3]:
        assert "在榜</span>" not in words(li.get(page)), page
    assert "已到期" in li.get(f"{HOME}/lists/listings?format=csv").data.decode("utf-8-sig")


def test_a_listing_whose_score_is_contested_says_why_it_stops(
    browser: Browser, village: Chayuan, scores: list[str], clock: Traveller
) -> None:
    listing = up(village, vote=False)
    village.write(publicity.raise_objection, score=scores[0], raised_by="本户", reason="不是我家")
    clock.move_to(NOW + timedelta(days=14))
    zhao = browser.sign_in("zhao")

    for page in (BOARD, f"{HOME}/roster/0101"):
        assert "评分有异议" in words(zhao.get(page)), page
    own = words(zhao.get(f"{HOME}/listings/{listing}"))
    assert "有异议还没有答复：答复以前不能表决上榜" in own
    vote = {"votes_for": "5", "votes_against": "1", "on": "2026-09-15"}
    refused = zhao.post(f"{HOME}/listings/{listing}/vote", **vote)
    assert (refused.status_code, "答复以前不能上黑榜" in words(refused)) == (409, True)


def test_honour_adds_up_and_leaves_no_rest(browser: Browser, village: Chayuan) -> None:
    village.give(village.wang, 5)
    li = browser.sign_in("li")

    shown = [words(li.get(f"{HOME}/roster/0101?unit={unit}")) for unit in ("honour", "points")]
    assert [("累计</th>" in one, "余额</th>" in one) for one in shown] == [(True, False), (False, True)]


def test_a_day_that_no_notice_has_settled_says_so(
    app: Flask, village: Chayuan, scores: list[str], clock: Traveller
) -> None:
    december = datetime(2060, 12, 25, 2, tzinfo=UTC)
    listing = up(village, at=december, vote=False)
    raised = {"score": scores[0], "raised_by": "本户", "reason": "不是我家"}
    village.write(publicity.raise_objection, at=december, **raised)
    clock.move_to(december)
    li = Browser(app).sign_in("li")

    assert "的放假安排还没有公布，按最早的一天算" in words(li.get(f"{HOME}/scores/{scores[0]}"))
    assert "的放假安排还没有公布，按最晚的一天算" in words(li.get(f"{HOME}/listings/{listing}"))


def test_what_the_meeting_withdrew_hangs_in_no_notice_and_is_not_counted(
    browser: Browser, village: Chayuan
) -> None:
    panel = Panel(village, hold(village).id)
    kept, taken = panel.enter(august("0101", "志愿", quantity=Decimal(1)), august("0303", "乱堆"))
    panel.write(scoring.withdraw_score, score=taken.id)
    notice = panel.hang_out().id
    li = browser.sign_in("li")

    page = li.get(f"{HOME}/notices/{notice}")
    assert "0101" in list_rows(page) and "0303" not in list_rows(page)
    assert "共1条" in words(page)
    assert f"/scores/{kept.id}" in words(page) and f"/scores/{taken.id}" not in words(page)
    assert "：1：" in list_rows(li.get(f"{HOME}/notices"))


def test_an_open_month_without_scores_ranks_nobody(browser: Browser) -> None:
    board = browser.sign_in("li").get(f"{HOME}/boards/2026-10")

    assert "还没有评分，大家都没有名次" in words(board)
    assert list_rows(board) == ""


def test_a_correction_that_waits_stands_on_both_files_with_its_last_day(
    browser: Browser, village: Chayuan, clock: Traveller
) -> None:
    panel = Panel(village, hold(village).id)
    scores = panel.enter(august("0101", "助邻"))
    panel.write(publicity.settle, notice=panel.hang_out().id, at=LATER)
    it = Desk(panel, [panel.now(one) for one in scores])
    made = it.correct(it.scores[0], participant_code="0303")
    clock.move_to(LATER)
    li = browser.sign_in("li")

    def seen() -> list[str]:
        return [words(li.get(f"{HOME}/roster/{code}")) for code in ("0101", "0303")]

    for file, change in zip(seen(), ("改为0", "改为+10"), strict=True):
        assert f"/scores/{made.score_id}" in file and change in file
        assert "更正公示还没有张贴" in file
    it.hang(made)
    assert all("公示到2026年9月8日，在这之前可以提异议" in file for file in seen())
