"""A household's own page by its card: a quarter of an hour, on one telephone, as long as the card counts."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from time_machine import Traveller
from werkzeug.test import TestResponse

from pointsbank import card_visits, roster
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, words

MINE = "/mine"


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
