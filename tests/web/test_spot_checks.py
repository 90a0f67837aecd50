"""A draw on its pages: fixed, thrown, answered, signed by two; and what everybody may read of it."""

import re

import pytest
from flask import Flask

from pointsbank import lists, proof, spot_checks
from pointsbank.spot_checks import SpotCheck
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words

MONTH = "2026-08"
PAGES = f"/v/{VILLAGE}/spot-checks"
ONE = f"{PAGES}/{MONTH}"
OPEN = f"/open/{VILLAGE}/spot-checks/{MONTH}"
DICE = {"dice": "3164522614", "thrower": "0101", "witness": "0303"}


@pytest.fixture
def closed(village: Chayuan) -> Chayuan:
    """August, sealed with twelve entries."""
    for who in (village.wang, village.maimaiti, village.ouyang) * 4:
        village.give(who, 5)
    village.write(proof.close_month, month=MONTH)
    return village


@pytest.fixture
def zhao(app: Flask) -> Browser:
    return Browser(app).sign_in("zhao")


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


def drawn(village: Chayuan) -> SpotCheck:
    found = village.read(spot_checks.spot_check, month=MONTH)
    assert isinstance(found, SpotCheck)
    return found


def thrown(zhao: Browser) -> None:
    zhao.follow(zhao.post(f"{ONE}/plan", size="10"))
    zhao.follow(zhao.post(f"{ONE}/dice", **DICE))


def answers(village: Chayuan, **more: str) -> dict[str, str]:
    """The form with every drawn entry true."""
    return {f"answer-{index}": "true" for index in drawn(village).drawn} | {
        "first": "0102",
        "second": "0203",
        **more,
    }


def test_from_the_number_to_a_result_that_everybody_reads(
    app: Flask, zhao: Browser, li: Browser, closed: Chayuan
) -> None:
    assert "2026年8月有12条入账的评分" in words(zhao.get(ONE))
    thrown(zhao)
    assert zhao.get(f"/v/{VILLAGE}/print/spot_check.pdf?month={MONTH}").data.startswith(b"%PDF")
    index = drawn(closed).drawn[0]
    given = answers(closed, **{f"answer-{index}": "not_findable", f"note-{index}": "那天没有人在场"})
    zhao.follow(zhao.post(f"{ONE}/answers", **given))
    zhao.follow(zhao.post(f"{ONE}/signatures", seen=drawn(closed).mark))

    done = words(li.follow(li.post(f"{ONE}/signatures", seen=drawn(closed).mark)))

    result = "抽查10条，9条属实，1条查不到（按不属实算）：至少九成把握，不属实的不到百分之三十四。"
    assert result in done
    everybody = Browser(app)
    board, page = words(everybody.get(f"/open/{VILLAGE}")), words(everybody.get(OPEN))
    assert result in board and result in page
    assert OPEN in board
    assert all(f"第{each}条" in page for each in drawn(closed).drawn)
    assert drawn(closed).digest in page
    # Nobody's name, and no note.
    people = ("王建国", "买买提", "欧阳犇", "李秀英", "单雪梅", "0101", "0303", "没有人在场", "赵")
    assert not [one for one in people if one in page + board]


def test_what_was_typed_is_kept_and_nothing_written_where_it_is_wrong(zhao: Browser, closed: Chayuan) -> None:
    zhao.follow(zhao.post(f"{ONE}/plan", size="10"))
    wrong = zhao.post(f"{ONE}/dice", **DICE | {"dice": "12345"})
    assert (wrong.status_code, 'value="12345"' in words(wrong)) == (422, True)
    assert drawn(closed).throws == ()

    zhao.follow(zhao.post(f"{ONE}/dice", **DICE))
    # Another was quicker, or the month is not closed yet.
    for at, path in ((ONE, "dice"), (f"{PAGES}/2026-09", "dice"), (f"{PAGES}/2026-09", "dice-again")):
        late = zhao.post(f"{at}/{path}", **DICE | {"dice": "6666666666", "reason": "看错了"})
        assert (late.status_code // 100, 'value="6666666666"' in words(late)) == (4, True)
    index = drawn(closed).drawn[0]
    noted = {f"note-{index}": "看过了"}
    for more, status in (
        ({f"answer-{index}": "maybe"}, 422),
        ({"second": "0102"}, 422),
        ({"first": "没有这户"}, 422),
        ({"answer-999999999": "true"}, 422),
    ):
        refused = zhao.post(f"{ONE}/answers", **answers(closed, **noted | more))
        assert refused.status_code == status, more
        assert 'value="看过了"' in words(refused)
    assert drawn(closed).answers == {}


def test_each_answer_keeps_the_two_who_went_there(zhao: Browser, closed: Chayuan) -> None:
    thrown(zhao)
    first, second, *_ = drawn(closed).drawn
    zhao.follow(zhao.post(f"{ONE}/answers", **{f"answer-{first}": "true", "first": "0102", "second": "0203"}))
    page = words(zhao.get(ONE))
    assert f"改第{first}条" in page and " checked" not in page

    noted = zhao.post(f"{ONE}/answers", **{f"note-{second}": "看过了", "first": "0303", "second": "0203"})
    assert (noted.status_code, "请选属实、不属实或查不到" in words(noted)) == (422, True)
    # As the page sends it: the boxes of what is answered are empty.
    others = {f"answer-{second}": "true", f"note-{first}": "", "first": "0303", "second": "0203"}
    zhao.follow(zhao.post(f"{ONE}/answers", **others))

    found = drawn(closed).answers
    assert found[first].first_id != found[second].first_id
    assert (found[first].number, drawn(closed).open) == (1, 8)


def test_a_slip_of_the_dice_is_put_right_by_somebody_else(
    app: Flask, zhao: Browser, li: Browser, closed: Chayuan
) -> None:
    thrown(zhao)
    assert "dice-again" not in words(zhao.get(ONE))
    assert "dice-again" in words(li.get(ONE))

    right = DICE | {"dice": "3164522615", "reason": "第十个骰子看错了"}
    li.follow(li.post(f"{ONE}/dice-again", **right))

    page = words(Browser(app).get(OPEN))
    assert re.search("<s>3164522614</s>.*<strong>3164522615</strong>", page, re.DOTALL)
    assert "第十个数看错了" in page


def test_a_clerk_sees_none_of_it_and_what_is_not_there_is_not_found(
    app: Flask, zhao: Browser, closed: Chayuan
) -> None:
    chen = Browser(app).sign_in("chen")
    assert [chen.get(at).status_code for at in (PAGES, ONE)] == [403, 403]
    assert "还没有月结" in words(zhao.get(f"{PAGES}/2026-09"))
    missing = [f"{PAGES}/2026-13", OPEN, OPEN.replace(MONTH, "2026-09"), OPEN.replace(VILLAGE, "nowhere")]
    assert [zhao.get(at).status_code for at in missing] == [422, 404, 404, 404]


def test_paper_says_nothing_of_what_was_not_true() -> None:
    on_paper = {one.key for one in lists.find("spot_checks").columns if one.paper is not None}

    assert "code" in on_paper
    assert not on_paper & {"answer", "note", "by"}
