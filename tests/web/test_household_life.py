"""A household's file is edited, it splits, moves, ends page by page: what will happen, and who confirms."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import boards, ledger, roster
from tests.builders import Chayuan
from tests.web.browser import Browser, hidden, words

HOME = "/v/chayuan"
FILE = f"{HOME}/roster/0101"
MEETING = "8月20日村民小组会议，长子一家分出"


def stands(**changes: str) -> dict[str, str]:
    """王建国's file as its form shows it, but for what is changed."""
    file = {"name": "王建国", "people": "4", "group": "一组", "address": "", "status": "active"}
    return file | {"reason": "户主更换"} | changes


@pytest.fixture
def li(browser: Browser) -> Browser:
    """Li, of the committee."""
    return browser.sign_in("li")


def confirmed(app: Flask, asked: TestResponse) -> str:
    """The page of a request after 赵监督 confirmed it."""
    zhao, page = Browser(app).sign_in("zhao"), asked.request.path
    zhao.get(page)
    return words(zhao.follow(zhao.post(f"{page}/confirmation")))


def requests(village: Chayuan) -> int:
    """How many acts of two people were requested."""
    return len(village.read(ledger.log_entries, kinds=["approval_requested"]))


def test_a_file_is_edited_from_the_file_with_a_reason(li: Browser, village: Chayuan) -> None:
    for path in ("edit", "split", "move", "ending"):
        assert f'href="{FILE}/{path}"' in words(li.get(FILE))
    seen = hidden(li.get(f"{FILE}/edit"), "seen")

    lacking = li.post(f"{FILE}/edit", **stands(name="王小军", reason="", seen=seen))
    assert lacking.status_code == 422 and 'value="王小军"' in words(lacking)
    done = words(li.follow(li.post(f"{FILE}/edit", **stands(name="王小军", status="away", seen=seen))))

    assert "档案已修改" in done and "<h1>王小军</h1>" in done and "常年在外" in done
    [entry] = village.read(ledger.log_entries, kinds=["household_changed"])
    assert entry.words["note"] == "户主更换"
    assert "户主由王建国改为王小军" in words(li.get(f"{HOME}/log"))
    assert "0101" in words(li.get(f"{HOME}/roster?status=away"))


def test_what_somebody_else_changed_meanwhile_is_not_written_over(li: Browser, village: Chayuan) -> None:
    seen = hidden(li.get(f"{FILE}/edit"), "seen")
    facts = roster.NewFacts(people=7)
    village.write(roster.edit, code="0101", facts=facts, reason="添丁")

    refused = li.post(f"{FILE}/edit", **stands(name="王小军", seen=seen))

    assert (refused.status_code, "别人改过这份档案" in words(refused)) == (409, True)
    assert 'value="王小军"' in words(refused) and "7人" in words(refused)
    assert village.read(roster.by_code, code="0101").people == 7
    again = li.post(f"{FILE}/edit", **stands(people="7", name="王小军", seen=hidden(refused, "seen")))
    assert again.status_code == 303


def test_a_split_is_foreseen_requested_and_confirmed(li: Browser, app: Flask, village: Chayuan) -> None:
    village.give(village.wang, 12)
    had = village.balance(village.wang)
    form: Any = {"code": "0104", "name": "王小军", "people": "2", "group": "一组", "points": "1"}
    form |= {"decision": MEETING}

    foreseen = words(li.post(f"{FILE}/split/outlook", **form))
    assert "新立户号0104，户主王小军，2人，在一组" in foreseen and f'value="{MEETING}"' in foreseen
    assert requests(village) == 0
    wrong = li.post(f"{FILE}/split/outlook", **(form | {"points": "9999"}))
    assert wrong.status_code == 409 and 'value="9999"' in words(wrong)
    asked = li.follow(li.post(f"{FILE}/split", **form))
    for sentence in ("已申请", "分出1分", MEETING):
        assert sentence in words(asked)

    assert "新户王小军（0104）" in confirmed(app, asked)
    new = village.read(roster.by_code, code="0104")
    assert village.balance(new).points == 100
    assert village.balance(village.wang).points == had.points - 100


def test_a_move_is_foreseen_requested_and_confirmed(li: Browser, app: Flask, village: Chayuan) -> None:
    form = {"group": "二组", "decision": MEETING}
    assert "移到二组" in words(li.post(f"{FILE}/move/outlook", **form))
    asked = li.follow(li.post(f"{FILE}/move", **form))

    assert "已移到二组" in confirmed(app, asked)
    assert village.read(roster.by_code, code="0101").group == "二组"


def test_an_end_says_what_will_happen_and_links_what_stands_against_it(li: Browser, village: Chayuan) -> None:
    form = {"decision": "全家迁出", "heir": ""}
    foreseen = words(li.post(f"{FILE}/ending/outlook", **form))
    assert "全部清零，收回村里，不再作数" in foreseen and 'value="全家迁出"' in foreseen
    assert village.read(roster.by_code, code="0101").status == "active"

    village.write(boards.resolve_black_board, resolution="村民代表会议决议", on=date(2026, 8, 1))
    about = {"month": "2026-09", "participant": "0101", "rule": "村规民约第3条"}
    listing = village.write(boards.propose_black, fact="门前杂物堆放，三次提醒未清理", **about)

    refused = li.post(f"{FILE}/ending", **form)
    assert refused.status_code == 409 and "红黑榜提名" in words(refused)
    assert f"{HOME}/listings/{listing.id}" in words(refused)


def test_only_who_keeps_the_roster_comes_here(browser: Browser) -> None:
    chen = browser.sign_in("chen")
    for path in ("edit", "split", "move", "ending"):
        assert chen.get(f"{FILE}/{path}").status_code == 403
        assert f"{FILE}/{path}" not in words(chen.get(FILE))
