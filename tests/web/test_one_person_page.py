"""One person's account on its page: roles, a one-time password, signed out everywhere, the last sign-in."""

import re

import pytest
from flask import Flask

from pointsbank import staff, villages
from tests.builders import VILLAGE, Chayuan
from tests.staff.people import PASSWORD, hire
from tests.web.browser import Browser, words

STAFF = f"/v/{VILLAGE}/staff"
LI = f"{STAFF}/li"


def roles_of(village: Chayuan, login: str) -> set[tuple[str | None, str]]:
    """The roles of a person."""
    with village.database.reading() as session:
        [one] = [one for one in staff.everyone(session) if one.staff.login == login]
    return {(place, role.value) for place, role in one.roles}


def test_a_forgotten_password_becomes_a_one_time_one(app: Flask, village: Chayuan, browser: Browser) -> None:
    elsewhere = Browser(app).sign_in("li")
    shown = words(browser.sign_in("sun").post(f"{LI}/password"))
    found = re.search(r'<p class="secret"><code>([^<]+)</code>', shown)
    assert found is not None

    assert elsewhere.get("/account").status_code == 303
    assert Browser(app).post("/sign-in", login="li", password=PASSWORD).status_code == 403
    li = Browser(app)
    entered = li.follow(li.post("/sign-in", login="li", password=found[1]))
    # Nothing else before the own password.
    assert "请先改成只有自己知道的密码" in words(
        li.follow(entered) if entered.status_code == 303 else entered
    )
    assert found[1] not in words(browser.get(LI))


def test_somebody_is_signed_out_everywhere_and_it_is_written_down(
    app: Flask, village: Chayuan, browser: Browser
) -> None:
    elsewhere = Browser(app).sign_in("li")
    browser.sign_in("sun").post(f"{LI}/sign-out")

    assert elsewhere.get("/account").status_code == 303
    # Not the word among the kinds to choose from.
    assert "各处退出登录</td>" in words(browser.get(f"/v/{VILLAGE}/staff-events"))
    assert "最近登录" in words(browser.get(STAFF))
    Browser(app).sign_in("li")


def test_one_signs_oneself_out_elsewhere_and_goes_on_here(app: Flask, browser: Browser) -> None:
    elsewhere = Browser(app).sign_in("li")
    browser.sign_in("li")

    assert browser.post("/account/sign-out-elsewhere").status_code == 303
    assert browser.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


def test_roles_are_replaced_and_those_of_other_villages_stay(village: Chayuan, browser: Browser) -> None:
    group = village.read(villages.group_by_name, name="一组").id
    browser.sign_in("sun").post(f"{LI}/roles", clerk="1", **{f"lead-{group}": "1"})

    assert roles_of(village, "li") == {(VILLAGE, "clerk"), (f"{VILLAGE}/{group}", "leader")}
    assert "checked" in words(browser.get(LI))
    refused = browser.post(f"{LI}/roles", clerk="1", supervisor="1")
    assert refused.status_code in (409, 422)
    assert roles_of(village, "li") == {(VILLAGE, "clerk"), (f"{VILLAGE}/{group}", "leader")}


@pytest.mark.parametrize("act", ["password", "sign-out", "roles"])
def test_a_village_does_not_touch_who_serves_elsewhere_nor_oneself(
    app: Flask, village: Chayuan, browser: Browser, act: str
) -> None:
    hire(village.database, "county", "admin", village=None)
    browser.sign_in("sun")

    assert browser.post(f"{STAFF}/county/{act}").status_code == 409
    assert browser.post(f"{STAFF}/sun/{act}").status_code == 404
    assert browser.post(f"{STAFF}/nobody/{act}").status_code == 404
    assert Browser(app).sign_in("li").post(f"{STAFF}/chen/{act}").status_code == 403
