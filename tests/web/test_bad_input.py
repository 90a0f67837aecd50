"""No input yields a 5xx, on either database; what fails inside is told in a sentence."""

import re
import sqlite3
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from pointsbank.database import Database
from pointsbank.failures import storage_problem
from pointsbank.web import access
from pointsbank.web.app import create_app
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.conftest import furnish, settings

NASTY = ["%00", "a%00b", "%ED%A0%80", "王", "'--", "..%2F..", "x" * 3000, "-1", "9" * 40, "%F0%9F%98%80"]
NASTY += ["0001-01-01T00:00%2B14:00~x"]
FIELDS = ["\0", "\ud800", "🙂" * 500, "1e400", "NaN", "-0", "２", "9" * 40, "2026-13-45", "<b>", "=1+1", " "]
# In the suite those of which each is refused elsewhere; `--full` sends them all.
NASTY_IN_SUITE = ["%00", "%ED%A0%80", "'--", "x" * 3000, "9" * 40, NASTY[-1]]
FIELDS_IN_SUITE = ["\0", "\ud800", "🙂" * 500, "NaN", "9" * 40, "2026-13-45"]
# What PostgreSQL itself would refuse; all else is judged before any storage is asked.
NASTY_FOR_POSTGRESQL = ["%00", "%ED%A0%80", "-1", "9" * 40]
FIELDS_FOR_POSTGRESQL = ["\0", "\ud800", "9" * 40, "2026-13-45"]
NAMES = (
    *(
        "code",
        "name",
        "kind",
        "group",
        "people",
        "address",
        "title",
        "held_on",
        "judges",
        "request_id",
        "codes",
    ),
    *(
        "item",
        "occurred_on",
        "quantity",
        "points",
        "note",
        "minutes",
        "raised_by",
        "reason",
        "verdict",
        "text",
    ),
    *(
        "ticket",
        "q-rice",
        "p-rice",
        "n-rice",
        "sign_id",
        "seen",
        "confirmed",
        "pin",
        "again",
        "again_pin",
        "approval",
        "status",
        "votes_for",
        "on",
        "participant",
    ),
    *("rule", "fact", "resolution", "stock", "limit_per_month", "approver", "approver_password", "login"),
)


@pytest.fixture
def everywhere(database: Database, tmp_path: Path) -> Flask:
    furnish(database)
    return create_app(settings(tmp_path), database)


def addresses(app: Flask, method: str, filling: str) -> list[str]:
    rules = {rule for verb, rule, _ in access.routes(app) if verb == method}
    rules -= {
        rule for rule in rules if rule.startswith("/api/") or rule in ("/sign-out", "/setup", "/sign-in")
    }
    village = {re.sub(r"<village>", VILLAGE, rule) for rule in rules}
    return sorted(re.sub(r"<[^>]+>", filling, rule) for rule in village | rules)


def test_no_address_yields_a_5xx(everywhere: Flask, database: Database, full: bool) -> None:
    browser = Browser(everywhere).sign_in("sun")

    for filling in NASTY if full else NASTY_IN_SUITE if database.is_sqlite else NASTY_FOR_POSTGRESQL:
        asked = "&".join(f"{name}={filling}" for name in ("q", "after", "before", "page", "unit", "group"))
        for path in addresses(everywhere, "GET", filling):
            assert browser.get(f"{path}?{asked}").status_code < 500, (path, filling)


def test_no_form_yields_a_5xx(everywhere: Flask, database: Database, full: bool) -> None:
    browser = Browser(everywhere).sign_in("sun")

    for value in FIELDS if full else FIELDS_IN_SUITE if database.is_sqlite else FIELDS_FOR_POSTGRESQL:
        fields = form(value)
        for path in addresses(everywhere, "POST", "0101"):
            assert browser.post_body(path, fields).status_code < 500, (path, value)


def form(value: str) -> str:
    """A form in which every field has this value.

    What is long is not escaped where it need not be: to read it a thousand times took a third of this file.
    """
    spelt = value if value.isalnum() or "🙂" in value else quote_plus(value, errors="surrogatepass")
    return "&".join(f"{name}={spelt}" for name in NAMES)


def test_an_unknown_page_is_a_page(browser: Browser) -> None:
    answer = browser.get("/nothing/here")

    assert answer.status_code == 404
    assert "没有这个页面" in words(answer)


def test_an_unknown_address_of_the_api_is_problem_json(browser: Browser) -> None:
    answer = browser.get("/api/v1/nothing")

    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_request_that_is_too_large_is_said_so(browser: Browser) -> None:
    answer = browser.post("/sign-in", login="x" * 13_000_000)

    assert answer.status_code == 413
    assert "太大" in words(answer)


def test_a_full_disk_is_told_and_what_was_typed_stays(village: Chayuan, browser: Browser) -> None:
    browser.sign_in("li")
    village.database.dispose()
    event.listen(village.database.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=1"))

    fields = {"judges": "人" * 60, "title": "评议会", "held_on": "2026-09-01", "minutes": "很长" * 9000}
    answer = browser.post(f"/v/{VILLAGE}/meetings", **fields)

    assert answer.status_code == 507
    assert "磁盘已满" in words(answer) and 'value="评议会"' in words(answer)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_BUSY, "busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "busy"),
        (sqlite3.SQLITE_FULL, "disk_full"),
        (sqlite3.SQLITE_READONLY, "storage_failed"),
        (sqlite3.SQLITE_IOERR_FSYNC, "storage_failed"),
    ],
)
def test_each_storage_failure_has_its_sentence(number: int, code: str) -> None:
    error = sqlite3.OperationalError("technical words")
    error.sqlite_errorcode = number

    problem = storage_problem(OperationalError("INSERT", {}, error), "POST /")

    assert problem.code == code
