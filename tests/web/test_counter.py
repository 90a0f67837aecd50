"""The counter's pages: a card, a tap, the points are there; and what a clerk is refused."""

import re

import pytest
from flask import Flask

from pointsbank import panels, publicity, scoring, villages
from tests.builders import CLERK, NOW, VILLAGE, Chayuan
from tests.households.test_closing import merge
from tests.scoring.counter import Counter, adopt, later
from tests.web.browser import Browser, hidden, words
from tests.web.test_group_leaders import lead

COUNTER = f"/v/{VILLAGE}/counter"
BOOKS = f"/v/{VILLAGE}/day-books"


@pytest.fixture
def desk(village: Chayuan) -> Counter:
    return adopt(village)


@pytest.fixture
def chen(app: Flask) -> Browser:
    return Browser(app).sign_in("chen")


def enter(by: Browser, desk: Counter, code: str = "0101", **typed: str) -> str:
    """Enter something on a household's page; what is shown then."""
    request_id = hidden(by.get(f"{COUNTER}/{code}"), "request_id")
    answer = by.post(f"{COUNTER}/{code}/entries", request_id=request_id, **{"item": "回收"} | typed)
    return words(by.follow(answer) if answer.status_code == 303 else answer)


def test_a_card_leads_to_its_household_and_a_tap_posts_what_it_brought(desk: Counter, chen: Browser):
    card = f"http://village.test:8000/c/{desk.village.card(desk.village.wang).token}"
    found = chen.post(COUNTER, household=card)
    assert found.headers["Location"].partition("?")[0] == f"{COUNTER}/0101"
    assert "每日最多10分，还有10分" in words(chen.follow(found))

    shown = enter(chen, desk, quantity="4")

    assert "已登记入账：0101 王建国“可回收物交到柜台”+2分，现在共2积分。" in shown
    assert "每日最多10分，还有8分" in shown
    assert desk.points() == 200
    assert "王建国" in words(chen.get(COUNTER))


def test_only_items_of_the_counter_are_offered(desk: Counter, chen: Browser):
    shown = words(chen.get(f"{COUNTER}/0101"))

    assert "可回收物交到柜台" in shown and "参加清扫" not in shown


def test_a_name_that_several_have_is_asked_about(desk: Counter, chen: Browser):
    shown = words(chen.post(COUNTER, household="王建国"))

    assert f"{COUNTER}/0101" in shown and f"{COUNTER}/0102" in shown


def test_a_quantity_that_is_none_is_kept_at_its_item_and_nothing_is_written(desk: Counter, chen: Browser):
    shown = enter(chen, desk, quantity="三斤")

    assert 'value="三斤"' in shown and "请填数字" in shown
    assert desk.points() == 0


def test_the_form_sent_twice_is_one_entry(desk: Counter, chen: Browser):
    request_id = hidden(chen.get(f"{COUNTER}/0101"), "request_id")
    for _ in range(2):
        chen.post(f"{COUNTER}/0101/entries", request_id=request_id, item="回收", quantity="4")

    assert desk.points() == 200


def test_a_household_that_became_part_of_another_is_said_to_be_entered_there(desk: Counter, chen: Browser):
    merge(desk.village)

    assert "户号0101已经并入0303李秀英，请记到这一户。" in words(chen.get(f"{COUNTER}/0101"))
    assert "已经销户或并户" in enter(chen, desk, quantity="4")


def test_an_admin_notes_the_own_household_of_a_clerk_who_is_refused_it_from_then_on(
    app: Flask, desk: Counter, chen: Browser
):
    sun = Browser(app).sign_in("sun")
    person = f"/v/{VILLAGE}/staff/chen"
    assert sun.post(f"{person}/kin", household="0101", relation="own").status_code == 303
    assert "王建国" in words(sun.get(person)) and "本户" in words(sun.get(person))

    assert "请由另一位店员登记" in words(chen.get(f"{COUNTER}/0101"))
    assert "请由另一位店员登记" in enter(chen, desk, quantity="4")
    assert desk.points() == 0

    assert sun.post(f"{person}/kin/drop", household="0101").status_code == 303
    assert desk.village.read(panels.kin_noted, login="chen") == []


@pytest.mark.parametrize(("login", "status"), [("chen", 200), ("li", 200), ("sun", 200), ("zhao", 403)])
def test_who_may_enter_at_the_counter(app: Flask, desk: Counter, login: str, status: int):
    assert Browser(app).sign_in(login).get(COUNTER).status_code == status


def test_a_day_book_has_its_own_page_and_a_meetings_address_leads_there(app: Flask, desk: Counter):
    desk.enter(by=CLERK)
    book = desk.book().id
    li = Browser(app).sign_in("li")

    led = li.get(f"/v/{VILLAGE}/meetings/{book}")

    assert led.headers["Location"].endswith(f"{BOOKS}/{book}")
    assert "柜台登记 2026年9月1日" in words(li.follow(led))
    assert "柜台登记 2026年9月1日" in words(li.get(BOOKS))
    assert "柜台登记 2026年9月1日" not in words(li.get(f"/v/{VILLAGE}/meetings"))
    assert li.get(f"{BOOKS}?format=xlsx").status_code == 200
    too_early = words(li.post(f"{BOOKS}/{book}/close"))
    assert "要到明天才封存" in too_early


@pytest.mark.parametrize("page", ["grid", "marks", "projector", "sheets", "close"])
def test_the_pages_of_a_meeting_refuse_a_day_book(app: Flask, desk: Counter, page: str):
    desk.enter(by=CLERK)
    li = Browser(app).sign_in("li")

    answer = li.get(f"/v/{VILLAGE}/meetings/{desk.book().id}/{page}")

    assert answer.status_code in (404, 409), words(answer)


def test_the_notice_of_a_week_says_that_it_counts_already(app: Flask, desk: Counter):
    done = desk.enter(by=CLERK)
    desk.close(at=later(1))
    notice = desk.village.write(publicity.gather_day_books, at=later(6))
    li = Browser(app).sign_in("li")

    shown = words(li.get(f"/v/{VILLAGE}/notices/{notice.id}"))

    assert "已入账，有异议仍可更正" in shown and "没有登记张贴的，不会入账" not in shown
    score = words(li.get(f"/v/{VILLAGE}/scores/{done.score}"))
    assert re.search(r"柜台登记 2026年9月1日", score) and "更正" in score


def test_scores_are_narrowed_to_those_of_the_counter(app: Flask, desk: Counter):
    desk.enter(by=CLERK)
    held = {"held_on": NOW.date(), "title": "九月评议会", "judges": ["李会计"]}
    meeting = desk.village.write(scoring.open_meeting, **held)
    row = scoring.ScoreRow("0102", "清扫", NOW.date())
    desk.village.write(scoring.enter_scores, meeting=meeting.id, rows=[row])

    shown = words(Browser(app).sign_in("li").get(f"/v/{VILLAGE}/lists/scores?source=day_book"))

    assert "可回收物交到柜台" in shown and "0102" not in shown


def test_who_leads_a_group_sees_of_a_day_s_book_its_own_households(app: Flask, desk: Counter, chen: Browser):
    enter(chen, desk, quantity="4")
    enter(chen, desk, code="0202", quantity="4")
    book = desk.village.read(scoring.day_book_on, day=NOW.date())
    lead(desk.village, desk.village.read(villages.group_by_name, name="二组").id)

    shown = words(Browser(app).sign_in("qian").get(f"{BOOKS}/{book.id}"))

    assert "曾䶮" in shown and "王建国" not in shown
