"""Pages for API tokens and for the record of sign-ins, and sessions that end at rest."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from pointsbank import spreadsheets, staff
from tests.builders import NOW, VILLAGE, Chayuan
from tests.staff.people import HASHED, hire
from tests.web.browser import Browser, hidden, words

MINE = "/account/tokens"
EVENTS = f"/v/{VILLAGE}/staff-events"


def make(browser: Browser, name: str = "收银软件", days: str = "30") -> str:
    """Make a token on the page and return it."""
    page = words(browser.post(MINE, name=name, days=days))
    return re.search(r"<code>(pb_[\w-]+)</code>", page)[1]  # type: ignore[index]


def works(app: Flask, token: str) -> bool:
    headers = {"Authorization": f"Bearer {token}"}
    return Browser(app).get("/api/v1/villages", headers=headers).status_code == 200


def revoke(browser: Browser, page: str, number: int = 0) -> None:
    browser.post(re.findall(r'action="([^"]+/revoke)"', words(browser.get(page)))[number])


def test_a_page_that_showed_a_token_loaded_anew_makes_no_second_one(browser: Browser) -> None:
    sent = {"name": "收银软件", "days": "30", "seen": hidden(browser.sign_in("chen").get(MINE), "seen")}
    assert browser.post(MINE, **sent).status_code == 200

    again = browser.post(MINE, **sent)

    assert (
        again.status_code == 409 and "您的令牌已经被改过" in words(again) and "<code>pb_" not in words(again)
    )
    assert 'value="收银软件"' in words(again) and words(again).count('aria-label="作废') == 1
    assert 'id="days-wrong"' in words(browser.post(MINE, name="收银软件", days="0"))


def test_a_token_is_shown_once_listed_without_itself_and_revoked(app: Flask, browser: Browser) -> None:
    token = make(browser.sign_in("chen"))
    assert works(app, token)
    page = words(browser.get(MINE))
    assert "收银软件" in page and token not in page and "最近使用2026年9月1日" in page

    revoke(browser, MINE)

    assert not works(app, token)


@pytest.mark.parametrize(("name", "days"), [("", "30"), ("收银", "0"), ("收银", "367"), ("收银", "x")])
def test_a_token_without_a_name_or_an_end_is_refused(browser: Browser, name: str, days: str) -> None:
    assert browser.sign_in("chen").post(MINE, name=name, days=days).status_code == 422


def test_an_admin_revokes_the_tokens_of_the_village_s_people_only(
    app: Flask, browser: Browser, village: Chayuan
) -> None:
    hire(village.database, "county", "county", village=None)
    chen = Browser(app).sign_in("chen")
    tokens = [make(chen), make(chen)]
    browser.sign_in("sun")

    revoke(browser, f"/v/{VILLAGE}/staff/chen/tokens", -1)

    assert not any(works(app, token) for token in tokens)
    assert browser.get(f"/v/{VILLAGE}/staff/county/tokens").status_code == 409
    assert browser.get(f"/v/{VILLAGE}/staff/nobody/tokens").status_code == 404


def test_nobody_revokes_somebody_else_s_token_by_its_id(app: Flask, browser: Browser) -> None:
    token = make(browser.sign_in("chen"))
    [mine] = re.findall(r'action="(/account/tokens/\w+/revoke)"', words(browser.get(MINE)))

    assert Browser(app).sign_in("li").post(mine).status_code == 404
    assert works(app, token)


def test_sign_ins_are_shown_to_admin_and_supervisor_and_taken_along(app: Flask, browser: Browser) -> None:
    chen = Browser(app)
    chen.post("/sign-in", login="chen", password="not the password")
    chen.sign_in("chen")
    page = words(browser.sign_in("zhao").get(EVENTS))
    assert "登录被拒绝" in page and "127.0.0.*" in page

    assert "登录被拒绝" not in words(browser.get(f"{EVENTS}?kind=signed_in")).split("</form>")[-1]
    file = browser.get(f"{EVENTS}.xlsx?login=chen&kind=refused")
    table = spreadsheets.read_table("events.xlsx", file.get_data())
    assert [row[1:4] for row in table.sheets[0].rows[1:]] == [["登录被拒绝", "1", "chen"]]
    assert chen.get(EVENTS).status_code == 403
    assert Browser(app).sign_in("sun").get(EVENTS).status_code == 200


def test_a_table_holds_text_as_text() -> None:
    out = io.BytesIO()
    spreadsheets.write_xlsx(out, "表", ["甲", "乙"], [["=1+1", 3], ["http://x", 4]])

    [sheet] = spreadsheets.read_table("t.xlsx", out.getvalue()).sheets
    assert sheet.rows[1] == ["'=1+1", "3"]
    assert b"<f>" not in out.getvalue()


@pytest.mark.parametrize(("login", "minutes"), [("sun", 30), ("chen", 240)])
def test_a_page_of_a_session_at_rest_leads_to_signing_in(
    browser: Browser, clock: time_machine.Traveller, login: str, minutes: int
) -> None:
    browser.sign_in(login)
    for _ in range(3):
        clock.shift(timedelta(minutes=minutes - 5))
        assert browser.get("/account").status_code == 200

    clock.shift(timedelta(minutes=minutes))
    assert browser.get("/account").headers["Location"].startswith("/sign-in")


def test_the_home_page_says_for_thirty_days_that_an_admin_was_recovered(
    village: Chayuan, app: Flask, clock: time_machine.Traveller
) -> None:
    with village.database.writing() as session:
        staff.recover(session, login="sun", password=HASHED, by="operator", at=NOW)
    home, said = f"/v/{VILLAGE}", []
    for days in (0, 29, 2):
        clock.shift(timedelta(days=days))
        said.append("sun在服务器上被恢复过" in words(Browser(app).sign_in("li").get(home)))

    assert said == [True, True, False]
