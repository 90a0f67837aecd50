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
from tests.drawing import drawn
from tests.web.browser import Browser, words
from tests.web.conftest import furnish, settings

NASTY = ["%00", "a%00b", "%ED%A0%80", "王", "'--", "..%2F..", "x" * 3000, "-1", "9" * 40, "%F0%9F%98%80"]
NASTY += ["0001-01-01T00:00%2B14:00~x"]
FIELDS = ["\0", "\ud800", "🙂" * 500, "1e400", "NaN", "-0", "２", "9" * 40, "2026-13-45", "<b>", "=1+1", " "]
# The suite draws one of them for each address; `--full` sends all to all.
DRAWN, DRAWN_FOR_POSTGRESQL = 1, 1
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


def addresses(app: Flask, method: str) -> list[str]:
    rules = {rule for verb, rule, _ in access.routes(app) if verb == method}
    rules -= {
        rule for rule in rules if rule.startswith("/api/") or rule in ("/sign-out", "/setup", "/sign-in")
    }
    village = {re.sub(r"<village>", VILLAGE, rule) for rule in rules}
    return sorted(village | rules)


def filled(rule: str, filling: str) -> str:
    """The address with this in every place that is left open."""
    return re.sub(r"<[^>]+>", filling, rule)


def sent(
    rule: str, all_of_them: list[str], for_postgresql: list[str], database: Database, full: bool
) -> list[str]:
    """The values that an address is sent on this database."""
    if full:
        return all_of_them
    if database.is_sqlite:
        return drawn(all_of_them, rule, DRAWN)
    return drawn(for_postgresql, rule, DRAWN_FOR_POSTGRESQL)


def test_no_address_yields_a_5xx(everywhere: Flask, database: Database, full: bool) -> None:
    browser = Browser(everywhere).sign_in("sun")

    for rule in addresses(everywhere, "GET"):
        for filling in sent(rule, NASTY, NASTY_FOR_POSTGRESQL, database, full):
            asked = "&".join(
                f"{name}={filling}" for name in ("q", "after", "before", "page", "unit", "group")
            )
            assert browser.get(f"{filled(rule, filling)}?{asked}").status_code < 500, (rule, filling)


def test_no_form_yields_a_5xx(everywhere: Flask, database: Database, full: bool) -> None:
    browser = Browser(everywhere).sign_in("sun")

    for rule in addresses(everywhere, "POST"):
        for value in sent(rule, FIELDS, FIELDS_FOR_POSTGRESQL, database, full):
            assert browser.post_body(filled(rule, "0101"), form(value)).status_code < 500, (rule, value)


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
    assert "太大" in words(answer) and "请先登录" in words(answer)
    # A length that is only said is believed before anything is read.
    said = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "99000000"}
    browser.sign_in("chen")
    large = browser.client.post(f"/v/{VILLAGE}/reception/0101/question", environ_overrides=said)
    assert large.status_code == 413
    assert "太大" in words(large) and "请先登录" not in words(large)


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
