"""PINs and cards that need two people, page by page, without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from time_machine import Traveller
from werkzeug.test import TestResponse

from pointsbank import market, roster, staff
from pointsbank.points import whole
from pointsbank.web.clock import Clock
from tests.builders import VILLAGE, Chayuan
from tests.staff.test_second_factor import enrol
from tests.web.browser import Browser, hidden, words

HOME = f"/v/{VILLAGE}"
PIN = {"pin": "274916", "again_pin": "274916"}


@pytest.fixture
def clerk(browser: Browser) -> Browser:
    return browser.sign_in("chen")


def scanned(clerk: Browser, village: Chayuan) -> str:
    """Scan 王建国's card where PINs are set; return the scan's ticket."""
    shown = clerk.follow(clerk.post(f"{HOME}/pins", text=village.card(village.wang).token))
    return hidden(shown, "ticket")


def requested(clerk: Browser, village: Chayuan) -> str:
    """Scan 王建国's card and request a PIN; return the request's address."""
    done = clerk.post(f"{HOME}/pins/request", ticket=scanned(clerk, village), **PIN)
    assert done.status_code == 303, words(done)
    return done.headers["Location"]


def has_pin(village: Chayuan) -> bool:
    return bool(village.read(market.has_pin, participant=village.wang.id))


def test_a_clerk_alone_sets_no_pin_and_with_the_committee_does(
    clerk: Browser, app: Flask, village: Chayuan
) -> None:
    one = requested(clerk, village)
    assert "请另一位来确认" in words(clerk.get(one))
    assert clerk.post(f"{one}/confirmation").status_code == 403
    assert not has_pin(village)
    assert "等别人确认" in words(clerk.get(HOME))

    li = Browser(app).sign_in("li")
    home = words(li.get(HOME))
    assert "等我确认" in home and one in home
    assert "为这一户" not in home
    assert "没有扫卡、只输号码的，满一天后才能用" in words(li.get(one))
    assert "王建国（0101）的兑换密码已设好。" in words(li.follow(li.post(f"{one}/confirmation")))

    assert has_pin(village)
    assert one not in words(li.get(HOME))
    zhao = Browser(app).sign_in("zhao")
    for page in (f"{HOME}/approvals", f"{HOME}/roster/0101"):
        shown = words(zhao.get(page))
        assert "设置密码" in shown and "陈店员、李主任" in shown


def test_a_typed_number_and_two_different_pins_are_said_beside_the_form(
    clerk: Browser, village: Chayuan
) -> None:
    typed = clerk.post(f"{HOME}/pins", text=village.wang.code)
    assert typed.status_code == 409
    assert "输入的号码不算" in words(typed)

    ticket = scanned(clerk, village)
    for changes, sentence in (
        ({"again_pin": "274917"}, "两次输入的密码不一样"),
        ({"pin": "111111", "again_pin": "111111"}, "密码太简单"),
        ({"ticket": "gone"}, "已经过期"),
    ):
        refused = clerk.post(f"{HOME}/pins/request", **{"ticket": ticket, **PIN, **changes})
        assert refused.status_code in (409, 422)
        assert sentence in words(refused)
        assert "274916" not in words(refused)


def test_a_household_that_knows_its_pin_changes_it_alone(
    clerk: Browser, app: Flask, village: Chayuan
) -> None:
    Browser(app).sign_in("li").post(f"{requested(clerk, village)}/confirmation")
    ticket = scanned(clerk, village)
    new = {"new_pin": "161803", "same_pin": "161803"}

    assert clerk.post(f"{HOME}/pins/change", ticket=ticket, old_pin="000001", **new).status_code == 409
    done = clerk.follow(clerk.post(f"{HOME}/pins/change", ticket=ticket, old_pin="274916", **new))
    assert "密码已改" in words(done)
    assert "本户改密码" in words(clerk.get(f"{HOME}/roster/0101"))


def test_declined_and_withdrawn(clerk: Browser, app: Flask, village: Chayuan) -> None:
    li = Browser(app).sign_in("li")
    one = requested(clerk, village)
    assert li.post(f"{one}/refusal", reason="王家的人不好").status_code == 422
    declined = li.follow(li.post(f"{one}/refusal", reason="not_present"))
    assert "未同意" in words(declined) and "本人不在场" in words(declined)

    other = requested(clerk, village)
    assert "已撤回申请" in words(clerk.follow(clerk.post(f"{other}/withdrawal")))
    assert li.post(f"{other}/confirmation").status_code == 409
    assert not has_pin(village)


def test_the_other_s_code_on_the_first_one_s_page(clerk: Browser, village: Chayuan, clock: Traveller) -> None:
    with village.database.reading() as session:
        li = staff.by_login(session, login="li")
    telephone = enrol(village.database, li)
    one = requested(clerk, village)
    clock.shift(timedelta(minutes=2))
    assert "对方手机上的6位动态码" in words(clerk.get(one))

    refused = clerk.post(f"{one}/code", login="li", totp_pin="000000")
    assert refused.status_code == 403
    assert "动态码不对" in words(refused) and "000000" not in words(refused)
    assert clerk.post(f"{one}/code", login="li", totp_pin="").status_code == 422
    code = telephone.at(datetime.now(UTC))
    done = words(clerk.follow(clerk.post(f"{one}/code", login="li", totp_pin=code)))
    assert "王建国（0101）的兑换密码已设好。" in done and "在申请人的屏幕上用动态码" in done
    assert has_pin(village)


def _new_card(li: Browser, village: Chayuan) -> str:
    [card] = village.write(roster.issue, participants=[village.wang.id])
    assert isinstance(card.token, str)
    return card.token


@pytest.mark.parametrize("pin", ["274916", ""])
def test_a_household_sets_its_pin_when_it_takes_its_card(
    browser: Browser, app: Flask, village: Chayuan, pin: str
) -> None:
    li = browser.sign_in("li")
    token = _new_card(li, village)
    shown = li.post(f"{HOME}/hand-out", text=f"http://jf.example.cn/c/{token}")
    assert "王建国" in words(shown)
    text = hidden(shown, "text")
    handed = li.follow(li.post(f"{HOME}/hand-out/request", text=text, pin=pin, again_pin=pin))
    assert "王建国户已记入发放名单" in words(handed)

    chen = Browser(app).sign_in("chen")
    listed = chen.get(f"{HOME}/approvals")
    one = hidden(listed, "approval")
    assert _confirmed(chen, one) == "已确认1份。"
    assert has_pin(village) is bool(pin)
    assert "王建国" in words(chen.follow(chen.post(f"{HOME}/till", text=token)))
    assert "没有确认任何一份" in words(chen.follow(chen.post(f"{HOME}/approvals")))


def _confirmed(who: Browser, *approvals: str) -> str:
    """Confirm what was ticked, and return the sentence on top."""
    done: TestResponse = who.follow(who.post(f"{HOME}/approvals", approval=list(approvals)))
    text = words(done)
    start = text.index('role="status">') + len('role="status">')
    return text[start : text.index("<", start)]


def test_a_batch_is_signed_for_by_two(browser: Browser, app: Flask, village: Chayuan) -> None:
    li = browser.sign_in("li")
    assert li.post(f"{HOME}/print/hand-out").status_code in (404, 405)
    village.write(roster.issue, participants=None)

    signed = li.follow(li.post(f"{HOME}/cards/1/hand-out", numbers="all"))
    assert "第1批，12户" in words(signed)
    zhao = Browser(app).sign_in("zhao")
    assert "已登记发放12张卡" in words(zhao.follow(zhao.post(f"{signed.request.path}/confirmation")))


def test_a_print_that_hands_out_at_once_waits_for_the_second(browser: Browser, village: Chayuan) -> None:
    li = browser.sign_in("li")
    assert li.post(f"{HOME}/print/cards.pdf", participant="0101", hand_out="1").data.startswith(b"%PDF")

    with pytest.raises(roster.problems.NoCardToRevoke):
        village.write(roster.lose, code="0101")
    assert "发放积分卡：王建国（0101）" in words(li.get(HOME))


def test_an_ending_is_not_confirmed_among_others(browser: Browser, app: Flask, village: Chayuan) -> None:
    li = browser.sign_in("li")
    page = li.follow(li.post(f"{HOME}/roster/0101/ending", decision="九月村委会", heir="0303"))
    one = page.request.path.rpartition("/")[2]

    zhao = Browser(app).sign_in("zhao")
    told = words(zhao.follow(zhao.post(f"{HOME}/approvals", approval=[one])))
    assert "已确认0份" in told and "不能成批确认" in told
    assert village.read(roster.by_code, code="0101").status == "active"

    assert zhao.post(f"{page.request.path}/confirmation").status_code == 303
    assert village.read(roster.by_code, code="0101").status == "closed"


def test_a_page_that_says_what_is_no_longer_so_confirms_nothing(
    browser: Browser, app: Flask, village: Chayuan
) -> None:
    li = browser.sign_in("li")
    village.give(village.wang, 12)
    one = li.post(f"{HOME}/roster/0101/ending", decision="九月村委会").headers["Location"]
    zhao = Browser(app).sign_in("zhao")
    read = zhao.get(one)
    village.give(village.wang, 30)

    refused = zhao.post(f"{one}/confirmation", seen=hidden(read, "seen"))
    assert refused.status_code == 409
    assert "现有42积分、42荣誉积分，全部清零" in words(refused)
    assert village.balance(village.wang).points == whole(42)
    assert zhao.post(f"{one}/confirmation", seen=hidden(refused, "seen")).status_code == 303


@pytest.mark.parametrize("seen", [True, False])
def test_what_was_over_stays_over_when_the_clock_is_put_back(
    clerk: Browser, app: Flask, village: Chayuan, clock: Traveller, seen: bool
) -> None:
    """Refused once and the server started anew; or never looked at, in a server that goes on."""
    one, week = requested(clerk, village), timedelta(days=7)
    clock.shift(week)
    li = Browser(app).sign_in("li")
    if seen:
        assert "已过期" in words(li.post(f"{one}/confirmation"))
        app.extensions["pointsbank_clock"] = Clock()
    clock.shift(-week)

    assert "已过期" in words(Browser(app).sign_in("li").post(f"{one}/confirmation"))
    assert not has_pin(village)
    with village.database.reading() as session:
        [ended] = session.exec(text("SELECT status FROM approval")).all()
    assert ended.status == "expired"
