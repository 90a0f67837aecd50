"""The second factor on pages: set up, signing in by it, a lost telephone."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
import time_machine
import zxingcpp
from flask import Flask
from PIL import Image, ImageDraw

from tests.builders import NOW, VILLAGE, Chayuan
from tests.staff.people import PASSWORD, hire
from tests.web.browser import Browser, hidden, words

PAGE = "/account/second-factor"
STAFF = f"/v/{VILLAGE}/staff"


def enrol(browser: Browser) -> tuple[pyotp.TOTP, list[str]]:
    """Set up a telephone; return it with the recovery codes."""
    begun = browser.post(f"{PAGE}/begin", password=PASSWORD)
    shown = re.search(r'class="secret"><code>([A-Z2-7 ]+)<', words(browser.follow(begun)))
    assert shown is not None
    telephone = pyotp.TOTP(shown[1].replace(" ", ""))
    done = browser.post(f"{PAGE}/confirm", code=telephone.at(NOW))
    assert done.status_code == 200, words(done)
    return telephone, re.findall(r"<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</code>", words(done))


def drawn_code(page: str) -> str:
    """What a telephone reads from the code on the page."""
    size = int(re.search(r'viewBox="0 0 (\d+)', page)[1])  # type: ignore[index]
    picture = Image.new("L", (size * 8, size * 8), 255)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-", page):
        left, top = 8 * int(x), 8 * int(y)
        ImageDraw.Draw(picture).rectangle((left, top, left + 8 * int(width) - 1, top + 7), fill=0)
    return str(zxingcpp.read_barcodes(picture)[0].text)


def password_given(browser: Browser, login: str = "li", **fields: str) -> str:
    """Give the password and return the page to which it leads."""
    browser.get("/sign-in")
    return str(browser.post("/sign-in", login=login, password=PASSWORD, **fields).headers["Location"])


def test_the_code_on_the_page_is_what_a_telephone_reads(browser: Browser) -> None:
    browser.sign_in("li")
    page = words(browser.follow(browser.post(f"{PAGE}/begin", password=PASSWORD)))
    read = urlsplit(drawn_code(page))

    shown = re.search(r'class="secret"><code>([A-Z2-7 ]+)<', page)
    assert (read.scheme, read.netloc, unquote(read.path)) == ("otpauth", "totp", "/积分银行:li")
    assert shown is not None and parse_qs(read.query)["secret"] == [shown[1].replace(" ", "")]


def test_a_screen_left_alone_is_not_bound_to_a_stranger_s_telephone(browser: Browser) -> None:
    browser.sign_in("li")

    assert browser.post(f"{PAGE}/begin", password="not the password").status_code == 403
    assert "开始设置" in words(browser.get(PAGE))


def test_setting_up_shows_ten_recovery_codes_once_and_signs_out_elsewhere(
    app: Flask, browser: Browser
) -> None:
    elsewhere = Browser(app).sign_in("li")
    browser.sign_in("li")

    _, codes = enrol(browser)

    assert len(set(codes)) == 10
    page = words(browser.get(PAGE))
    assert "还有10个" in page and not any(code in page for code in codes)
    assert elsewhere.get("/account").status_code == 303


def test_signing_in_asks_for_the_code_and_then_leads_where_one_wanted_to_go(
    app: Flask, browser: Browser, clock: time_machine.Traveller
) -> None:
    telephone, _ = enrol(browser.sign_in("li"))
    clock.shift(timedelta(minutes=2))
    other = Browser(app)
    led = other.follow(other.get(f"/v/{VILLAGE}/roster"))
    step = other.get(password_given(other, next=hidden(led, "next")))
    assert other.get(f"/v/{VILLAGE}/roster").status_code == 303

    code = telephone.at(NOW + timedelta(minutes=2))
    entered = other.post("/sign-in/code", code=code, next=hidden(step, "next"))

    assert other.follow(entered).request.path == f"/v/{VILLAGE}/roster"


@pytest.mark.parametrize("code", ["000000", "", "2345-6789-ABCD-EFGH"])
def test_a_wrong_code_comes_back_as_a_sentence_and_opens_nothing(browser: Browser, code: str) -> None:
    telephone, _ = enrol(browser.sign_in("li"))
    browser.post("/sign-out")
    browser.get(password_given(browser))
    if code == telephone.at(NOW):
        code = "111111"

    assert browser.post("/sign-in/code", code=code).status_code in (403, 422)
    assert browser.get("/account").status_code == 303


def test_the_page_for_the_code_leads_back_whoever_gave_no_password(browser: Browser) -> None:
    assert browser.get("/sign-in/code").headers["Location"] == "/sign-in"
    assert browser.post("/sign-in/code", code="123456").headers["Location"] == "/sign-in"
    assert browser.post("/sign-in/lost").headers["Location"] == "/sign-in"


def test_a_recovery_code_opens_in_place_of_the_telephone_once(browser: Browser) -> None:
    _, codes = enrol(browser.sign_in("li"))
    told = []
    for _ in range(2):
        browser.post("/sign-out")
        browser.get(password_given(browser))
        told.append(browser.post("/sign-in/code", code=codes[3]).status_code)

    assert told == [303, 403]


def test_recovery_codes_are_renewed_and_the_factor_taken_off_by_a_code_only(browser: Browser) -> None:
    telephone, codes = enrol(browser.sign_in("li"))
    for act, code in (("recovery-codes", codes[0]), ("take-off", "0000-0000")):
        assert browser.post(f"{PAGE}/{act}", code=code).status_code == 403
    renewed = browser.post(f"{PAGE}/recovery-codes", code=telephone.at(NOW, counter_offset=1))
    new = re.findall(r"<code>([0-9A-Z-]{19})</code>", words(renewed))

    assert len(new) == 10 and not set(new) & set(codes)
    assert browser.post(f"{PAGE}/take-off", code=codes[1]).status_code == 403
    assert browser.post(f"{PAGE}/take-off", code=new[0]).status_code == 303
    browser.post("/sign-out")
    assert password_given(browser) == "/"


@pytest.mark.parametrize("role", ["admin", "county"])
def test_who_may_act_everywhere_sets_it_up_before_anything_else(
    village: Chayuan, browser: Browser, role: str
) -> None:
    hire(village.database, "county", role, village=None)
    browser.sign_in("county")
    led = browser.get(f"/v/{VILLAGE}")
    assert led.headers["Location"].startswith(PAGE)
    assert browser.get("/account/tokens").headers["Location"].startswith(PAGE)

    enrol(browser)

    assert browser.get(f"/v/{VILLAGE}").status_code == 200


def test_a_lost_telephone_is_reported_by_its_owner_and_taken_off_by_an_admin(
    app: Flask, browser: Browser
) -> None:
    enrol(browser.sign_in("li"))
    sun = Browser(app).sign_in("sun")
    lost = f"{STAFF}/li/lost-telephone"
    assert sun.post(lost).status_code == 409
    browser.post("/sign-out")
    browser.get(password_given(browser))
    browser.post("/sign-in/lost")

    assert "手机丢了" in words(sun.get(STAFF))
    assert "恢复码全部作废" in words(sun.get(lost))
    assert sun.post(lost).status_code == 303

    assert password_given(browser) == "/"
    assert "取消第二步验证" in words(sun.get(f"/v/{VILLAGE}/staff-events"))
