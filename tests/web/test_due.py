"""Home says what waits for whoever looks, each line with its page; tabs carry the counts."""

import re

import pytest
from flask import Flask

from pointsbank import due
from pointsbank.staff import Permission
from pointsbank.web import access
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.test_month import enter, open_meeting

HOME = f"/v/{VILLAGE}"
_LINE = re.compile(r'<a class="line" href="([^"]+)"><span class="main">([^<]+)</span><span class="tag')


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


def test_each_line_leads_to_the_page_where_it_is_done_and_is_for_who_does_it(
    app: Flask, li: Browser, village: Chayuan
) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101")

    home = words(li.get(HOME))
    lines = dict(_LINE.findall(home))
    assert lines == {meeting.request.path: "1场评议会还没有结束，最早的是八月评议会"}
    assert all(li.get(path).status_code == 200 for path in lines)
    assert re.search(r'>评议 <span class="tag tag-due">1</span></a>', home)
    assert re.search(r'<strong>评</strong><span class="tag tag-due">1</span><span class="sub">1件要办', home)

    clerk = words(Browser(app).sign_in("chen").get(HOME))
    assert [words for _, words in _LINE.findall(clerk)] == ["1种商品换完了，或者不够一个月换：香皂已换完"]
    assert "评议会还没有结束" not in clerk


def test_every_kind_has_a_tab_that_all_may_open_who_are_told(app: Flask) -> None:
    tabs = {tab.endpoint for tab in app.extensions["pointsbank_tabs"]}

    assert {one.tab for one in due.every()} <= tabs
    for one in due.every():
        needed = access.declared(app.view_functions[f"pages.{one.tab}"], "GET")
        assert one.permission.roles <= Permission(str(needed)).roles, one.name
