"""Before somebody's roles change: what it does to the person, to their requests and to the village's acts."""

import pytest
from flask import Flask

from tests.builders import VILLAGE
from tests.web.browser import Browser, words

STAFF = f"/v/{VILLAGE}/staff"


@pytest.fixture
def sun(browser: Browser) -> Browser:
    return browser.sign_in("sun")


@pytest.mark.parametrize("change", ["remove", "disable", "roles&clerk=1"])
def test_what_nobody_could_do_any_more_is_named(change: str, sun: Browser) -> None:
    shown = words(sun.get(f"{STAFF}/zhao/change?change={change}"))

    assert "还没有村务监督" in shown
    assert "答复对评分的异议" in shown


def test_nothing_is_missing_where_another_has_the_role(sun: Browser) -> None:
    shown = words(sun.get(f"{STAFF}/zhou/change?change=remove"))

    assert "去掉：" in shown and "没有人能办" not in shown


def test_requests_that_wait_are_counted(app: Flask, sun: Browser) -> None:
    li = Browser(app).sign_in("li")
    li.post(f"/v/{VILLAGE}/roster/0101/gift", points="5", reason="村民代表会议决定")

    assert "此人申请的1件事还在等人确认" in words(sun.get(f"{STAFF}/li/change?change=remove"))


def test_what_was_ticked_is_carried_to_the_act(sun: Browser) -> None:
    shown = words(sun.get(f"{STAFF}/zhou/change?change=roles&clerk=1&committee=1"))

    assert "加上：" in shown and "去掉：" not in shown
    assert 'name="clerk" value="1"' in shown and 'name="committee" value="1"' in shown
    assert f'action="{STAFF}/zhou/roles"' in shown


@pytest.mark.parametrize(("login", "status"), [("nobody", 404), ("sun", 404)])
def test_nobody_is_looked_at_who_cannot_be_changed_from_here(login: str, status: int, sun: Browser) -> None:
    assert sun.get(f"{STAFF}/{login}/change?change=remove").status_code == status


def test_an_unknown_change_is_shown_as_that_of_roles(app: Flask, sun: Browser) -> None:
    assert "更换角色" in words(sun.get(f"{STAFF}/zhou/change?change=%00"))
    assert Browser(app).sign_in("li").get(f"{STAFF}/zhou/change").status_code == 403


def test_tokens_that_a_new_role_ends_are_counted_before(app: Flask, sun: Browser) -> None:
    Browser(app).sign_in("zhou").post("/account/tokens", name="收银软件", days="30")

    for asked, ends in (("clerk=1&committee=1", True), ("committee=1", False), ("", False)):
        shown = words(sun.get(f"{STAFF}/zhou/change?change=roles&{asked}"))
        assert ("此人的1个访问令牌作废" in shown) == ends
