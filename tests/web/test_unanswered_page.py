"""When nobody knows whether a form was carried out, the page keeps it with its id and asks nobody."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from pointsbank import failures, market
from pointsbank.database import Database
from pointsbank.outcomes import OutcomeUnknown
from pointsbank.schemas.fields import RequestId
from pointsbank.web import access, forms
from pointsbank.web.app import create_app
from tests.builders import CLERK, NOW, VILLAGE, chayuan
from tests.web.browser import Browser, words
from tests.web.conftest import settings


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Flask:
    """A site with an address whose write gets no answer."""
    chayuan(sqlite_database)
    made = create_app(settings(tmp_path), sqlite_database)

    @access.public
    def view() -> str:
        bound = forms.bind(_Sale)
        forms.submit(bound, _unanswered)
        return bound.sentence()

    made.add_url_rule("/unanswered", view_func=view, methods=["POST"])
    return made


class _Sale(forms.Form):
    """Two secrets, whatever they are called."""

    request_id = RequestId()
    pin = forms.Secret(required=True)
    old = forms.Secret(required=True)


def _unanswered(_session: Session) -> None:
    raise OutcomeUnknown()


def test_the_page_keeps_the_form_and_its_id_but_no_secret(site: Flask) -> None:
    sent = {"request_id": "till-000001", "line": ["rice", "<soap>"], "pin": "271828", "old": "abc"}

    got = Browser(site).post("/unanswered", **sent)
    page = got.get_data(as_text=True)

    assert got.status_code == 503
    assert "不知道这一次是否成功" in page and "没有生效" not in page
    kept = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.partition("<main")[2])
    assert kept[1:] == [("request_id", "till-000001"), ("line", "rice"), ("line", "&lt;soap&gt;")]
    assert 'action="/unanswered"' in page


def test_a_page_that_only_looks_says_nothing_about_the_sale_that_led_to_it(
    sqlite_database: Database, tmp_path: Path
) -> None:
    chayuan(sqlite_database)
    site = create_app(settings(tmp_path), sqlite_database)

    @access.public
    def view() -> str:
        raise failures.StorageFailed()

    site.add_url_rule("/receipt", view_func=view, methods=["GET", "POST"])
    browser = Browser(site)
    looked, sent = browser.get("/receipt"), browser.post("/receipt")

    assert (looked.status_code, sent.status_code) == (503, 503)
    assert "没有生效" not in words(looked) and "以记录为准" in words(looked)
    assert "这一次没有生效" in words(sent)


def test_what_may_have_been_done_is_no_attempt(sqlite_database: Database) -> None:
    chayuan(sqlite_database)
    trying = market.attempts.recorded(sqlite_database, village=VILLAGE, kind="sale", by=CLERK, at=NOW)

    with pytest.raises(OutcomeUnknown), trying:
        raise OutcomeUnknown()

    with sqlite_database.reading() as session:
        assert market.attempts.attempts_made(session, village=VILLAGE) == []
