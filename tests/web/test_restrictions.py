"""What a veto keeps a household from: in its file and at the till, never where everybody looks."""

from datetime import date

import pytest
from flask import Flask

from pointsbank import publicity, roster, scoring
from pointsbank.scoring import Score, ScoreRow
from tests.builders import NOW, VILLAGE, Chayuan
from tests.scoring.panel import hold
from tests.web.browser import Browser, words

FILE = f"/v/{VILLAGE}/roster/0101"
MONTH = f"/v/{VILLAGE}/boards/2026-08"


@pytest.fixture
def veto(village: Chayuan) -> Score:
    """王建国 has points, honour and a veto that is posted."""
    rows = [ScoreRow("0101", "助邻", date(2026, 8, 20)), ScoreRow("0101", "拒清", date(2026, 8, 20))]
    meeting = hold(village).id
    _, veto = entered = village.write(scoring.enter_scores, meeting=meeting, rows=rows)
    village.write(scoring.close_meeting, meeting=meeting)
    with village.database.writing() as session:
        scoring.publish(session, village=VILLAGE, meeting=meeting)
        scoring.settle_scores(session, village=VILLAGE, scores=[one.id for one in entered], by="li", at=NOW)
    village.give(village.wang, 60)
    found: Score = veto
    return found


def test_the_file_says_it_and_two_people_lift_it(app: Flask, village: Chayuan, veto: Score) -> None:
    li, zhao = Browser(app).sign_in("li"), Browser(app).sign_in("zhao")
    shown = words(li.get(FILE))
    asked = li.follow(li.post(f"{FILE}/restrictions/{veto.id}/lift", lift_reason="垃圾已清运"))

    assert "暂停兑换、红榜，从2026年9月1日起，到2026年12月31日。" in shown
    assert "恢复兑换、红榜：现在暂停，到2026年12月31日。" in words(asked)
    done = zhao.post(f"{asked.request.path}/confirmation", seen=_seen(zhao, asked.request.path))
    assert done.status_code == 303
    assert village.read(roster.restricted, kind="redemption", at=NOW) == {}
    assert "已解除：垃圾已清运" in words(li.get(FILE))


def test_without_a_reason_nothing_is_asked_and_the_page_says_so(app: Flask, veto: Score) -> None:
    answer = Browser(app).sign_in("li").post(f"{FILE}/restrictions/{veto.id}/lift", lift_reason=" ")

    assert answer.status_code == 422
    assert "申请解除" in words(answer)


def test_the_till_greys_everything_and_says_why(app: Flask, village: Chayuan, veto: Score) -> None:
    chen = Browser(app).sign_in("chen")
    shelf = chen.follow(chen.post(f"/v/{VILLAGE}/till", text=village.card(village.wang).token))

    assert "这一户因“拒不清运垃圾”暂停兑换，从2026年9月1日起，到2026年12月31日；" in words(shelf)
    assert "disabled" in shelf.text


def test_the_board_says_whom_it_leaves_out_to_those_who_decide_alone(
    app: Flask, village: Chayuan, veto: Score
) -> None:
    li, chen = Browser(app).sign_in("li"), Browser(app).sign_in("chen")
    drafted = words(li.follow(li.post(f"{MONTH}/red")))

    assert "没有新的提名。" in drafted
    assert "暂停上红榜（1）" in drafted and "拒不清运垃圾" in drafted
    assert "拒不清运垃圾" not in words(chen.get(MONTH))
    wall = village.read(publicity.public_board, month="2026-08", at=NOW)
    assert wall.red == () and "拒不清运" not in repr(wall)


def _seen(browser: Browser, path: str) -> str:
    """The mark of what the request's page says."""
    return browser.get(path).text.split('name="seen" value="')[1].split('"')[0]
