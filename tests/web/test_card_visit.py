"""A household's own page by its card: a quarter of an hour, on one telephone, as long as the card counts."""

import gzip
import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from time_machine import Traveller
from werkzeug.test import TestResponse

from pointsbank import (
    boards,
    card_visits,
    claims,
    households,
    market,
    objections,
    publicity,
    roster,
    scoring,
    staff,
)
from pointsbank.points import whole
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE, Chayuan, hang_out
from tests.web.browser import Browser, words

MINE = "/mine"
PIN = "271828"


def scan(app: Flask, village: Chayuan, who: roster.Participant | None = None) -> Browser:
    """A telephone on which a household's card was scanned, and the button pressed."""
    phone = Browser(app)
    address = f"/c/{village.card(who or village.wang).token}"
    phone.get(address)
    assert phone.post(address).headers["Location"] == MINE
    return phone


def same(one: TestResponse, other: TestResponse) -> bool:
    """Whether two answers are told apart by nothing but the form's token, which is new each time."""

    def seen(answer: TestResponse) -> tuple[Any, ...]:
        kept = {
            name: value
            for name, value in answer.headers
            if name not in ("Date", "Set-Cookie", "Content-Length")
        }
        return answer.status_code, kept

    return seen(one) == seen(other)


def rows(village: Chayuan) -> int:
    with village.database.reading() as session:
        return int(session.execute(text("select count(*) from card_visit")).scalar_one())


def notice(village: Chayuan, who: roster.Participant) -> list[scoring.Score]:
    """One score of somebody, entered and in notice until 4 September."""
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    meeting = village.write(scoring.open_meeting, **held).id
    row = scoring.ScoreRow(who.code, "清扫", date(2026, 8, 20))
    village.write(scoring.enter_scores, meeting=meeting, rows=[row])
    village.write(hang_out, meeting=meeting)
    return [one for one in village.read(scoring.scores) if one.participant_id == who.id]


def give_pin(village: Chayuan) -> None:
    """王建国's household sets its PIN, in front of two people."""
    [card] = village.read(roster.known_cards, participant=village.wang.code, limit=5)
    given = {"participant": village.wang.id, "pin": market.digest_pin(PIN), "card": card.id}
    village.write(market.set_pin, **given, by=CLERK, second=COMMITTEE)


def objection(phone: Browser, score: str, pin: str = PIN) -> TestResponse:
    """Send an objection to a score."""
    return phone.post(f"{MINE}/object/{score}", reason="那天我去了", pin=pin)


def files(page: str) -> list[str]:
    """The addresses of what a page loads."""
    return [html.unescape(one) for one in re.findall(r'(?:src|href)="(/static/[^"]+)"', page)]


@pytest.fixture
def phone(app: Flask, village: Chayuan) -> Browser:
    village.give(village.wang, 37)
    return scan(app, village)


def test_the_address_on_a_card_shows_the_village_and_a_button(app: Flask, village: Chayuan) -> None:
    page = Browser(app).get(f"/c/{village.card(village.wang).token}")

    assert "茶源村" in words(page) and "看我家的积分" in words(page)
    assert not any(one in words(page) for one in (village.wang.name, village.wang.code, "为这张卡兑换"))
    assert rows(village) == 0 and "pointsbank_card" not in str(page.headers)


def test_pressing_it_shows_the_household_its_own_file_for_a_quarter_of_an_hour(
    phone: Browser, village: Chayuan, clock: Traveller
) -> None:
    page = words(phone.get(MINE))
    assert village.wang.name in page and ">37<" in page

    clock.move_to(NOW + timedelta(minutes=14, seconds=59))
    assert phone.get(MINE).status_code == 200
    clock.move_to(NOW + timedelta(minutes=15))
    over = phone.get(MINE)
    assert over.status_code == 403 and village.wang.name not in words(over)


def test_a_lost_card_shows_nothing_from_the_next_request_on(phone: Browser, village: Chayuan) -> None:
    village.write(roster.lose, code=village.wang.code)

    over = phone.get(MINE)

    assert over.status_code == 403 and village.wang.name not in words(over)


def test_leaving_ends_the_visit_at_once(phone: Browser, village: Chayuan) -> None:
    phone.get(MINE)
    left = phone.post("/mine/leave")

    assert left.status_code == 303 and rows(village) == 0
    assert phone.get(MINE).status_code == 403


def test_possession_writes_the_visit_and_nothing_else(app: Flask, village: Chayuan) -> None:
    address = f"/c/{village.card(village.wang).token}"
    phone = Browser(app)
    phone.get(address)
    with village.database.reading() as session:
        tables = session.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
    count = {name: f'select count(*) from "{name}"' for name in tables if name != "card_visit"}

    def counts() -> dict[str, int]:
        with village.database.reading() as session:
            return {name: session.execute(text(query)).scalar_one() for name, query in count.items()}

    before = counts()
    phone.post(address)
    phone.get(MINE)

    assert counts() == before and rows(village) == 1


def test_a_lost_card_and_one_that_never_was_are_answered_alike(app: Flask, village: Chayuan) -> None:
    lost = village.card(village.wang).token
    village.write(roster.lose, code=village.wang.code)
    never = "0000000000000000000000001AB"
    phone = Browser(app)
    phone.get(f"/c/{village.card(village.li).token}")

    answers = [phone.post(f"/c/{token}") for token in (lost, never)]

    assert [one.status_code for one in answers] == [404, 404]
    assert same(*answers) and words(answers[0]) == words(answers[1])


def test_visits_that_ended_are_forgotten(phone: Browser, village: Chayuan) -> None:
    ended = NOW + card_visits.LASTS
    with village.database.writing() as session:
        assert card_visits.forget_ended(session, village=VILLAGE, at=ended) == 1
    assert rows(village) == 0


def test_another_households_score_is_answered_as_one_that_is_not_there(
    phone: Browser, village: Chayuan
) -> None:
    [other] = notice(village, village.li)
    give_pin(village)

    answers = [phone.get(f"{MINE}/object/{one}") for one in (other.id, "nothing", "x" * 40)]
    sent = [objection(phone, one) for one in (other.id, "nothing")]

    assert {one.status_code for one in (*answers, *sent)} == {404}
    assert len({words(one) for one in answers}) == 1 and same(answers[0], answers[1])
    assert not village.read(publicity.objections)


def test_the_household_objects_with_its_pin_and_somebody_else_answers(
    phone: Browser, village: Chayuan
) -> None:
    [own] = notice(village, village.wang)
    give_pin(village)
    page = words(phone.get(MINE))
    assert "最后一天可以提异议：2026年9月4日" in page and f"{MINE}/object/{own.id}" in page

    done = phone.follow(objection(phone, own.id))

    assert "已提出异议" in words(done)
    [raised] = village.read(publicity.objections)
    by = staff.by_card(village.wang.id)
    assert (raised.raised_by, raised.reason) == (village.wang.name, "那天我去了")
    with village.database.reading() as session:
        assert session.execute(text("select recorded_by from score_objection")).scalar_one() == by
        assert staff.actors(session, ids=[by]) == {by: "这一户本人（凭卡和密码）"}
        zhao = staff.by_login(session, login="zhao").id
    answer = {"objection": raised.id, "upheld": False, "reason": "有照片"}
    with pytest.raises(objections.problems.RecorderCannotDecide):
        village.write(publicity.decide_objection, **answer, by=by)
    village.write(publicity.decide_objection, **answer, by=zhao)


def test_a_found_card_does_not_act_and_what_was_typed_comes_back(phone: Browser, village: Chayuan) -> None:
    [own] = notice(village, village.wang)
    without = objection(phone, own.id)
    assert "还没有兑换密码" in words(phone.get(f"{MINE}/object/{own.id}")) and without.status_code == 422
    give_pin(village)

    refused = [objection(phone, own.id, pin="000000") for _ in range(5)]

    assert not village.read(publicity.objections)
    assert "那天我去了" in words(refused[0]) and "还可以试4次" in words(refused[0])
    assert "000000" not in words(refused[0])
    assert "15分钟后再试" in words(refused[4]) and "柜台照常能办" in words(refused[4])
    assert "请15分钟后再试" in words(objection(phone, own.id))
    assert not village.read(publicity.objections)


def test_the_household_reports_a_deed_of_its_own(phone: Browser, village: Chayuan) -> None:
    give_pin(village)
    deed = {"item": "清扫", "occurred_on": "2026-08-20", "words": "扫了村口的路", "pin": PIN}
    form = words(phone.get(f"{MINE}/claim"))
    assert 'value="清扫"' in form and 'value="乱倒"' not in form

    phone.follow(phone.post(f"{MINE}/claim", **deed))

    [claim] = village.read(claims.waiting)
    assert (claim.code, claim.filed_by) == (village.wang.code, staff.by_card(village.wang.id))
    again = phone.post(f"{MINE}/claim", **deed)
    assert again.status_code == 409 and "确实又有一次" in words(again)


def test_the_page_says_what_is_enough_and_what_is_not(phone: Browser, village: Chayuan) -> None:
    village.write(market.add_goods, code="pot", name="锅", points=whole(40), stock=3)

    page = re.sub(r"<[^>]+>|\s+", " ", words(phone.get(MINE)))

    assert re.search(r"大米 +每月限2件，还能换2件 +20分 +够", page)
    assert re.search(r"锅 +40分 +还差3分", page) and re.search(r"香皂 +5分 +售完", page)


def test_the_statement_of_a_month_says_why_and_what_was_there_then(phone: Browser, village: Chayuan) -> None:
    village.give(village.wang, 3)

    page = re.sub(r"<[^>]+>|\s+", " ", words(phone.get(f"{MINE}/statement?month=2026-09")))

    assert (
        "做好事" in page and re.search(r"余额40 +核对 +\+3", page) and re.search(r"余额37 +核对 +\+37", page)
    )
    assert "这个月没有变动" in words(phone.get(f"{MINE}/statement?month=2026-01"))
    assert phone.get(f"{MINE}/statement?month=2026-13").status_code == 422


def test_what_is_read_aloud_holds_no_figure(phone: Browser, village: Chayuan) -> None:
    notice(village, village.wang)
    found = re.search(r'data-words="([^"]*)"', words(phone.get(MINE)))

    assert found and "可用积分三十七分" in found[1] and "九月四日" in found[1]
    assert not re.search(r"[0-9+*−-]", found[1])


def test_the_whole_page_is_small(phone: Browser, village: Chayuan) -> None:
    village.write(market.add_goods, code="pot", name="锅", points=whole(40), stock=3)
    page = phone.get(MINE)
    parts = [page.data] + [phone.client.get(one).data for one in files(words(page))]

    assert len(parts) == 7
    assert sum(len(gzip.compress(one)) for one in parts) <= 40_000


def test_pages_are_sent_compressed_to_who_can_read_that(phone: Browser) -> None:
    page = phone.client.get(MINE, headers={"Accept-Encoding": "gzip, deflate"})
    [style, *_] = files(words(phone.get(MINE)))
    sheet = phone.client.get(style, headers={"Accept-Encoding": "gzip"})

    assert page.headers["Content-Encoding"] == sheet.headers["Content-Encoding"] == "gzip"
    assert "茶源村" in gzip.decompress(page.data).decode() and "Accept-Encoding" in page.headers["Vary"]
    assert len(sheet.data) < 3000
    assert "Content-Encoding" not in phone.get(MINE).headers


def test_leaving_all_boards_is_checked_first_and_undone_by_another_signature(
    app: Flask, village: Chayuan
) -> None:
    li = Browser(app).sign_in("li")
    at = f"/v/{VILLAGE}/roster/{village.wang.code}/boards"
    assert "红榜不再提名这一户" in words(li.get(at))

    li.follow(li.post(f"{at}/leave", signed_on="2026-09-01"))
    assert "恢复上榜" in words(li.get(at)) and village.wang.id in village.read(boards.who_left)
    late = li.post(f"{at}/back", signed_on="2027-01-01")
    li.follow(li.post(f"{at}/back", signed_on="2026-09-01"))

    assert late.status_code == 422 and not village.read(boards.who_left)


def test_an_erased_household_leaves_no_visit(phone: Browser, village: Chayuan) -> None:
    village.write(households.close, participant=village.wang.code, decision="迁出", request_id="c" * 32)
    over = phone.get(MINE)
    village.write(households.erasing.erase, participant=village.wang.code, reason="本人申请")

    assert over.status_code == 403 and rows(village) == 0
