"""Judged items on pages: the committee's screen, a judge's own telephone, the projector."""

import html
import re
from typing import Any

import pytest
from flask import Flask

from pointsbank import scoring
from pointsbank.points import parse
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"
JUDGE = f"/judge/{VILLAGE}"
MEETING = {"title": "九月评议会", "held_on": "2026-09-01"}
JUDGES = "龙凤泉 0101、郝田发 0303、田大满、石老三"
CODE = re.compile(r"<code>(\d{3} \d{3} \d{3})</code>")


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


@pytest.fixture
def meeting(li: Browser) -> str:
    """The address of an open meeting of four."""
    return li.post(f"{HOME}/meetings", **MEETING, judges=JUDGES).headers["Location"]


def put(li: Browser, meeting: str, codes: str = "0202 0101", item: str = "庭院") -> Any:
    return li.post(f"{meeting}/marks", codes=codes, item=item, occurred_on="2026-09-01")


def known(village: Chayuan, meeting: str) -> list[scoring.Case]:
    found: list[scoring.Case] = village.read(scoring.cases, meeting=meeting.rpartition("/")[2])
    return found


def code(li: Browser, meeting: str, judge: int) -> str:
    """The code that the committee's screen shows once."""
    found = CODE.search(words(li.post(f"{meeting}/marks/judges/{judge}/code")))
    assert found is not None
    return found[1]


def phone(app: Flask, code: str) -> Browser:
    """A telephone that took a code."""
    own = Browser(app)
    own.get(JUDGE)
    taken = own.post(JUDGE, code=code)
    assert (taken.status_code, taken.headers["Location"]) == (303, JUDGE)
    return own


def test_an_evening_of_marks_on_screen_phone_and_paper(
    app: Flask, li: Browser, meeting: str, village: Chayuan
) -> None:
    assert "还没有要评议员打分的" in words(li.get(f"{meeting}/marks"))
    assert "已提交2件打分" in words(li.follow(put(li, meeting)))
    zeng, wang = known(village, meeting)
    screen = f"{meeting}/marks/judges"

    own = words(li.get(f"{screen}/1"))
    assert "本户，回避" in own
    assert f"mark-{wang.id}" not in own
    li.post(f"{screen}/1", **{f"mark-{zeng.id}": "7"}, way="screen")
    li.post(f"{screen}/2", **{f"mark-{zeng.id}": "8", f"mark-{wang.id}": "6"}, way="paper")
    tian = phone(app, code(li, meeting, 3))
    assert "还有2件没有打" in words(tian.get(JUDGE))
    given = tian.follow(tian.post(f"{JUDGE}/marks", **{f"mark-{zeng.id}": "９.５", f"mark-{wang.id}": "7"}))
    assert "已收到2件打分" in words(given)
    assert 'value="9.5"' in words(given), "one's own mark is shown, and may be changed"

    before = words(li.get(f"{meeting}/marks"))
    assert "已打3人，还有石老三" in before
    assert "9.5" not in before + words(li.get(f"{screen}/3")) + words(li.get(f"{meeting}/projector?show=1"))
    li.post(f"{screen}/4", **{f"mark-{zeng.id}": "10", f"mark-{wang.id}": "7.25"})

    after = words(li.get(f"{meeting}/marks"))
    assert "龙凤泉 7，郝田发 8，田大满 9.5，石老三 10" in after
    assert "4位评议员打分，7至10分，取平均分" in after
    assert "已计入2件评分" in words(li.follow(li.post(f"{meeting}/marks/draw")))
    entered = village.read(scoring.scores, meeting=meeting.rpartition("/")[2])
    assert [(one.code, one.counted_points, one.recused) for one in entered] == [
        ("0202", parse("8.63"), ""),
        ("0101", parse("6.75"), "龙凤泉"),
    ]
    assert [one.way for one in known(village, meeting)[0].marks] == ["screen", "paper", "phone", "screen"]


def test_a_wrong_mark_stands_beside_its_field_and_nothing_is_written(
    app: Flask, li: Browser, meeting: str, village: Chayuan
) -> None:
    put(li, meeting, "0202 0203")
    zeng, shan = known(village, meeting)
    own = phone(app, code(li, meeting, 3))

    for typed, sentence in (
        ("abc", "请填数字"),
        ("11", "5至10分之间"),
        ("1e9999", "请填数字"),
        ("x" * 300, "请填数字"),
    ):
        wrong = own.post(f"{JUDGE}/marks", **{f"mark-{zeng.id}": "7", f"mark-{shan.id}": typed})
        assert wrong.status_code == 422
        assert sentence in words(wrong)
        assert f'value="{typed}"' in words(wrong)
        assert 'value="7"' in words(wrong)
    assert own.post(f"{JUDGE}/marks").status_code == 409
    assert known(village, meeting)[0].given == frozenset()


def test_a_mark_for_what_ended_meanwhile_is_refused_by_name(
    app: Flask, li: Browser, meeting: str, village: Chayuan
) -> None:
    put(li, meeting, "0202 0203")
    zeng, shan = known(village, meeting)
    own = phone(app, code(li, meeting, 3))
    li.post(f"{meeting}/marks/{zeng.id}/drop")

    late = own.post(f"{JUDGE}/marks", **{f"mark-{zeng.id}": "7", f"mark-{shan.id}": "6"})
    assert late.status_code == 409
    assert "0202 曾䶮这一件已经计入评分或者撤下" in words(late)
    assert "刚才填的7没有保存" in words(late)
    assert 'value="6"' in words(late)
    assert own.post(f"{JUDGE}/marks", **{f"mark-{shan.id}": "6"}).status_code == 303


def test_own_kin_is_refused_even_if_a_form_is_made_up(
    app: Flask, li: Browser, meeting: str, village: Chayuan
) -> None:
    put(li, meeting)
    wang = known(village, meeting)[1]
    own = phone(app, code(li, meeting, 1))

    assert "本户，回避" in words(own.get(JUDGE))
    refused = own.post(f"{JUDGE}/marks", **{f"mark-{wang.id}": "10"})
    assert (refused.status_code, "龙凤泉要回避0101" in words(refused)) == (409, True)
    assert known(village, meeting)[1].given == frozenset()


def test_without_its_cookie_a_telephone_sees_no_name(app: Flask, li: Browser, meeting: str) -> None:
    put(li, meeting)
    digits = code(li, meeting, 3).replace(" ", "")
    stranger = Browser(app)

    for path in (JUDGE, f"{JUDGE}/{digits}", f"{JUDGE}/000000000", "/judge/nowhere"):
        shown = stranger.get(path)
        assert shown.status_code == 200
        assert not re.search("曾|田大满|九月评议会|茶源", html.unescape(words(shown)))
    assert f'value="{digits}"' in words(stranger.get(f"{JUDGE}/{digits}"))
    assert stranger.post(f"{JUDGE}/marks").status_code == 409
    assert stranger.get("/judge/%00").status_code == 404
    # Looking at it took nothing: the judge's own telephone still may.
    phone(app, digits)


def test_a_code_is_void_once_used_shown_anew_absent_or_closed(app: Flask, li: Browser, meeting: str) -> None:
    first = code(li, meeting, 3)
    own = phone(app, first)
    assert Browser(app).post(JUDGE, code=first).status_code == 409
    code(li, meeting, 3)
    assert "这部手机不能再打分了" in words(own.get(JUDGE))

    away = phone(app, code(li, meeting, 4))
    li.post(f"{meeting}/presence", position="4", role="absentee")
    assert "这部手机不能再打分了" in words(away.get(JUDGE))

    last = phone(app, code(li, meeting, 3))
    li.post(f"{meeting}/close")
    assert "这部手机不能再打分了" in words(last.get(JUDGE))
    lost = last.post(f"{JUDGE}/marks", **{f"mark-{'a' * 16}": "7.75"})
    assert (lost.status_code, "7.75" in words(lost)) == (409, True)


def test_who_guesses_codes_has_to_wait(app: Flask, li: Browser, meeting: str) -> None:
    good = code(li, meeting, 3)
    guesser = Browser(app)
    answers = [guesser.post(JUDGE, code=f"{guess:09}").status_code for guess in range(21)]

    assert answers == [409] * 20 + [429]
    assert guesser.post(JUDGE, code=good).status_code == 429, "the right one neither, from there"


def test_who_only_supervises_sees_and_changes_nothing(
    app: Flask, li: Browser, meeting: str, village: Chayuan
) -> None:
    put(li, meeting)
    zhao = Browser(app).sign_in("zhao")

    assert "曾䶮" in words(zhao.get(f"{meeting}/marks"))
    assert "出示打分码" not in words(zhao.get(f"{meeting}/marks"))
    for path in ("/marks/draw", "/marks/judges/1", "/marks/judges/1/code", "/marks"):
        assert zhao.post(f"{meeting}{path}").status_code == 403


def test_closing_waits_for_results(li: Browser, meeting: str) -> None:
    put(li, meeting)

    assert "还有2件打分没有结果" in words(li.get(f"{meeting}/close"))
    refused = li.post(f"{meeting}/close", minutes="一致通过")
    assert (refused.status_code, "还有2件打分没有结果" in words(refused)) == (409, True)


@pytest.mark.parametrize("judge", ["0", "9", "99999999999999999999", "x"])
def test_nobody_stands_at_such_a_place(li: Browser, meeting: str, judge: str) -> None:
    put(li, meeting)

    assert li.get(f"{meeting}/marks/judges/{judge}").status_code in (404, 409)
    assert li.post(f"{meeting}/marks/judges/{judge}/code").status_code in (404, 409)


def test_the_projector_turns_from_the_agenda_to_each_case_and_the_last_entry(
    li: Browser, meeting: str, village: Chayuan
) -> None:
    shown = words(li.get(f"{meeting}/projector"))
    assert "九月评议会" in shown
    assert 'http-equiv="refresh"' in shown

    put(li, meeting)
    zeng, wang = known(village, meeting)
    waiting = words(li.get(f"{meeting}/projector"))
    assert '<div class="number">0/4</div>' in waiting
    for judge, mark in enumerate(("7", "8", "9.5", "10"), start=1):
        li.post(f"{meeting}/marks/judges/{judge}", **{f"mark-{zeng.id}": mark})
        if judge == 1:
            assert '<div class="number">1/4</div>' in words(li.get(f"{meeting}/projector"))
            assert "龙凤泉 <strong>✓</strong>" in words(li.get(f"{meeting}/projector"))
    done = words(li.get(f"{meeting}/projector?show=1"))
    assert '<div class="number">+8.63</div>' in done
    assert "石老三 <strong>10</strong>" in done
    assert 'rel="prev" href' in done
    assert 'rel="next" href' in done
    recused = words(li.get(f"{meeting}/projector?show=2"))
    assert "龙凤泉回避" in recused

    li.post(f"{meeting}/marks/draw")
    li.post(f"{meeting}/marks/{wang.id}/drop")
    last = words(li.get(f"{meeting}/projector"))
    assert "曾䶮 0202" in last
    assert '<div class="number">+8.63</div>' in last
    for odd in ("?show=99", "?show=%00", "?show="):
        assert li.get(f"{meeting}/projector{odd}").status_code == 200
