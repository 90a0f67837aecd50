"""A password that somebody else chose is changed before anything else is done."""

import pytest
from flask import Flask
from sqlalchemy import text

from pointsbank import staff
from tests.builders import NOW, VILLAGE, Chayuan
from tests.staff.people import HASHED, PASSWORD
from tests.web.browser import Browser, hidden, words

OWN = "tiedao yusan pingguo"
TILL = f"/v/{VILLAGE}/till"


@pytest.fixture
def chen(village: Chayuan, browser: Browser) -> Browser:
    """陈, whose password the operator has just reset, signed in."""
    with village.database.writing() as session:
        person = staff.by_login(session, login="chen")
        staff.change_password(session, staff=person.id, password=HASHED, by="operator", at=NOW)
    return browser.sign_in("chen")


def change(browser: Browser, new: str, **fields: str) -> int:
    return browser.post("/account", old=PASSWORD, new=new, again=new, **fields).status_code


def test_every_page_leads_to_the_change_and_then_back(chen: Browser) -> None:
    led = chen.get(f"{TILL}?q=王")
    assert led.status_code == 303
    page = chen.follow(led)
    assert page.request.path == "/account"
    assert "别人设的" in words(page)

    back = chen.post("/account", old=PASSWORD, new=OWN, again=OWN, next=hidden(page, "next"))

    assert chen.follow(back).request.path == TILL


@pytest.mark.parametrize("path", ["/", TILL, "/refusals", "/account/tokens", f"/v/{VILLAGE}/roster"])
def test_nothing_else_is_shown_or_done_before(chen: Browser, path: str) -> None:
    assert chen.get(path).headers["Location"].startswith("/account")
    assert chen.post(path, code="0101", name="x").headers.get("Location", "/account").startswith("/account")


def test_without_the_note_that_another_chose_it_the_page_opens(chen: Browser, village: Chayuan) -> None:
    with village.database.writing() as session:
        session.connection().execute(text("DELETE FROM password_due"))

    assert chen.get(TILL).status_code == 200


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (PASSWORD, "和现在的一样"),
        ("chayuancun2026", "太容易猜到"),
        ("chendianyuan88", "太容易猜到"),
        ("wangwei", "至少要10个字符"),
    ],
)
def test_a_guessable_or_unchanged_password_is_no_change(chen: Browser, new: str, said: str) -> None:
    refused = chen.post("/account", old=PASSWORD, new=new, again=new)

    assert refused.status_code in (409, 422)
    assert said in words(refused)
    assert chen.get(TILL).status_code == 303


def test_an_api_token_of_such_a_person_is_refused(app: Flask, village: Chayuan) -> None:
    with village.database.writing() as session:
        token = staff.make_token(session, login="chen", by="operator", at=NOW)
    ask = {"headers": {"Authorization": f"Bearer {token}"}}
    assert Browser(app).get("/api/v1/villages", **ask).status_code == 200
    with village.database.writing() as session:
        person = staff.by_login(session, login="chen")
        staff.change_password(session, staff=person.id, password=HASHED, by="operator", at=NOW)
        again = staff.make_token(session, login="chen", by="operator", at=NOW)

    refused = Browser(app).get("/api/v1/villages", headers={"Authorization": f"Bearer {again}"})
    assert (refused.status_code, refused.get_json()["reason"]) == (403, "password_must_change")


def test_a_first_password_that_is_guessed_first_is_refused(browser: Browser) -> None:
    new = {"login": "qian", "name": "钱店员", "role": "clerk", "password": "qiandianyuan1"}

    refused = browser.sign_in("sun").post(f"/v/{VILLAGE}/staff", **new)

    assert refused.status_code == 422
    assert "太容易猜到" in words(refused)


def test_a_new_person_changes_the_first_password_and_then_works(app: Flask, browser: Browser) -> None:
    new = {"login": "qian", "name": "钱店员", "role": "clerk", "password": PASSWORD}
    browser.sign_in("sun").post(f"/v/{VILLAGE}/staff", **new)
    qian = Browser(app).sign_in("qian")
    assert qian.get(TILL).status_code == 303

    assert change(qian, OWN) == 303

    assert qian.get(TILL).status_code == 200
