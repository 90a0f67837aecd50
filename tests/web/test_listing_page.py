"""What ends a listing for good, or answers an objection to it, says first what it will do."""

from dataclasses import replace
from datetime import date

from flask import Flask

from pointsbank import boards
from pointsbank.boards import Listing
from pointsbank.web.pages.listings import down_in_words
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.test_true_now import up

HOME = f"/v/{VILLAGE}"


def proposed(app: Flask, village: Chayuan) -> str:
    """王建国 is proposed for the black board of September; where the proposal's page is."""
    village.write(boards.resolve_black_board, resolution="第3号决议", on=date(2026, 8, 20))
    li = Browser(app).sign_in("li")
    black = {"participant": "0101", "rule": "乱堆", "fact": "门前杂物堆放，三次提醒未清理"}
    return li.follow(li.post(f"{HOME}/boards/2026-09/black", **black)).request.path


def found(village: Chayuan, page: str) -> Listing:
    listing: Listing = village.read(boards.listing, listing_id=page.rpartition("/")[2])
    return listing


def test_a_proposal_is_withdrawn_once_somebody_read_that_it_is_for_good(app: Flask, village: Chayuan) -> None:
    page = proposed(app, village)
    li = Browser(app).sign_in("li")

    assert f'formaction="{page}/down"' not in li.get(page).text
    asked = li.post(f"{page}/down/outlook", reason="已清理", seen="proposed")
    assert "王建国（0101）2026年9月黑榜：撤回提名，不再表决。" in words(asked)
    assert "不能恢复" in words(asked) and "已清理" in asked.text
    assert f'formaction="{page}/down"' in asked.text
    assert found(village, page).status == "proposed"

    empty = li.post(f"{page}/down/outlook", reason="", seen="proposed")
    assert empty.status_code == 422 and "formaction" not in empty.text
    done = li.post(f"{page}/down", reason="已清理", seen="proposed")
    assert "已撤回提名。" in words(li.follow(done))
    assert found(village, page).status == "withdrawn"


def test_the_desk_writes_down_what_is_said_of_what_hangs_and_sees_no_proposal(
    app: Flask, village: Chayuan
) -> None:
    chen, page = Browser(app).sign_in("chen"), f"{HOME}/listings/{up(village)}"
    black = {"month": "2026-09", "participant": "0102", "rule": "乱堆", "fact": "门前杂物堆放"}
    waiting = village.write(boards.propose_black, **black)
    assert chen.get(f"{HOME}/listings/{waiting.id}").status_code == 404

    shown = chen.get(page)
    assert "本户说整改好了" in words(shown) and "帮教" not in words(shown)
    assert "请去看一看" in words(chen.follow(chen.post(f"{page}/put-right")))
    filed = chen.follow(chen.post(f"{page}/objections", raised_by="本户", reason="不是我家的"))
    assert filed.status_code == 200 and "书面答复" in words(filed)


def test_whether_it_was_wrong_is_ticked_and_said_before_it_goes(app: Flask, village: Chayuan) -> None:
    up = replace(found(village, proposed(app, village)), status="up")

    assert not any("更正" in one for one in down_in_words(up))
    assert "更正声明" in "".join(down_in_words(up, was_wrong=True))
    red = replace(up, board="red")
    assert not any("更正" in one for one in down_in_words(red, was_wrong=True))


def test_an_answer_to_an_objection_says_what_becomes_of_the_listing(app: Flask, village: Chayuan) -> None:
    page = proposed(app, village)
    chen, zhao = Browser(app).sign_in("chen"), Browser(app).sign_in("zhao")
    filed = chen.post(f"{page}/objections", raised_by="本户", reason="不是我家的")
    assert "书面答复；答复以前不在榜上显示，也不能表决" in words(chen.follow(filed))
    [raised] = village.read(boards.listing_objections, listing=page.rpartition("/")[2])
    path = f"{page}/objections/{raised.id}/decision"

    upheld = words(zhao.post(f"{path}/outlook", verdict="upheld", reason="查过"))
    rejected = zhao.post(f"{path}/outlook", verdict="rejected", reason="查过")
    nothing = zhao.post(f"{path}/outlook", reason="查过")

    assert "就此结束，不再显示，也不再表决" in upheld and "答复以后不能再改" in upheld
    assert "结论：不成立。" in words(rejected) and f'formaction="{path}"' in rejected.text
    assert nothing.status_code == 422 and "查过" in nothing.text and "formaction" not in nothing.text
    assert found(village, page).status == "proposed"
    done = zhao.post(path, verdict="upheld", reason="查过")
    assert "答复已记录：成立，这一户不上榜。请把书面答复交给提出异议的人。" in words(zhao.follow(done))
    assert found(village, page).status != "proposed"
