"""The page of base points: what would happen, one press, who got what; and the file says what is left."""

from datetime import date

import pytest
from flask import Flask

from pointsbank import scoring
from pointsbank.scoring import ScoreRow
from tests.builders import NOW, VILLAGE, Chayuan
from tests.scoring.licence import RULES
from tests.scoring.panel import hold, scheme_table
from tests.web.browser import Browser, words

PAGE = f"/v/{VILLAGE}/base"


@pytest.fixture
def licensed(village: Chayuan) -> Chayuan:
    """A scheme with 驾照式 accounts; nothing is given yet."""
    adoption = {"resolution": "村民会议第2号决议", "from_date": date(2026, 1, 1)}
    village.write(scoring.import_scheme, table=scheme_table(RULES), **adoption)
    return village


def test_without_base_points_the_page_says_so(app: Flask, village: Chayuan) -> None:
    shown = words(Browser(app).sign_in("li").get(PAGE))

    assert "现行细则里没有基础分。" in shown and "现在发放" not in shown


def test_the_page_says_how_many_get_how_much_and_a_second_press_gives_nothing(
    app: Flask, licensed: Chayuan
) -> None:
    li, chen = Browser(app).sign_in("li"), Browser(app).sign_in("chen")
    ahead, read_only = words(li.get(PAGE)), words(chen.get(PAGE))

    given, again = (words(li.follow(li.post(PAGE))) for _ in range(2))

    assert "“文明驾照分”发给8个积分主体，每个12分，只计荣誉；发过的不会再发。" in ahead
    assert "现在发放" not in read_only.replace("点“现在发放”", "")
    assert "已发放8份基础分。" in given and "2026年：已发8份" in given
    assert "该发的都已经发过，没有重复发放。" in again
    assert chen.post(PAGE).status_code == 403


def test_the_file_says_what_is_left(app: Flask, licensed: Chayuan) -> None:
    li = Browser(app).sign_in("li")
    li.post(PAGE)
    meeting = hold(licensed).id
    rows = [ScoreRow("0101", "乱停", date(2026, 8, 20))]
    scores = licensed.write(scoring.enter_scores, meeting=meeting, rows=rows)
    licensed.write(scoring.close_meeting, meeting=meeting)
    with licensed.database.writing() as session:
        scoring.publish(session, village=VILLAGE, meeting=meeting)
        ids = [one.id for one in scores]
        scoring.settle_scores(session, village=VILLAGE, scores=ids, by="li", at=NOW)

    shown = words(li.get(f"/v/{VILLAGE}/roster/0101?unit=honour"))

    assert "文明驾照分：本年12分，还剩9分，只计荣誉。" in shown
    assert "文明驾照分（2026年）" in shown
