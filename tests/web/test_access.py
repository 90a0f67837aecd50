"""Who gets in, where, and how a session ends."""

import pytest
from flask import Flask

from pointsbank.web.app import create_app
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.conftest import settings

HOME = f"/v/{VILLAGE}"


def test_nobody_signed_in_is_sent_to_sign_in_and_then_back(browser: Browser) -> None:
    refused = browser.get(f"{HOME}/roster?q=王")
    assert refused.status_code == 303

    browser.follow(refused)
    entered = browser.post(refused.headers["Location"], login="li", password="a long enough password")

    assert browser.follow(entered).request.path == f"{HOME}/roster"


@pytest.mark.parametrize("elsewhere", ["//evil.test/", "https://evil.test/", "/\\evil.test", "javascript:1"])
def test_signing_in_never_leads_out_of_the_house(browser: Browser, elsewhere: str) -> None:
    entered = browser.post("/sign-in", login="li", password="a long enough password", next=elsewhere)

    assert entered.headers["Location"] == "/"


def test_a_wrong_password_comes_back_as_a_sentence_with_the_login_kept(browser: Browser) -> None:
    refused = browser.post("/sign-in", login="li", password="wrong")

    assert refused.status_code == 403
    assert "账号或密码不对" in words(refused)
    assert 'value="li"' in words(refused)
    assert 'value="wrong"' not in words(refused)


def test_the_session_cookie_is_hidden_from_scripts_and_stays_home(browser: Browser) -> None:
    entered = browser.post("/sign-in", login="li", password="a long enough password")
    [cookie] = [one for one in entered.headers.getlist("Set-Cookie") if one.startswith("pointsbank_session=")]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_the_session_cookie_is_secure_where_the_public_address_is(village: Chayuan, tmp_path) -> None:  # type: ignore[no-untyped-def]
    app = create_app(settings(tmp_path, "https://jf.example.cn"), village.database)

    cookies = Browser(app).get("/sign-in").headers.getlist("Set-Cookie")

    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


def test_a_cookie_kept_from_before_sign_out_opens_nothing(app: Flask, browser: Browser) -> None:
    browser.sign_in("li")
    kept = browser.client.get_cookie("pointsbank_session")
    assert kept is not None
    browser.post("/sign-out")

    thief = Browser(app)
    thief.client.set_cookie("pointsbank_session", kept.value)

    assert thief.get(HOME).status_code == 303


def test_a_foreign_village_looks_exactly_like_a_missing_one(village: Chayuan, browser: Browser) -> None:
    village.found_neighbour()
    browser.sign_in("li")

    foreign, missing = browser.get("/v/zhuyuan/roster"), browser.get("/v/nowhere/roster")

    assert foreign.status_code == missing.status_code == 404
    assert words(foreign).replace("zhuyuan", "nowhere") == words(missing)


@pytest.mark.parametrize(
    ("login", "page"),
    [("chen", "meetings"), ("li", "till"), ("zhao", "till")],
)
def test_a_role_sees_only_its_own_pages(browser: Browser, login: str, page: str) -> None:
    answer = browser.sign_in(login).get(f"{HOME}/{page}")

    assert answer.status_code == 403
    assert "没有这项权限" in words(answer)


def test_a_supervisor_can_change_nothing(browser: Browser) -> None:
    browser.sign_in("zhao")

    for path in ("roster", "meetings", "goods", "boards/2026-08/close", "print/cards.pdf"):
        assert browser.post(f"{HOME}/{path}").status_code == 403


def test_a_form_without_its_token_does_nothing(browser: Browser) -> None:
    browser.sign_in("li")
    browser.token = "forged"

    answer = browser.post(f"{HOME}/roster", code="0999", name="新户")

    assert answer.status_code == 400
    assert "刷新页面" in words(answer)


def test_a_cookie_opens_no_door_of_the_api(browser: Browser) -> None:
    answer = browser.sign_in("sun").get("/api/v1/villages")

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


def test_the_address_in_the_host_header_is_believed_by_nothing(browser: Browser) -> None:
    page = browser.get("/sign-in", headers={"Host": "evil.test"})

    assert "evil.test" not in words(page)


def test_health_is_open_to_everybody(browser: Browser) -> None:
    assert browser.get("/healthz").get_json() == {"status": "ok"}
