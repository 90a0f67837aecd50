"""A posted score is put right page by page: what should be, what it will do, the second person, the chain."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import publicity, scoring
from pointsbank.scoring import Score
from tests.builders import Chayuan
from tests.publicity.desk import LATER, august
from tests.scoring.panel import Panel, hold
from tests.web.browser import Browser, hidden, words

HOME = "/v/chayuan"


@pytest.fixture
def posted(village: Chayuan, clock: Traveller) -> Score:
    """王建国's hour of volunteering, posted."""
    panel = Panel(village, hold(village).id)
    [score] = panel.enter(august("0101", "志愿", quantity=Decimal(1)))
    notice = panel.hang_out()
    panel.write(publicity.settle, notice=notice.id, at=LATER)
    clock.move_to(LATER)
    return score


def typed(**changes: str) -> dict[str, str]:
    """The form as it stands, but for what is changed."""
    stands = {"participant": "0101", "item": "志愿", "occurred_on": "2026-08-20", "quantity": "1"}
    return stands | {"reason": "签到表上是3小时"} | changes


def honour(village: Chayuan, who: Any) -> int:
    return int(village.balance(who).honour)


def test_a_wrong_quantity_is_put_right_in_one_step_by_two_people(
    browser: Browser, app: Flask, village: Chayuan, posted: Score
) -> None:
    li, one = browser.sign_in("li"), f"{HOME}/scores/{posted.id}"
    assert f"{one}/correction" in words(li.get(one))
    assert 'value="1"' in words(li.get(f"{one}/correction"))

    foreseen = words(li.post(f"{one}/correction", **typed(quantity="3")))
    for sentence in (
        "计+2分，计入2026年8月",
        "数量3，计+6分",
        "积分+4，荣誉+4",
        "确认后马上入账",
        "签到表上是3小时",
    ):
        assert sentence in foreseen
    assert honour(village, village.wang) == 200

    asked = li.post(f"{one}/correction/request", **typed(quantity="3"))
    assert "请另一位来确认" in words(li.follow(asked))
    zhao = Browser(app).sign_in("zhao")
    waiting = words(zhao.get(asked.headers["Location"]))
    assert "数量3，计+6分" in waiting and "签到表上是3小时" in waiting
    done = zhao.post(f"{asked.headers['Location']}/confirmation")

    assert "已更正并入账：王建国的“志愿服务”现在计+6分" in words(zhao.follow(done))
    assert honour(village, village.wang) == 600
    chain = words(li.get(one))
    assert "已更正" in chain and "李主任申请，赵监督确认" in chain
    assert f"{one}/correction" not in chain
    file = words(li.get(f"{HOME}/roster/0101"))
    assert one in file and "签到表上是3小时" in file
    [made] = village.read(scoring.corrections, scores=[posted.id])
    assert f"{HOME}/scores/{made.score_id}" in file


def test_what_leaves_a_household_worse_off_says_so_hangs_and_is_posted_later(
    browser: Browser, app: Flask, village: Chayuan, posted: Score, clock: Traveller
) -> None:
    li, one = browser.sign_in("li"), f"{HOME}/scores/{posted.id}"
    foreseen = words(li.post(f"{one}/correction", **typed(participant="0303")))
    assert "王建国（0101）：积分−2" in foreseen and "李秀英（0303）：积分+2" in foreseen
    assert "先公示：登记张贴的第二天起3天" in foreseen

    asked = li.post(f"{one}/correction/request", **typed(participant="0303"))
    zhao = Browser(app).sign_in("zhao")
    zhao.post(f"{asked.headers['Location']}/confirmation")
    [made] = village.read(scoring.corrections, scores=[posted.id])
    new = f"{HOME}/scores/{made.score_id}"
    assert "更正公示未张贴" in words(li.get(new)) and ">公示中<" not in li.get(new).text
    home = li.get(HOME)
    assert "还没有张贴的公示" in words(home) and f"{new}/hangings" in words(home)
    tap = {"place": hidden(home, "place"), "hung_on": hidden(home, "hung_on")}
    assert "已登记张贴，公示到2026年9月8日" in words(li.follow(li.post(f"{new}/hangings", **tap)))
    assert "更正公示中" in words(li.get(new)) and "还没有张贴的公示" not in words(li.get(HOME))
    assert li.post(f"{new}/settlement").status_code == 409
    assert honour(village, village.wang) == 200

    clock.move_to(LATER + timedelta(days=4))
    li = Browser(app).sign_in("li")
    assert "更正已入账" in words(li.follow(li.post(f"{new}/settlement")))
    assert (honour(village, village.wang), honour(village, village.li)) == (0, 200)


def test_what_cannot_be_says_why_and_keeps_what_was_typed(
    browser: Browser, village: Chayuan, posted: Score
) -> None:
    li, one = browser.sign_in("li"), f"{HOME}/scores/{posted.id}/correction"
    for changes, status, sentence in (
        ({}, 409, "没有要更正的"),
        ({"participant": "9999"}, 422, "没有找到“9999”"),
        ({"quantity": "x"}, 422, "最多两位小数"),
        ({"occurred_on": "2027-01-01"}, 422, "还没有到"),
        ({"reason": " "}, 422, "请填写"),
    ):
        for address in (one, f"{one}/request"):
            refused = li.post(address, **typed(**changes))
            assert (refused.status_code, sentence in words(refused)) == (status, True), (changes, address)
            assert changes.get("reason") or "签到表上是3小时" in words(refused)
    assert honour(village, village.wang) == 200


def test_an_objection_to_what_is_posted_leads_to_the_correction(
    app: Flask, village: Chayuan, posted: Score
) -> None:
    one = f"{HOME}/scores/{posted.id}"
    clerk, zhao = Browser(app).sign_in("chen"), Browser(app).sign_in("zhao")
    raised = clerk.post(f"{one}/objections", raised_by="本户", reason="少记了两小时")
    assert "已经入账的照旧算，成立的就更正" in words(clerk.follow(raised))
    [objection] = village.read(publicity.objections)

    answer = {"verdict": "changed", "quantity": "3", "reason": "签到表上是3小时"}
    answered = zhao.post(f"{one}/objections/{objection.id}/decision", **answer)
    assert "数量3，计+6分" in words(zhao.follow(answered))
    assert honour(village, village.wang) == 200
    li = Browser(app).sign_in("li")
    li.post(f"{answered.headers['Location']}/confirmation")

    assert honour(village, village.wang) == 600
    assert "成立，走更正" in words(li.get(one))


def test_a_mistake_names_its_field_once(app: Flask, posted: Score) -> None:
    li = Browser(app).sign_in("li")
    wrong = li.post(f"{HOME}/scores/{posted.id}/correction", **typed(quantity="0"))

    assert wrong.status_code == 422
    assert "数量：数量" not in words(wrong) and "数量" in words(wrong)


def test_an_answer_is_read_in_full_words_before_it_is_given_for_good(
    app: Flask, village: Chayuan, posted: Score
) -> None:
    one = f"{HOME}/scores/{posted.id}"
    clerk, zhao = Browser(app).sign_in("chen"), Browser(app).sign_in("zhao")
    clerk.post(f"{one}/objections", raised_by="本户", reason="记错了")
    [objection] = village.read(publicity.objections)
    path = f"{one}/objections/{objection.id}/decision"

    asked = zhao.post(f"{path}/outlook", verdict="changed", participant="oyb", item="助邻", reason="查过")
    nobody = zhao.post(f"{path}/outlook", verdict="missing", item="nosuch", reason="查过")

    assert "更正为：欧阳犇（0302）助邻 邻里帮扶（" in words(asked)
    assert "另一位角色不同的工作人员确认" in words(asked) and "答复以后不能再改" in words(asked)
    assert hidden(asked, "participant") == "0302" and f'formaction="{path}"' in words(asked)
    assert nobody.status_code == 404 and "查过" in words(nobody) and "formaction" not in words(nobody)
    assert f'formaction="{path}"' not in words(zhao.get(one))
    assert [one.status for one in village.read(publicity.objections)] == ["open"]


def test_an_objection_ends_with_the_value_that_should_be_or_with_a_deed_that_is_missing(
    browser: Browser, app: Flask, village: Chayuan
) -> None:
    panel = Panel(village, hold(village).id)
    few, other = panel.enter(august("0101", "志愿", quantity=Decimal(1)), august("0303", "助邻"))
    panel.write(publicity.close_and_publish, meeting=panel.meeting)
    clerk, zhao = Browser(app).sign_in("chen"), Browser(app).sign_in("zhao")
    for score in (few, other):
        said = {"raised_by": "本户", "reason": "少记了"}
        assert clerk.post(f"{HOME}/scores/{score.id}/objections", **said).status_code == 303
    [first, second] = village.read(publicity.objections)

    def answer(one: Any, **outcome: str) -> Any:
        return zhao.post(
            f"{HOME}/scores/{one.score}/objections/{one.id}/decision", reason="已核对", **outcome
        )

    refused = answer(first, verdict="changed", quantity="x")
    assert refused.status_code == 422 and "已核对" in words(refused)
    by_score = {one.score: one for one in (first, second)}
    assert "成立，已改" in words(zhao.follow(answer(by_score[few.id], verdict="changed", quantity="3")))
    missed = answer(by_score[other.id], verdict="missing", occurred_on="2026-08-21")
    assert "成立，漏记待补" in words(zhao.follow(missed))

    li = browser.sign_in("li")
    again = hold(village)
    assert "漏记待补" in words(li.get(f"{HOME}/meetings/{again.id}"))
    done = li.post(f"{HOME}/meetings/{again.id}/missing/{by_score[other.id].id}")
    assert "已补记李秀英的“邻里帮扶”" in words(li.follow(done))
