"""One's own password, and the people of a village."""

import pytest
from flask import Flask

from pointsbank import staff, villages
from tests.builders import NOW, VILLAGE, Chayuan
from tests.staff.people import HASHED, LONG_AGO, PASSWORD, hire, settle_in
from tests.web.browser import Browser, words

STAFF = f"/v/{VILLAGE}/staff"
NEW = {"login": "qian", "name": "钱店员", "role": "clerk", "password": "a long enough password"}


def change(browser: Browser, old: str, new: str, again: str = "") -> int:
    return browser.post("/account", old=old, new=new, again=again or new).status_code


def test_a_new_password_signs_out_every_other_browser(app: Flask, browser: Browser) -> None:
    elsewhere = Browser(app).sign_in("li")
    browser.sign_in("li")

    assert change(browser, PASSWORD, "another long password") == 303

    assert browser.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "status"),
    [
        ("wrong", "another long password", "", 403),
        (PASSWORD, "short", "", 422),
        (PASSWORD, "another long password", "another one", 422),
    ],
)
def test_a_refused_password_changes_nothing(
    browser: Browser, old: str, new: str, again: str, status: int
) -> None:
    browser.sign_in("li")

    assert change(browser, old, new, again) == status
    assert change(browser, PASSWORD, "another long password") == 303


def test_a_taken_login_keeps_the_form(browser: Browser) -> None:
    refused = browser.sign_in("sun").post(STAFF, **{**NEW, "login": "li"})

    assert refused.status_code == 409
    assert 'value="钱店员"' in words(refused)


def test_whoever_loses_the_role_is_signed_out(app: Flask, browser: Browser) -> None:
    chen = Browser(app).sign_in("chen")

    browser.sign_in("sun").post(f"{STAFF}/chen/remove")

    assert chen.get(f"/v/{VILLAGE}/till").status_code == 303


def test_nobody_removes_themselves_or_somebody_from_elsewhere(browser: Browser) -> None:
    browser.sign_in("sun")

    for login in ("sun", "nobody"):
        assert browser.post(f"{STAFF}/{login}/remove").status_code == 404


@pytest.mark.parametrize("role", ["county", "admin"])
def test_a_village_does_not_touch_who_serves_the_whole_county(
    app: Flask, browser: Browser, village: Chayuan, role: str
) -> None:
    hire(village.database, "county", role, village=None)
    county = Browser(app).sign_in("county")

    refused = browser.sign_in("sun").post(f"{STAFF}/county/remove")

    assert refused.status_code == 409
    assert "本村不能取消" in words(refused)
    assert county.get("/account").status_code == 200


def test_an_admin_disables_and_enables_a_clerk(app: Flask, browser: Browser) -> None:
    chen = Browser(app).sign_in("chen")
    browser.sign_in("sun")

    browser.post(f"{STAFF}/chen/disable")
    assert "已停用" in words(browser.get(STAFF))
    assert chen.get("/account").status_code == 303
    chen.get("/sign-in")
    assert chen.post("/sign-in", login="chen", password=PASSWORD).status_code == 403

    browser.post(f"{STAFF}/chen/enable")
    assert chen.sign_in("chen").get("/account").status_code == 200


@pytest.mark.parametrize("act", ["disable", "enable"])
def test_a_village_disables_nobody_who_serves_elsewhere(
    app: Flask, browser: Browser, village: Chayuan, act: str
) -> None:
    hire(village.database, "county", "county", village=None)
    county = Browser(app).sign_in("county")
    browser.sign_in("sun")

    assert browser.post(f"{STAFF}/county/{act}").status_code == 409
    assert county.get("/account").status_code == 200
    assert {browser.post(f"{STAFF}/{login}/{act}").status_code for login in ("sun", "nobody")} == {404}


def test_a_village_takes_only_the_role_it_gave(app: Flask, browser: Browser, village: Chayuan) -> None:
    wu = hire(village.database, "wu", "clerk")
    village.found_neighbour()
    roles = [(VILLAGE, "clerk"), (VILLAGE, "committee"), ("zhuyuan", "supervisor"), (None, "county")]
    with village.database.writing() as session:
        staff.set_roles(session, staff=wu.id, roles=roles, by="operator", at=NOW)

    browser.sign_in("sun").post(f"{STAFF}/wu/remove")

    with village.database.reading() as session:
        [left] = [one.roles for one in staff.everyone(session) if one.staff.id == wu.id]
    assert left == ((None, staff.Role.COUNTY), ("zhuyuan", staff.Role.SUPERVISOR))


@pytest.mark.parametrize("login", ["li", "chen", "zhao"])
def test_only_admins_see_the_staff(browser: Browser, login: str) -> None:
    assert browser.sign_in(login).get(STAFF).status_code == 403


def test_ones_own_account_names_villages_and_groups(app: Flask, browser: Browser) -> None:
    with app.extensions["pointsbank_database"].writing() as session:
        group = villages.group_by_name(session, village=VILLAGE, name="一组").id
        person = {"login": "zhu", "password": HASHED, "name": "朱组长", "by": "operator", "at": LONG_AGO}
        settle_in(
            session, staff.add(session, roles=[(staff.group_place(VILLAGE, group), "leader")], **person)
        )

    assert "茶源村 评议小组" in words(Browser(app).sign_in("li").get("/account"))
    assert "茶源村 小组长（一组）" in words(browser.sign_in("zhu").get("/account"))
